import { Button, Drawer } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { DashboardRow, DashboardTile, TileFigure } from '#contracts';
import { Bone } from '../app/Bone.js';
import { Empty } from '../app/Empty.js';
import { useNow } from '../app/now.js';
import { Trouble } from '../app/Trouble.js';
import { ImpactGlyph } from '../inbox/ImpactGlyph.js';
import { DUE_WORDS } from '../inbox/due.rules.js';
import { RowChip } from '../inbox/RowChip.js';
import { whole } from '../i18n/moments.js';
import { useWords } from '../i18n/Words.js';
import { rowsQuery } from './dashboardRequests.js';
import { TILE_MOMENTS } from './tile.rules.js';
import { useSpan } from './useSpan.js';
import styles from './RowsDrawer.module.css';

const Row = ({ row, tile }: { row: DashboardRow; tile: DashboardTile }) => {
  const { t, intl } = useWords();
  const now = useNow();
  const span = useSpan();
  const kind = TILE_MOMENTS[tile];
  const word = kind === 'late' ? 'rows.late' : kind === 'by' ? 'rows.in' : 'rows.since';
  const { case: found, who } = row;
  // When it is or was due stands above already.
  const due = found.nextDue && DUE_WORDS[found.nextDue.metric];
  const whose = who ? t(tile === 'handovers' ? 'rows.handed' : 'rows.owner', { who }) : t('rows.nobody');
  return (
    <li>
      <Link to="/cases/$reference" params={{ reference: found.reference }} className={styles.row}>
        <span className={styles.line}>
          <b>{found.customer.displayName}</b>
          {found.lacks.map((lack) => (
            <ImpactGlyph key={lack} kind={lack} size={13} label={t(`impact.${lack}`)} />
          ))}
          {row.at ? (
            <time dateTime={row.at} title={whole(intl, row.at)} data-look={kind === 'since' ? undefined : kind}>
              {t(word, { span: span(row.at, now) })}
            </time>
          ) : null}
        </span>
        <span className={styles.problem}>{found.problem ?? t('queue.no_problem')}</span>
        <span className={styles.foot}>
          {kind === 'since' ? (
            <RowChip row={found} />
          ) : due && tile !== 'update_late' ? (
            <span className={styles.verb}>{t(due)}</span>
          ) : null}
          <span>{whose}</span>
          <span className={styles.reference}>{found.reference}</span>
        </span>
      </Link>
    </li>
  );
};

const Rows = ({ tile, queue }: { tile: DashboardTile; queue: string | undefined }) => {
  const { t } = useWords();
  const { data, isPending, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    rowsQuery(tile, queue),
  );
  if (isPending)
    return (
      <div className={styles.bones} role="status" aria-label={t('app.loading')}>
        {[72, 56, 64].map((width) => (
          <Bone key={width} width={`${width}%`} height={16} />
        ))}
      </div>
    );
  if (isError && !data) return <Trouble what={t('rows.error')} error={error} onRetry={() => void refetch()} />;
  const rows = data.pages.flatMap(({ items }) => items);
  if (rows.length === 0) return <Empty small title={t('rows.empty')} lead={t('rows.empty.lead')} />;
  return (
    <>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <Row key={row.id} row={row} tile={tile} />
        ))}
      </ul>
      {hasNextPage ? (
        <Button className={styles.more} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('rows.more')}
        </Button>
      ) : null}
    </>
  );
};

interface Props {
  tile: DashboardTile | undefined;
  figure: TileFigure | undefined;
  queue: string | undefined;
  onClose: () => void;
}

/** Exactly the cases behind a figure, beside the figures. */
export const RowsDrawer = ({ tile, figure, queue, onClose }: Props) => {
  const { t, intl } = useWords();
  const title = tile
    ? t('rows.title', {
        name: t(`tile.${tile}`),
        count: intl.formatNumber(figure?.count ?? 0),
        capped: figure?.capped ?? false,
      })
    : '';
  return (
    <Drawer
      opened={tile !== undefined}
      onClose={onClose}
      position="right"
      size={460}
      title={title}
      classNames={{ title: styles.title ?? '' }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {tile ? <Rows tile={tile} queue={queue} /> : null}
    </Drawer>
  );
};
