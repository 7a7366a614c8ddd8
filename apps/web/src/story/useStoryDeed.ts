import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { CaseDetail } from '#contracts';
import { failureText, type FailureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { placeRow } from '../live/doorbell.js';

/** Does something about the story; what the server answers is on the screen at once. */
export const useStoryDeed = ({ id, reference }: Pick<CaseDetail, 'id' | 'reference'>) => {
  const client = useQueryClient();
  const { t } = useWords();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureText | null>(null);
  /** @returns whether it worked; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    async (deed: () => Promise<CaseDetail>, inForm = false): Promise<boolean> => {
      setBusy(true);
      setFailure(null);
      try {
        const changed = await deed();
        client.setQueryData(['case', reference], changed);
        placeRow(client, changed);
        setBusy(false);
        const stale = [
          ['timeline', id],
          ['cases'],
          ['counts'],
          ['facts', id],
          ['closing', id],
          ['re-explanations', id],
        ];
        await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
        return true;
      } catch (error) {
        const told = failureText(error, language, t);
        if (inForm) setFailure(told);
        else notify(told.message);
        setBusy(false);
        return false;
      }
    },
    [client, id, reference, language, t],
  );
  return { run, busy, failure };
};
