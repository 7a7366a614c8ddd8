import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Merge } from '#contracts';
import { newKey } from '../api/requests.js';
import { Confirm } from '../app/Confirm.js';
import { notify } from '../app/notices.js';
import { useWords } from '../i18n/Words.js';
import { refreshPeople, undoMerge } from './mergeRequests.js';

/** What a merge was with, seen from one side of it: a person, or a case. */
export const otherName = ({ kind, kept, taken }: Merge, customerId: string): string => {
  if (kind === 'case') return taken.reference ?? '';
  return taken.customerId === customerId ? kept.displayName : taken.displayName;
};

/** Whether it can be taken back now, as far as the list says. */
export const isUndoable = ({ undone, undoFirst, undoUntil }: Merge): boolean =>
  !undone && !undoFirst && Date.parse(undoUntil) > Date.now();

/** Asks once more, and says what happens to what has come since. */
export const UndoMerge = ({ merge, name, onClose }: { merge: Merge; name: string; onClose: () => void }) => {
  const { t } = useWords();
  const client = useQueryClient();
  const key = useRef(newKey());
  return (
    <Confirm
      title={t('merge.undo.title', { name })}
      lead={t(merge.kind === 'case' ? 'merge.undo.lead.case' : 'merge.undo.lead', { name })}
      deed={t('merge.undo.do')}
      run={async () => {
        await undoMerge(merge.id, key.current);
        notify(t('merge.undo.done', { name }));
        await refreshPeople(client);
      }}
      onClose={onClose}
    />
  );
};
