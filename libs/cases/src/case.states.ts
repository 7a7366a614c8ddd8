import type { CaseStatus } from '#contracts';

const OPEN = ['new', 'understood', 'in_solution', 'waiting', 'restored'] as const;

/** Where a case may go from where. Work moves freely while open; what is over can be opened again; merged is final. */
export const CASE_TRANSITIONS: Record<CaseStatus, readonly CaseStatus[]> = {
  new: ['understood', 'in_solution', 'waiting', 'restored', 'closed', 'spam'],
  understood: ['new', 'in_solution', 'waiting', 'restored', 'closed', 'spam'],
  in_solution: ['understood', 'waiting', 'restored', 'closed', 'spam'],
  waiting: ['understood', 'in_solution', 'restored', 'closed', 'spam'],
  restored: ['in_solution', 'waiting', 'closed'],
  closed: ['in_solution'],
  spam: ['new'],
  merged: [],
};

/** Whether the move is in the table; staying is always allowed (a new wait reason, say). */
export const canMove = (from: CaseStatus, to: CaseStatus): boolean =>
  from === to || CASE_TRANSITIONS[from].includes(to);

export const isOpen = (status: CaseStatus): boolean => (OPEN as readonly CaseStatus[]).includes(status);
