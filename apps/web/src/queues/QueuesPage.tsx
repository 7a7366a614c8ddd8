import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Queue } from '#contracts';
import { newKey } from '../api/requests.js';
import channels from '../channels/Channels.module.css';
import forms from '../app/forms.module.css';
import pages from '../app/page.module.css';
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
  const [name, setName] = useState('');
  const [key, setKey] = useState(newKey);
  const { run, busy, problem } = useQueueDeed();
  const add = async () => {
    const made = await run(() => addQueue({ name: name.trim() }, key));
    setKey(newKey());
    if (!made) return;
    setName('');
    await navigate({ to: '/queues', search: { id: made.id } });
  };
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label className={forms.field}>
        <span>{t('queues.new')}</span>
        <input value={name} required maxLength={80} onChange={({ currentTarget: { value } }) => setName(value)} />
      </label>
      <Button type="submit" loading={busy} disabled={name.trim() === ''}>
        {t('queues.add')}
      </Button>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};

const Name = ({ queue, here }: { queue: Queue; here: boolean }) => {
  const { t } = useWords();
  const { id, name, kind, waiting, capped } = queue;
  return (
    <Link to="/queues" search={{ id }} aria-current={here ? 'page' : undefined}>
      <span>{name}</span>
      <small>
        {kind === 'escalation' ? `${t('queues.kind.escalation')} · ` : null}
        {t('queues.waiting', { count: waiting, capped })}
      </small>
    </Link>
  );
};

const Queues = ({ id }: { id: string | undefined }) => {
  const { t } = useWords();
  const { data, isError, error, refetch } = useQuery(allQueuesQuery);
  const queue = data?.items.find((each) => each.id === id) ?? data?.items[0];
  if (isError) return <Trouble what={t('queues.tab.queues')} error={error} onRetry={() => void refetch()} />;
  return (
    <div className={pages.columns}>
      <nav aria-label={t('queues.tab.queues')}>
        <ul className={pages.names}>
          {data?.items.map((each) => (
            <li key={each.id}>
              <Name queue={each} here={each.id === queue?.id} />
            </li>
          ))}
        </ul>
        <NewQueue />
      </nav>
      {queue ? <QueueForm key={queue.id} queue={queue} /> : null}
    </div>
  );
};

/** Where cases wait, who works there, and what people can do. */
export const QueuesPage = () => {
  const { t } = useWords();
  const { id, show } = useSearch({ from: '/inside/queues' });
  return (
    <main className={pages.page}>
      <header className={pages.head}>
        <h1>{t('queues.title')}</h1>
        <p>{t('queues.lead')}</p>
        <nav className={channels.tabs} aria-label={t('queues.title')}>
          <Link to="/queues" search={{}} activeOptions={AS_IT_IS} aria-current={show ? undefined : 'page'}>
            {t('queues.tab.queues')}
          </Link>
          <Link to="/queues" search={{ show: 'people' }} activeOptions={AS_IT_IS} aria-current={show && 'page'}>
            {t('queues.tab.people')}
          </Link>
        </nav>
      </header>
      {show ? <Workers /> : <Queues id={id} />}
    </main>
  );
};
