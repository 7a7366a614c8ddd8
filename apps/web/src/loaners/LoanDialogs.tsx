import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { isLiveLoan, type CaseDetail, type Loan } from '#contracts';
import { useKeys } from '../app/keys.js';
import { useMay } from '../app/session.js';
import { isOver } from '../case/stage.rules.js';
import { closeLoanDialog, openLoanDialog, useLoanDialog, type LoanDialog } from './loanDialogs.js';
import { caseLoansQuery } from './loanerRequests.js';

const DecideDialog = lazy(() => import('./DecideDialog.js'));
const LoanDeedDialog = lazy(() => import('./LoanDeedDialog.js'));

/** What usually comes next: a decision, the phone handed over or taken back, more days. */
const nextOf = (loan: Loan | undefined, mayDecide: boolean, handsOver: boolean): LoanDialog => {
  if (!loan) return mayDecide ? { name: 'decide' } : null;
  const { id: loanId, state } = loan;
  if (handsOver) return { name: state === 'reserved' ? 'lend' : 'take-back', loanId };
  return { name: state === 'reserved' ? 'cancel' : 'extend', loanId };
};

/** The form about a loan that is open, wherever the panel is. Their key: l, for what usually comes next. */
export const LoanDialogs = ({ detail }: { detail: CaseDetail }) => {
  const may = useMay();
  const dialog = useLoanDialog();
  const { data } = useQuery({ ...caseLoansQuery(detail.id, detail.version), enabled: may('loaner.read') });
  useEffect(() => closeLoanDialog, [detail.id]);
  const live = data?.loans.find(({ state }) => isLiveLoan(state));
  const next = nextOf(live, may('loaner.lend') && !isOver(detail.status), may('loaner.hand_over'));
  useKeys({ l: () => openLoanDialog(next) });
  if (!dialog) return null;
  // Who asks to lend while they have one already is shown what can be done with that.
  const asked = dialog.name === 'decide' && live ? next : dialog;
  const about = asked && asked.name !== 'decide' ? data?.loans.find(({ id }) => id === asked.loanId) : undefined;
  return (
    <Suspense fallback={null}>
      {asked?.name === 'decide' ? <DecideDialog detail={detail} onClose={closeLoanDialog} /> : null}
      {asked && asked.name !== 'decide' && about ? (
        <LoanDeedDialog deed={asked.name} loan={about} detail={detail} onClose={closeLoanDialog} />
      ) : null}
    </Suspense>
  );
};
