import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import type { CaseView } from '#contracts';
import { RowCheck } from '../bulk/RowCheck.js';
import { useWords } from '../i18n/Words.js';
import { QueueRow } from './QueueRow.js';
import type { Cases } from './useCases.js';
import styles from './Queue.module.css';

const narrow = matchMedia('(max-width: 639px)');
const useRowHeight = (): number =>
  useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => (narrow.matches ? 72 : 66),
  );

interface Props {
  view: CaseView;
  cases: Cases;
  current: string | null;
  onOpened: () => void;
}

/** Rows of one fixed height, of which only those near the window exist; asks for the next page before its end is seen. */
export const QueueList = ({ view, cases, current, onOpened }: Props) => {
  const { t } = useWords();
  const { rows, hasNextPage, isFetchingNextPage, fetchNextPage } = cases;
  const scroller = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - 12 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const at = rows.findIndex((row) => row.reference === current);
  // Only when the choice moves: a row that changes place must not drag the window with it.
  const reveal = useEffectEvent(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  });
  useEffect(() => reveal(), [current]);
  useEffect(() => virtual.measure(), [height, virtual]);

  return (
    <div ref={scroller} className={styles.scroller} tabIndex={-1}>
      <ol className={styles.list} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const row = rows[index];
          return row ? (
            <li
              key={key}
              className={styles.slot}
              style={{ transform: `translateY(${start}px)` }}
              aria-posinset={index + 1}
              aria-setsize={hasNextPage ? -1 : rows.length}
            >
              <QueueRow row={row} view={view} chosen={row.reference === current} onOpened={onOpened} />
              <RowCheck row={row} rows={rows} />
            </li>
          ) : null;
        })}
      </ol>
      <p className={styles.foot} role="status">
        {isFetchingNextPage ? t('queue.more') : null}
      </p>
    </div>
  );
};
