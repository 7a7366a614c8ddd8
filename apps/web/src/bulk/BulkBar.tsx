import { Loader } from '@mantine/core';
import { X } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { BULK_LIMIT, type BulkItem, type CaseRow, type CaseView } from '#contracts';
import { useKeys } from '../app/keys.js';
import { useWords } from '../i18n/Words.js';
import { BulkMenus } from './BulkMenus.js';
import { countsOf } from './outcomes.js';
import { selection, useSelection } from './selection.js';
import { useBulk } from './useBulk.js';
import styles from './Bulk.module.css';

const BulkResultDialog = lazy(() => import('./BulkResultDialog.js'));
const OpenIncidentDialog = lazy(() => import('../incident/OpenIncidentDialog.js'));

interface Props {
  view: CaseView;
  rows: CaseRow[];
  /** Reference of the row the keys stand on. */
  current: string | null;
}

/** At the foot of a list while rows of it are chosen: what can be done to all of them, and what became of it. */
export const BulkBar = ({ view, rows, current }: Props) => {
  const { t } = useWords();
  const { chosen, isFull } = useSelection();
  const bulk = useBulk();
  const [opening, setOpening] = useState<string[] | null>(null);
  const [seen, setSeen] = useState<BulkItem[] | null>(null);
  useEffect(() => selection.clear, [view]);
  const row = rows.find(({ reference }) => reference === current);
  useKeys({
    ...(row ? { x: () => selection.toggle(row), X: () => selection.extend(rows, row.id) } : {}),
    ...(chosen.size > 0 ? { Escape: selection.clear } : {}),
  });
  const { result } = bulk;
  // Told by itself when something could not be done; once it was read, only when asked for.
  const [read, setRead] = useState<BulkItem[] | null>(null);
  const told = result && (seen === result || (read !== result && countsOf(result).refused > 0)) ? result : null;
  const close = () => {
    setSeen(null);
    setRead(result);
  };
  return (
    <>
      <div className={styles.place} role="region" aria-label={t('bulk.label')}>
        {chosen.size > 0 ? (
          <div className={styles.bar}>
            <span role="status">
              {bulk.busy ? <Loader size={12} /> : null}{' '}
              {bulk.busy ? t('bulk.working') : t('bulk.selected', { count: chosen.size })}
              {isFull ? <small> {t('bulk.most', { count: BULK_LIMIT })}</small> : null}
            </span>
            <BulkMenus
              busy={bulk.busy}
              onDeed={(deed) => void bulk.start(deed)}
              onNewIncident={() => setOpening([...chosen.keys()])}
            />
            <button type="button" aria-label={t('bulk.clear')} title={t('bulk.clear')} onClick={selection.clear}>
              <X size={16} aria-hidden />
            </button>
          </div>
        ) : null}
        {chosen.size === 0 && result ? (
          <div className={styles.bar}>
            <span role="status">{t('bulk.done', countsOf(result))}</span>
            {result.some(({ undo }) => undo) ? (
              <button type="button" className={styles.word} disabled={bulk.busy} onClick={() => void bulk.undo()}>
                {t('bulk.undo')}
              </button>
            ) : null}
            <button type="button" className={styles.word} onClick={() => setSeen(result)}>
              {t('bulk.see')}
            </button>
            <button type="button" aria-label={t('app.close')} title={t('app.close')} onClick={bulk.forget}>
              <X size={16} aria-hidden />
            </button>
          </div>
        ) : null}
      </div>
      <Suspense fallback={null}>
        {told ? <BulkResultDialog items={told} onClose={close} /> : null}
        {opening ? (
          <OpenIncidentDialog caseIds={opening} onOpened={selection.clear} onClose={() => setOpening(null)} />
        ) : null}
      </Suspense>
    </>
  );
};
