import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { UnmetDemand, UnmetRow } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Trouble } from '../app/Trouble.js';
import { useWords } from '../i18n/Words.js';
import { moment, whole } from '../i18n/moments.js';
import { unmetQuery, type DemandFilters } from './loanerRequests.js';
import { nameOf } from './loanWords.js';
import styles from './Demand.module.css';

const Row = ({ row }: { row: UnmetRow }) => {
  const { t, intl } = useWords();
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference: row.case.reference }} search={{ view: 'open' }}>
        {row.case.customer} · {row.case.reference}
      </Link>
      <span className={styles.state} data-state={row.state}>
        {t(`loaners.demand.state.${row.state}`)}
      </span>
      <small>
        {row.store.name} · {row.model ? nameOf(row.model) : t('loaners.demand.any')} · {row.by.displayName}
        {row.reason ? ` · ${row.reason}` : null}
      </small>
      <time dateTime={row.at} title={whole(intl, row.at)}>
        {moment(intl, row.at)}
      </time>
    </li>
  );
};

/** Each time it happened, newest first, with what became of it. */
export const DemandRows = ({ filters, of }: { filters: DemandFilters; of: UnmetDemand | undefined }) => {
  const { t } = useWords();
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    unmetQuery(filters),
  );
  const rows = data?.pages.flatMap(({ items }) => items);
  return (
    <section aria-labelledby="demand-rows">
      <h2 id="demand-rows" className={styles.title}>
        {of
          ? t('loaners.demand.rows.of', {
              store: of.store.name,
              model: of.model ? nameOf(of.model) : t('loaners.demand.any'),
            })
          : t('loaners.demand.rows')}
      </h2>
      {isError ? <Trouble what={t('loaners.demand.rows')} error={error} onRetry={() => void refetch()} /> : null}
      {!rows && !isError ? <Bone width="80%" /> : null}
      <ul className={styles.list}>
        {rows?.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {hasNextPage ? (
        <Button size="xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('loaners.demand.more')}
        </Button>
      ) : null}
    </section>
  );
};
