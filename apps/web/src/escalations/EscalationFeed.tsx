import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EscalationState } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Pick } from '../app/Pick.js';
import { Empty } from '../app/Empty.js';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { EscalationRow } from './EscalationRow.js';
import { acknowledge, escalationsQuery, takeOver } from './escalationRequests.js';
import { ReassignDialog } from './ReassignDialog.js';
import { useEscalationDeeds } from './useEscalationDeeds.js';
import styles from './Escalations.module.css';

const STATES: EscalationState[] = ['open', 'acknowledged', 'ended'];

const Waiting = () => {
  const { t } = useWords();
  return (
    <div className={styles.bones} role="status" aria-label={t('app.loading')}>
      {[1, 2, 3].map((row) => (
        <Bone key={row} width={row % 2 ? '70%' : '50%'} />
      ))}
    </div>
  );
};

/** What was escalated and waits for somebody, one by one or many at once. */
export const EscalationFeed = ({ alone = false }: { alone?: boolean }) => {
  const { t } = useWords();
  const supervises = useMay()('supervise');
  const [state, setState] = useState<EscalationState>('open');
  const [handing, setHanding] = useState(false);
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    escalationsQuery(state),
  );
  const { chosen, choose, clear, refused, act, told, busy } = useEscalationDeeds();
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const ids = rows.map(({ id }) => id).filter((id) => chosen.has(id));
  return (
    <section className={styles.feed} data-alone={alone || undefined} aria-labelledby="escalation-feed">
      <header>
        <h2 id="escalation-feed">{t('escalation.feed')}</h2>
        <Pick
          label={t('escalation.state')}
          value={state}
          options={STATES.map((value) => ({ value, words: t(`escalation.state.${value}`) }))}
          onPick={(picked) => {
            setState(picked ?? 'open');
            clear();
          }}
        />
      </header>
      {ids.length > 0 ? (
        <div className={styles.bulk} role="group" aria-label={t('escalation.bulk', { count: ids.length })}>
          <span>{t('escalation.bulk', { count: ids.length })}</span>
          <Button size="xs" variant="subtle" disabled={busy} onClick={() => void act(() => acknowledge(ids))}>
            {t('escalation.acknowledge')}
          </Button>
          <Button size="xs" disabled={busy} onClick={() => void act(() => takeOver(ids))}>
            {t('escalation.take')}
          </Button>
          {supervises ? (
            <Button size="xs" disabled={busy} onClick={() => setHanding(true)}>
              {t('escalation.reassign')}
            </Button>
          ) : null}
        </div>
      ) : null}
      {isError && !data ? <Trouble what={t('escalation.error')} error={error} onRetry={() => void refetch()} /> : null}
      {!data && !isError ? <Waiting /> : null}
      {data && rows.length === 0 ? (
        <Empty small title={t(`escalation.none.${state}`)} lead={t(`escalation.none.${state}.lead`)} />
      ) : null}
      <ul className={styles.rows}>
        {rows.map((escalation) => (
          <EscalationRow
            key={escalation.id}
            escalation={escalation}
            chosen={chosen.has(escalation.id)}
            busy={busy}
            refused={refused.get(escalation.id)}
            onChoose={(isChosen) => choose(escalation.id, isChosen)}
            onAcknowledge={() => void act(() => acknowledge([escalation.id]))}
            onTake={() => void act(() => takeOver([escalation.id]))}
          />
        ))}
      </ul>
      {hasNextPage ? (
        <Button
          size="xs"
          className={styles.more ?? ''}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t('escalation.more')}
        </Button>
      ) : null}
      {handing ? (
        <ReassignDialog
          ids={ids}
          onDone={(outcomes) => {
            setHanding(false);
            told(outcomes);
          }}
          onClose={() => setHanding(false)}
        />
      ) : null}
    </section>
  );
};
