import type { DecisionState } from '#contracts';

/**
 * Where a decision may go from where. None is overwritten: one that no longer holds stays as what it was. What two people have
 * found is changed by deciding anew, not by asking a third time.
 */
export const DECISION_TRANSITIONS: Record<DecisionState, readonly DecisionState[]> = {
  proposed: ['standing', 'withdrawn', 'superseded'],
  standing: ['in_review', 'superseded'],
  in_review: ['confirmed', 'overturned'],
  confirmed: ['superseded'],
  overturned: [],
  superseded: [],
  withdrawn: [],
};

export const canMoveDecision = (from: DecisionState, to: DecisionState): boolean =>
  DECISION_TRANSITIONS[from].includes(to);

/** Whether it is what we say now. */
export const holds = (state: DecisionState): boolean =>
  state === 'standing' || state === 'in_review' || state === 'confirmed';
