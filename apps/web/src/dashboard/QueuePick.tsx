import { useQuery } from '@tanstack/react-query';
import { Pick } from '../app/Pick.js';
import { useWords } from '../i18n/Words.js';
import { queuesQuery } from './dashboardRequests.js';

/** Of one queue, or of all. */
export const QueuePick = ({
  queue,
  onPick,
}: {
  queue: string | undefined;
  onPick: (queue: string | undefined) => void;
}) => {
  const { t } = useWords();
  const queues = useQuery(queuesQuery).data?.items ?? [];
  return (
    <Pick
      label={t('sup.queue')}
      value={queue}
      all={t('sup.all_queues')}
      options={queues.map(({ id, name }) => ({ value: id, words: name }))}
      onPick={onPick}
    />
  );
};
