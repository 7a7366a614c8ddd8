import { ERRORS, type Language } from '#contracts';
import { ApiFailure } from '../api/http.js';
import type { Translate } from '../i18n/Words.js';

/** What a failure is called for a person, and its code in small print. */
export interface FailureText {
  message: string;
  code: string;
  requestId: string | null;
}

/** The reader's language comes from the registry of codes; an unknown code keeps the server's own words. */
export const failureText = (error: unknown, language: Language, t: Translate): FailureText => {
  if (!(error instanceof ApiFailure)) return { message: t('error.screen'), code: 'screen.failed', requestId: null };
  const { code, requestId } = error;
  if (code === 'network.unreachable') return { message: t('error.unreachable'), code, requestId };
  const known = Object.entries(ERRORS).find(([name]) => name === code)?.[1];
  return { message: known ? known[language] : error.message, code, requestId };
};
