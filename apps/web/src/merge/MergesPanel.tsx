import { useQuery } from '@tanstack/react-query';
import { GitMerge, Scissors } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { CaseDetail, Merge } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import { day, whole } from '../i18n/moments.js';
import styles from './Merge.module.css';
import { mergeReason } from './mergeReason.js';
import { mergesQuery } from './mergeRequests.js';
import { isUndoable, otherName, UndoMerge } from './UndoMerge.js';

const MergeDialog = lazy(() => import('./MergeDialog.js'));
const SplitDialog = lazy(() => import('./SplitDialog.js'));

const stateOf = (merge: Merge) => {
  if (merge.undone) return 'undone';
  if (merge.undoFirst) return 'first';
  return isUndoable(merge) ? 'open' : 'late';
};

const MergeLine = ({ merge, name, onUndo }: { merge: Merge; name: string; onUndo: () => void }) => {
  const { t, intl } = useWords();
  const state = stateOf(merge);
  return (
    <li className={styles.merge} data-undone={merge.undone ? true : undefined}>
      <span>
        <b>{name}</b>
        <small title={whole(intl, merge.at)}>
          {t('merge.by', { name: merge.by.displayName, date: day(intl, merge.at) })} · {mergeReason(merge.reason, t)}
        </small>
        <small>
          {t(`merge.state.${state}`, {
            date: day(intl, merge.undone?.at ?? merge.undoUntil),
            name: merge.undone?.by.displayName ?? merge.undoFirst?.displayName ?? '',
          })}
        </small>
      </span>
      {state === 'open' ? (
        <button type="button" className={styles.undo} aria-label={t('merge.undo_of', { name })} onClick={onUndo}>
          {t('merge.undo')}
        </button>
      ) : null}
    </li>
  );
};

interface Props {
  customer: Pick<CaseDetail['customer'], 'id' | 'displayName'>;
  /** Their case, where one is at one: what is somebody else's is split out of it. */
  detail?: CaseDetail | undefined;
}

/** Who this person also turned out to be, until when that can be taken back, and the ways to merge and to split. */
export const MergesPanel = ({ customer, detail }: Props) => {
  const { t } = useWords();
  const may = useMay();
  return may('customer.merge') ? (
    <section aria-label={t('merge.panel')}>
      <h3>{t('merge.panel')}</h3>
      <Merges customer={customer} detail={detail} />
    </section>
  ) : null;
};

const Merges = ({ customer, detail }: Props) => {
  const { t } = useWords();
  const merges = useQuery(mergesQuery(customer.id)).data?.items ?? [];
  const [dialog, setDialog] = useState<'merge' | 'split' | Merge | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <ul className={styles.merges}>
        {merges.map((merge) => (
          <MergeLine
            key={merge.id}
            merge={merge}
            name={otherName(merge, customer.id)}
            onUndo={() => setDialog(merge)}
          />
        ))}
      </ul>
      <div className={styles.deeds}>
        <button type="button" onClick={() => setDialog('merge')}>
          <GitMerge size={15} aria-hidden /> {t('merge.open')}
        </button>
        {detail ? (
          <button type="button" onClick={() => setDialog('split')}>
            <Scissors size={15} aria-hidden /> {t('split.open')}
          </button>
        ) : null}
      </div>
      <Suspense fallback={null}>
        {dialog === 'merge' ? <MergeDialog customer={customer} onClose={close} /> : null}
        {dialog === 'split' && detail ? <SplitDialog detail={detail} onClose={close} /> : null}
      </Suspense>
      {dialog && typeof dialog === 'object' ? (
        <UndoMerge merge={dialog} name={otherName(dialog, customer.id)} onClose={close} />
      ) : null}
    </>
  );
};
