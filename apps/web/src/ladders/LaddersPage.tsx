import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ladder } from '#contracts';
import { Bone } from '../app/Bone.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
import pages from '../app/page.module.css';
import { queuesQuery } from '../dashboard/dashboardRequests.js';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { LadderForm } from './LadderForm.js';
import { addLadder, laddersQuery } from './ladderRequests.js';
import styles from './Ladders.module.css';

/** One of a queue begins as that of the house is. */
const NewLadder = ({ ladders }: { ladders: Ladder[] }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const [queueId, setQueueId] = useState('');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { run, busy, problem } = useDeed();
  const free = queues.filter(({ id }) => !ladders.some(({ queue }) => queue?.id === id));
  const queue = free.find(({ id }) => id === queueId);
  const add = async () => {
    if (!queue) return;
    const rungs = ladders.find((ladder) => ladder.queue === null)?.rungs ?? [];
    const made = await run(() => addLadder({ name: queue.name, queueId: queue.id, rungs }, key));
    setKey(crypto.randomUUID());
    if (!made) return;
    setQueueId('');
    await client.invalidateQueries({ queryKey: laddersQuery.queryKey });
    await navigate({ to: '/ladders', search: { id: made.id } });
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
        <span>{t('ladder.new')}</span>
        <select value={queueId} onChange={({ currentTarget: { value } }) => setQueueId(value)}>
          <option value="">{t('ladder.new.choose')}</option>
          {free.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" loading={busy} disabled={!queue}>
        {t('ladder.create')}
      </Button>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};

const Opened = ({ ladder, edits }: { ladder: Ladder; edits: boolean }) => {
  const { t, intl } = useWords();
  const facts = { version: ladder.version, at: whole(intl, ladder.at), who: ladder.by?.displayName ?? 'none' };
  return (
    <article className={styles.ladder} aria-label={ladder.name}>
      <header>
        <h2>{ladder.queue ? t('ladder.of', { queue: ladder.queue.name }) : t('ladder.of_house')}</h2>
        <p>{t('ladder.version', facts)}</p>
      </header>
      <LadderForm key={`${ladder.id} ${ladder.version}`} ladder={ladder} edits={edits} />
    </article>
  );
};

/** Who is told when clocks run out, who answers then and where cases go: rung by rung, by queue. */
export const LaddersPage = () => {
  const { t } = useWords();
  const edits = useMay()('sla.write');
  const { id } = useSearch({ from: '/inside/ladders' });
  const { data, isError, error, refetch } = useQuery(laddersQuery);
  const ladders = data?.items ?? [];
  const ladder = ladders.find((each) => each.id === id) ?? ladders.find(({ queue }) => queue === null) ?? ladders[0];
  return (
    <main className={pages.page}>
      <header className={pages.head}>
        <h1>{t('ladder.title')}</h1>
        <p>{t('ladder.lead')}</p>
      </header>
      {isError && !data ? <Trouble what={t('ladder.title')} error={error} onRetry={() => void refetch()} /> : null}
      <div className={pages.columns}>
        <nav aria-label={t('ladder.title')}>
          <ul className={pages.names}>
            {ladders.map((each) => (
              <li key={each.id}>
                <Link to="/ladders" search={{ id: each.id }} aria-current={each.id === ladder?.id ? 'page' : undefined}>
                  {each.name}
                  <small>{each.queue ? each.queue.name : t('ladder.house')}</small>
                </Link>
              </li>
            ))}
          </ul>
          {edits && data ? <NewLadder ladders={ladders} /> : null}
        </nav>
        {ladder ? <Opened ladder={ladder} edits={edits} /> : isError ? null : <Bone width="60%" />}
      </div>
    </main>
  );
};
