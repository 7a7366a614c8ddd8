import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureText, type FailureText } from '../app/failureText.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { identityQuery, proofQuery } from './identityRequests.js';

/** Runs a deed on who somebody is: busy while it runs, says why it failed, and what is shown of them is read again. */
export const useIdentityDeed = (caseId: string, customerId: string) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: identityQuery(caseId, customerId).queryKey }),
      client.invalidateQueries({ queryKey: proofQuery(caseId).queryKey }),
      client.invalidateQueries({ queryKey: ['timeline', caseId] }),
    ]);
  const run = async <T>(deed: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setFailure(null);
    try {
      return await deed();
    } catch (error) {
      setFailure(failureText(error, language, t));
      return null;
    } finally {
      setBusy(false);
      await refresh();
    }
  };
  const problem = failure ? `${failure.message} ${t('error.code', { code: failure.code })}` : null;
  return { busy, problem, run, refresh };
};
