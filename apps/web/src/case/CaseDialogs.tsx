import { lazy, Suspense, useEffect } from 'react';
import type { CaseDetail } from '#contracts';
import { useWriting } from './caseContext.js';
import { closeCaseDialog, useCaseDialog } from './caseDialogs.js';

const LinksDialog = lazy(() => import('../tracking/LinksDialog.js'));
const CodeDialog = lazy(() => import('../tracking/CodeDialog.js'));
const MergeDialog = lazy(() => import('../merge/MergeDialog.js'));
const SplitDialog = lazy(() => import('../merge/SplitDialog.js'));

/** The form that is open about this case. */
export const CaseDialogs = ({ detail }: { detail: CaseDetail }) => {
  const { sendBy } = useWriting();
  const dialog = useCaseDialog();
  // Whoever goes to another case leaves the form of this one behind.
  useEffect(() => closeCaseDialog, [detail.id]);
  return (
    <Suspense fallback={null}>
      {dialog?.name === 'links' ? <LinksDialog detail={detail} onWrite={sendBy} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'code' ? <CodeDialog detail={detail} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'merge' ? <MergeDialog customer={detail.customer} onClose={closeCaseDialog} /> : null}
      {dialog?.name === 'split' ? (
        <SplitDialog detail={detail} problemId={dialog.problemId} onClose={closeCaseDialog} />
      ) : null}
    </Suspense>
  );
};
