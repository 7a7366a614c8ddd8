import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { openDialog } from '../app/dialogs.js';
import { notify } from '../app/notices.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { returnRead } from './returnRead.js';
import { awayQuery, comeBack } from './awayRequests.js';

/** Says that I am back, and shows what became of what I handed back. */
export const useComeBack = () => {
  const { t } = useWords();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const back = useCallback(async () => {
    const answer = await run(comeBack, false);
    if (!answer) return;
    // Before it is shown: nothing else tells of it.
    if (answer.last) returnRead(answer.last.since);
    client.setQueryData(awayQuery().queryKey, answer);
    if (answer.last && answer.last.handedBack.length > 0) openDialog({ name: 'returned' });
    else notify(t('away.welcome'));
  }, [client, run, t]);
  return { comeBack: back, busy };
};
