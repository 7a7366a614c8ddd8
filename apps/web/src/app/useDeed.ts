import { useCallback, useState } from 'react';
import { useLanguage, useWords } from '../i18n/Words.js';
import { failureText, type FailureText } from './failureText.js';
import { notify } from './notices.js';

/** Does what somebody asked for: busy while it runs, and why it failed. */
export const useDeed = () => {
  const { t } = useWords();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  /** @returns what came of it, or null; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    async <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> => {
      setBusy(true);
      setFailure(null);
      try {
        return await deed();
      } catch (error) {
        const told = failureText(error, language, t);
        if (inForm) setFailure(told);
        else notify(told.message);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [language, t],
  );
  const problem = failure && `${failure.message} ${t('error.code', { code: failure.code })}`;
  /** What went wrong is over. */
  const forget = useCallback(() => setFailure(null), []);
  return { run, busy, failure, problem, forget };
};
