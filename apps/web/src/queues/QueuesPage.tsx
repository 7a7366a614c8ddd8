import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Queue } from '#contracts';
import { AddForm } from '../app/AddForm.js';
import { Chooser } from '../app/Chooser.js';
import { Page, Tabs } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { QueueForm } from './QueueForm.js';
import { addQueue, allQueuesQuery } from './queueRequests.js';
import { useQueueDeed } from './useQueueDeed.js';
import { Workers } from './Workers.js';

/** One of both is where one is: the other shares its path. */
const AS_IT_IS = { exact: true };

const NewQueue = () => {
  const { t } = useWords();
  const navigate = useNavigate();
  const { run, busy, problem } = useQueueDeed();
  const add = async (name: string, key: string) => {
    const made = await run(() => addQueue({ name }, key));
    if (made) await navigate({ to: '/queues', search: { id: made.id } });
    return made !== null;
  };
  return (
    <AddForm label={t('queues.new')} deed={t('queues.add')} maxLength={80} busy={busy} problem={problem} onAdd={add} />
  );
};

const Queues = ({ id }: { id: string | undefined }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(allQueuesQuery);
  const queue = data?.items.find((each) => each.id === id) ?? data?.items[0];
  if (isError && !data) return <Trouble what={t('queues.tab.queues')} error={error} onRetry={() => void refetch()} />;
  const noteOf = ({ kind, waiting: count, capped }: Queue) =>
    `${kind === 'escalation' ? `${t('queues.kind.escalation')} · ` : ''}${t('queues.waiting', { count, capped })}`;
  const names = data?.items.map((each) => ({ id: each.id, name: each.name, note: noteOf(each) }));
  return (
    <Chooser label={t('queues.tab.queues')} to="/queues" items={names} current={queue?.id} foot={<NewQueue />}>
      {queue ? <QueueForm key={queue.id} queue={queue} /> : null}
    </Chooser>
  );
};

/** Where cases wait, who works there, and what people can do. */
export const QueuesPage = () => {
  const { t } = useWords();
  const { id, show } = useSearch({ from: '/inside/queues' });
  const tabs = (
    <Tabs label={t('queues.title')}>
      <Link to="/queues" search={{}} activeOptions={AS_IT_IS} aria-current={show ? undefined : 'page'}>
        {t('queues.tab.queues')}
      </Link>
      <Link to="/queues" search={{ show: 'people' }} activeOptions={AS_IT_IS} aria-current={show && 'page'}>
        {t('queues.tab.people')}
      </Link>
    </Tabs>
  );
  return (
    <Page title={t('queues.title')} beside={tabs} lead={t('queues.lead')}>
      {show ? <Workers /> : <Queues id={id} />}
    </Page>
  );
};
