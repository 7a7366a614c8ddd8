import { MergeReason } from '#contracts';
import type { Translate } from '../i18n/Words.js';

/** Why two records were merged: the words of a code, or what a person typed. */
export const mergeReason = (reason: string, t: Translate): string => {
  const code = MergeReason.safeParse(reason);
  return code.success ? t(`merge.reason.${code.data}`) : reason;
};
