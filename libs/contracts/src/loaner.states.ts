import type { LoanerState, LoanState } from './loaners.js';

/**
 * Where a loaner may go from where. What came back is nobody's again before it is clean; what is with a customer is neither
 * retired nor sent away; what was retired stays so.
 */
export const LOANER_TRANSITIONS: Record<LoanerState, readonly LoanerState[]> = {
  available: ['reserved', 'hygiene', 'in_transfer', 'in_repair', 'lost', 'retired'],
  reserved: ['on_loan', 'available'],
  on_loan: ['hygiene', 'lost'],
  hygiene: ['available', 'in_repair', 'lost', 'retired'],
  in_transfer: ['available', 'lost'],
  in_repair: ['hygiene', 'lost', 'retired'],
  lost: ['hygiene', 'retired'],
  retired: [],
};

/** What a loan may become. It ends when the loaner is back or written off; what was lost can be found. */
export const LOAN_TRANSITIONS: Record<LoanState, readonly LoanState[]> = {
  reserved: ['active', 'released', 'cancelled'],
  active: ['returned', 'lost'],
  lost: ['returned'],
  returned: [],
  released: [],
  cancelled: [],
};

/** Where a loaner is while a loan of it is so. A loan that is over says so once, when it ends. */
export const LOANER_OF_LOAN: Record<LoanState, LoanerState> = {
  reserved: 'reserved',
  active: 'on_loan',
  returned: 'hygiene',
  released: 'available',
  cancelled: 'available',
  lost: 'lost',
};

export const canMoveLoaner = (from: LoanerState, to: LoanerState): boolean => LOANER_TRANSITIONS[from].includes(to);
export const canMoveLoan = (from: LoanState, to: LoanState): boolean => LOAN_TRANSITIONS[from].includes(to);

/** Whether it holds its loaner: it is kept for somebody, or they have it. */
export const isLiveLoan = (state: LoanState): boolean => state === 'reserved' || state === 'active';
