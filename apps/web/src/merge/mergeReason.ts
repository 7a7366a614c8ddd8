import { MERGE_REASONS } from '#contracts';
import type { Translate } from '../i18n/Words.js';

/** Why two records were merged: the words of a code, or what a person typed. */
export const mergeReason = (reason: string, t: Translate): string => {
  const code = MERGE_REASONS.find((one) => one === reason);
  return code ? t(`merge.reason.${code}`) : reason;
};
