import { oneAtATime } from '../app/oneAtATime.js';

/** Forms about a loan that panels, keys and the palette open: at most one at a time. */
export type LoanDialog =
  | { name: 'decide' }
  | { name: 'lend' | 'take-back' | 'extend' | 'cancel' | 'swap' | 'lost' | 'damaged'; loanId: string }
  | null;

export const {
  open: openLoanDialog,
  close: closeLoanDialog,
  useOpen: useLoanDialog,
} = oneAtATime<NonNullable<LoanDialog>>();
