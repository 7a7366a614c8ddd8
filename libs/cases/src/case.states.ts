import { CASE_TRANSITIONS, type CaseStatus } from '#contracts';

const OPEN = ['new', 'understood', 'in_solution', 'waiting', 'restored'] as const;

/** Whether the move is in the table; staying is always allowed (a new wait reason, say). */
export const canMove = (from: CaseStatus, to: CaseStatus): boolean =>
  from === to || CASE_TRANSITIONS[from].some((status) => status === to);

export const isOpen = (status: CaseStatus): boolean => (OPEN as readonly CaseStatus[]).includes(status);
