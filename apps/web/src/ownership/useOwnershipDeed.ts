import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { failureText, type FailureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { refreshOwnership } from './ownershipBell.js';

/** Does something about who has a case; what it changes is asked for again. */
export const useOwnershipDeed = () => {
  const client = useQueryClient();
  const { t } = useWords();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  /** @returns what came of it, or null; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    async <T>(deed: () => Promise<T>, inForm = false): Promise<T | null> => {
      setBusy(true);
      setFailure(null);
      try {
        const done = await deed();
        const stale = ['case', 'timeline', 'cases', 'counts'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        );
        await Promise.all([...stale, refreshOwnership(client)]);
        return done;
      } catch (error) {
        const told = failureText(error, language, t);
        if (inForm) setFailure(told);
        else notify(told.message);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [client, language, t],
  );
  return { run, busy, failure };
};
