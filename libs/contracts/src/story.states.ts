import type { PromiseState } from './story.js';
import type { ImpactState, ProblemStage } from './words.js';

/** Where an impact may go from where. What works again can only break again; what was checked is never unchecked. */
export const IMPACT_TRANSITIONS: Record<ImpactState, readonly ImpactState[]> = {
  reported: ['confirmed', 'relieved', 'restored'],
  confirmed: ['relieved', 'restored'],
  relieved: ['confirmed', 'restored'],
  restored: ['reported'],
};

/**
 * Where a problem may go from where. Work may begin before the customer has agreed with the statement; a statement that is
 * put anew has to be agreed with anew; only what was restored is closed, and it can come back.
 */
export const PROBLEM_TRANSITIONS: Record<ProblemStage, readonly ProblemStage[]> = {
  received: ['understood', 'in_solution', 'restored'],
  understood: ['received', 'in_solution', 'restored'],
  in_solution: ['understood', 'restored'],
  restored: ['in_solution', 'closed'],
  closed: ['in_solution'],
};

/** What a promise may become. Kept late is kept; what was taken back is over. */
export const PROMISE_TRANSITIONS: Record<PromiseState, readonly PromiseState[]> = {
  open: ['kept', 'broken', 'withdrawn'],
  broken: ['kept'],
  kept: [],
  withdrawn: [],
};

export const canMoveImpact = (from: ImpactState, to: ImpactState): boolean => IMPACT_TRANSITIONS[from].includes(to);
export const canMoveProblem = (from: ProblemStage, to: ProblemStage): boolean => PROBLEM_TRANSITIONS[from].includes(to);
export const canMovePromise = (from: PromiseState, to: PromiseState): boolean => PROMISE_TRANSITIONS[from].includes(to);

/** Whether the customer is still without it: relieved, they can do it again by other means. */
export const isLacking = (state: ImpactState): boolean => state === 'reported' || state === 'confirmed';
