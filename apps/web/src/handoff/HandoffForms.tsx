import { lazy, Suspense, useEffect } from 'react';
import type { CaseDetail } from '#contracts';
import { useKeys } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { isOver } from '../case/stage.rules.js';
import { closeHandoffDialog, openHandoffDialog, useHandoffDialog } from './handoffDialogs.js';
import { useHandoffs } from './useHandoffs.js';

const HandoffDialogs = lazy(() => import('./HandoffDialogs.js'));

/** The form about a handoff of this case that is open, whoever opened it. */
export const HandoffForms = ({ detail }: { detail: CaseDetail }) => {
  const dialog = useHandoffDialog();
  const works = useMay()('handoff.work') && !isOver(detail.status);
  const { items, isKnown } = useHandoffs(detail);
  useKeys(works ? { h: () => openHandoffDialog({ name: 'new' }) } : {});
  // Whoever goes to another case leaves the form of this one behind.
  useEffect(() => closeHandoffDialog, [detail.id]);
  // A new one needs none of those there are, and makes one itself while it is open.
  const isNew = dialog?.name === 'new' && !dialog.handoffId;
  if (!dialog || (!isKnown && !isNew)) return null;
  return (
    <Suspense fallback={null}>
      <HandoffDialogs dialog={dialog} detail={detail} handoffs={items} onClose={closeHandoffDialog} />
    </Suspense>
  );
};
