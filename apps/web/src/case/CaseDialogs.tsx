import { lazy, Suspense, useEffect } from 'react';
import type { CaseDetail } from '#contracts';
import { isOver } from './stage.rules.js';
import { useWriting } from './caseContext.js';
import { useKeys } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { HandoffForms } from '../handoff/HandoffForms.js';
import { CustodyForms } from '../custody/CustodyForms.js';
import { RepairForms } from '../repairs/RepairForms.js';
import { LoanDialogs } from '../loaners/LoanDialogs.js';
import { closeCaseDialog, openCaseDialog, useCaseDialog } from './caseDialogs.js';

const PresentDialog = lazy(() => import('../devices/PresentDialog.js'));
const LinksDialog = lazy(() => import('../tracking/LinksDialog.js'));
const CodeDialog = lazy(() => import('../tracking/CodeDialog.js'));
const MergeDialog = lazy(() => import('../merge/MergeDialog.js'));
const GiveDialog = lazy(() => import('../goodwill/GiveDialog.js'));
const SplitDialog = lazy(() => import('../merge/SplitDialog.js'));

/** The form that is open about this case. */
export const CaseDialogs = ({ detail }: { detail: CaseDetail }) => {
  const { sendBy } = useWriting();
  const dialog = useCaseDialog();
  const mayGive = useMay()('goodwill.give') && !isOver(detail.status);
  useKeys(mayGive ? { g: () => openCaseDialog({ name: 'benefit' }) } : {});
  // Whoever goes to another case leaves the form of this one behind.
  useEffect(() => closeCaseDialog, [detail.id]);
  return (
    <Suspense fallback={null}>
      <LoanDialogs detail={detail} />
      <RepairForms detail={detail} />
      <HandoffForms detail={detail} />
      <CustodyForms detail={detail} />
      {dialog?.name === 'device' ? <PresentDialog detail={detail} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'links' ? <LinksDialog detail={detail} onWrite={sendBy} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'code' ? <CodeDialog detail={detail} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'merge' ? <MergeDialog customer={detail.customer} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'benefit' ? <GiveDialog detail={detail} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'split' ? (
        <SplitDialog detail={detail} problemId={dialog.problemId} onClose={closeCaseDialog} />
      ) : null}
    </Suspense>
  );
};
