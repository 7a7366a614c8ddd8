import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Ladder } from '#contracts';
import { AddForm } from '../app/AddForm.js';
import { Chooser } from '../app/Chooser.js';
import { Page } from '../app/Page.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useDeed } from '../app/useDeed.js';
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
  const { run, busy, problem } = useDeed();
  const free = queues.filter(({ id }) => !ladders.some(({ queue }) => queue?.id === id));
  const add = async (queueId: string, key: string) => {
    const rungs = ladders.find((ladder) => ladder.queue === null)?.rungs ?? [];
    const name = free.find(({ id }) => id === queueId)?.name ?? '';
    const made = await run(() => addLadder({ name, queueId, rungs }, key));
    if (!made) return false;
    await client.invalidateQueries({ queryKey: laddersQuery.queryKey });
    await navigate({ to: '/ladders', search: { id: made.id } });
    return true;
  };
  return (
    <AddForm
      label={t('ladder.new')}
      deed={t('ladder.create')}
      options={{ none: t('ladder.new.choose'), items: free }}
      busy={busy}
      problem={problem}
      onAdd={add}
    />
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
  const names = data?.items.map((each) => ({
    id: each.id,
    name: each.name,
    note: each.queue === null ? t('ladder.house') : each.queue.name === each.name ? null : each.queue.name,
  }));
  return (
    <Page title={t('ladder.title')} lead={t('ladder.lead')}>
      {isError && !data ? (
        <Trouble what={t('ladder.title')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Chooser
          label={t('ladder.title')}
          to="/ladders"
          items={names}
          current={ladder?.id}
          foot={edits ? <NewLadder ladders={ladders} /> : null}
        >
          {ladder ? <Opened ladder={ladder} edits={edits} /> : null}
        </Chooser>
      )}
    </Page>
  );
};
