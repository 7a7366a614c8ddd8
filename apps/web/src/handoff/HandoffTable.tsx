import { Button } from '@mantine/core';
import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowDownLeft, ArrowUpRight, CircleAlert, CircleHelp } from 'lucide-react';
import { isLiveHandoff, type HandoffRow } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useNow } from '../app/now.js';
import { Trouble } from '../app/Trouble.js';
import { useHomeView } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { day, moment, whole } from '../i18n/moments.js';
import { useHeldStill } from '../live/attention.js';
import { Changes } from '../live/Changes.js';
import { waitsOnUs } from './handoff.rules.js';
import { handoffRowsQuery, type Counted, type HandoffRows, type HandoffView } from './handoffRequests.js';
import { useStateText } from './useStateText.js';
import styles from './HandoffsPage.module.css';

const Row = ({ row }: { row: HandoffRow }) => {
  const { t, intl } = useWords();
  const stateText = useStateText();
  const now = useNow();
  const view = useHomeView();
  const { partner, direction, state, stateAt, mode, etaAt, question, dead, caseReference, customer, deviceName } = row;
  const Way = direction === 'out' ? ArrowUpRight : ArrowDownLeft;
  const late = etaAt !== null && isLiveHandoff(state) && state !== 'resolved' && Date.parse(etaAt) < now;
  return (
    <tr>
      <th scope="row">
        <Link to="/cases/$reference" params={{ reference: caseReference }} search={{ view }}>
          {customer}
        </Link>
        <small>{[row.reference, deviceName].filter(Boolean).join(' · ')}</small>
      </th>
      <td>
        <span className={styles.partner}>
          <Way size={14} role="img" aria-label={t(`handoff.direction.${direction}`)} />
          {partner.name}
        </span>
        <small>{t(`handoff.mode.${mode}`)}</small>
      </td>
      <td>
        <span className={styles.state} data-state={waitsOnUs(row) ? 'ours' : isLiveHandoff(state) ? 'theirs' : 'over'}>
          {stateText(row)}
        </span>
        <small title={whole(intl, stateAt)}>{moment(intl, stateAt)}</small>
        {question ? (
          <span className={styles.question}>
            <CircleHelp size={13} aria-hidden /> {question}
          </span>
        ) : null}
        {dead > 0 ? (
          <span className={styles.dead}>
            <CircleAlert size={13} aria-hidden /> {t('handoffs.dead', { count: dead })}
          </span>
        ) : null}
      </td>
      <td className={styles.eta} data-late={late || undefined}>
        {etaAt ? <span title={whole(intl, etaAt)}>{day(intl, etaAt)}</span> : <small>{t('handoff.eta.none')}</small>}
        {late ? <small>{t('handoffs.late')}</small> : null}
      </td>
    </tr>
  );
};

interface TableProps {
  view: HandoffView;
  partnerId: string | undefined;
  counted?: Counted | undefined;
}

const Rows = ({ view, query }: { view: HandoffView; query: UseInfiniteQueryResult<InfiniteData<HandoffRows>> }) => {
  const { t } = useWords();
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending)
    return (
      <div className={styles.bones} role="status" aria-label={t('app.loading')}>
        {[70, 84, 62].map((width) => (
          <Bone key={width} width={`${width}%`} height={14} />
        ))}
      </div>
    );
  if (query.isError && rows.length === 0)
    return <Trouble what={t('handoff.unread')} error={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) return <Empty title={t(`handoffs.empty.${view}`)} lead={t('handoffs.empty.lead')} />;
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('handoffs.col.case')}</th>
            <th scope="col">{t('handoffs.col.partner')}</th>
            <th scope="col">{t('handoffs.col.state')}</th>
            <th scope="col">{t('handoff.eta')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} my={16}>
          {t('rejects.more')}
        </Button>
      ) : null}
    </>
  );
};

/** Handoffs of a view, those that moved last first; each leads to its case. */
export const HandoffTable = ({ view, partnerId, counted }: TableProps) => {
  const query = useInfiniteQuery(handoffRowsQuery(view, partnerId, counted));
  const { waiting, settle, held } = useHeldStill('handoffs', view, query.refetch);
  return (
    <div className={styles.held} {...held}>
      <Changes waiting={waiting} onSettle={settle} />
      <Rows view={view} query={query} />
    </div>
  );
};
