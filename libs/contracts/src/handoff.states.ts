import type { HandoffSide, HandoffState } from './handoffs.words.js';

/** Who may bring a handoff somewhere; `time`: nobody answered. */
export type HandoffBy = HandoffSide | 'time';

type Moves = Partial<Record<HandoffState, readonly HandoffBy[]>>;

const TAKERS: Moves = {
  accepted: ['taker'],
  info_requested: ['taker'],
  in_progress: ['taker'],
  resolved: ['taker'],
  rejected: ['taker'],
};
const TAKEN_BACK: Moves = { cancelled: ['giver'], recalled: ['giver'] };

/**
 * Where a handoff may go from where, and who brings it there. A taker may come to any of their states from any other: messages
 * overtake each other, and people change their minds; which one counts is decided by when they said it (`fold`). What the
 * giver ended stays so.
 */
export const HANDOFF_TRANSITIONS: Record<HandoffState, Moves> = {
  draft: { sent: ['giver'], cancelled: ['giver'] },
  sent: { acknowledged: ['taker'], ...TAKERS, ...TAKEN_BACK, expired: ['time'] },
  acknowledged: { ...TAKERS, ...TAKEN_BACK },
  accepted: { ...TAKERS, ...TAKEN_BACK },
  // Answered, it goes back to where it was.
  info_requested: { ...TAKERS, accepted: ['taker', 'giver'], acknowledged: ['giver'], ...TAKEN_BACK },
  in_progress: { ...TAKERS, ...TAKEN_BACK },
  // What was done does not hold: it goes on.
  resolved: { ...TAKERS, in_progress: ['taker', 'giver'], ...TAKEN_BACK, closed: ['giver'] },
  rejected: { ...TAKERS, closed: ['giver'], recalled: ['giver'] },
  // It is over; that what was told is forgotten at once can still be asked.
  closed: { recalled: ['giver'] },
  expired: { recalled: ['giver'] },
  cancelled: { recalled: ['giver'] },
  recalled: {},
};

export const canMoveHandoff = (from: HandoffState, to: HandoffState, by: HandoffBy): boolean =>
  HANDOFF_TRANSITIONS[from][to]?.includes(by) ?? false;

const LIVE: ReadonlySet<HandoffState> = new Set([
  'sent',
  'acknowledged',
  'accepted',
  'info_requested',
  'in_progress',
  'resolved',
]);
/** Whether the other side has it: it was given and nothing ended it. */
export const isLiveHandoff = (state: HandoffState): boolean => LIVE.has(state);

const ENDED: ReadonlySet<HandoffState> = new Set(['closed', 'expired', 'cancelled', 'recalled']);
/** Whether what the other side says can change nothing any more. */
export const isHandoffEnded = (state: HandoffState): boolean => ENDED.has(state);

/** Whether they said that they do it. */
export const isAccepted = (state: HandoffState): boolean =>
  state === 'accepted' || state === 'in_progress' || state === 'resolved';
