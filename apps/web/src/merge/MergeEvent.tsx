import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventEntry } from '#contracts';
import { useMay } from '../app/session.js';
import { useWords } from '../i18n/Words.js';
import styles from './Merge.module.css';
import { mergesQuery } from './mergeRequests.js';
import { isUndoable, otherName, UndoMerge } from './UndoMerge.js';

const MERGED = ['customer.merged', 'case.merged'];

/** Beside the line of a merge, as long as it can be: a way to take it back. */
export const MergeEvent = ({ event }: { event: EventEntry }) => {
  const may = useMay();
  const { mergeId, customerId } = event.data;
  if (!MERGED.includes(event.event) || !may('customer.merge')) return null;
  if (typeof mergeId !== 'string' || typeof customerId !== 'string') return null;
  return <Undo mergeId={mergeId} customerId={customerId} />;
};

const Undo = ({ mergeId, customerId }: { mergeId: string; customerId: string }) => {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const merge = useQuery(mergesQuery(customerId)).data?.items.find(({ id }) => id === mergeId);
  if (!merge || !isUndoable(merge)) return null;
  return (
    <>
      <button type="button" className={styles.undo} onClick={() => setAsking(true)}>
        {t('merge.undo')}
      </button>
      {asking ? <UndoMerge merge={merge} name={otherName(merge, '')} onClose={() => setAsking(false)} /> : null}
    </>
  );
};
