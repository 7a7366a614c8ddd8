import { canMoveHandoff, isHandoffEnded, type DeskAction, type HandoffSide, type HandoffState } from '#contracts';

/** What a page offers a partner to say, as the handoff stands. */

/** Of them, the one most come for: its form is open. */
export interface Offered {
  actions: DeskAction[];
  first: DeskAction | null;
}

export interface Standing {
  /** Which of the two they are. */
  side: HandoffSide;
  state: HandoffState;
  /** Whether the device itself goes to them. */
  getsDevice: boolean;
  /** Whether they have a quote of ours to answer, or a question. */
  quoted: boolean;
  asked: boolean;
}

const TAKER: Partial<Record<HandoffState, readonly DeskAction[]>> = {
  sent: ['accepted', 'asked', 'rejected', 'acknowledged'],
  acknowledged: ['accepted', 'asked', 'rejected', 'received', 'quoted'],
  accepted: ['received', 'in_progress', 'quoted', 'eta', 'asked', 'resolved', 'dispatched', 'rejected'],
  info_requested: ['accepted', 'eta', 'quoted', 'received', 'resolved', 'rejected'],
  in_progress: ['quoted', 'eta', 'asked', 'resolved', 'received', 'dispatched', 'rejected'],
  resolved: ['dispatched', 'in_progress'],
  rejected: ['accepted', 'dispatched'],
};

/** Said of the phone itself, which they have only where it went to them. */
const OF_THE_DEVICE: ReadonlySet<DeskAction> = new Set(['received', 'dispatched']);
/** States have the names of the words that lead there. */
const MOVES: ReadonlySet<string> = new Set<DeskAction>([
  ...(['acknowledged', 'accepted', 'in_progress', 'resolved', 'rejected'] as const),
]);

/** What they may say now, the likeliest first. */
export function offeredOf(standing: Standing): Offered {
  const { side, state } = standing;
  const actions = side === 'taker' ? asTaker(standing) : asGiver(standing);
  const first = side === 'taker' && (state === 'sent' || state === 'acknowledged') ? 'accepted' : answer(standing);
  return { actions: [...actions, 'note'], first: first && actions.includes(first) ? first : null };
}

function asTaker({ state, getsDevice }: Standing): DeskAction[] {
  const fits = (action: DeskAction): boolean => {
    if (OF_THE_DEVICE.has(action)) return getsDevice;
    return !MOVES.has(action) || canMoveHandoff(state, action as HandoffState, 'taker');
  };
  return (TAKER[state] ?? []).filter(fits);
}

function asGiver({ state, quoted, asked }: Standing): DeskAction[] {
  if (isHandoffEnded(state)) return [];
  const answers: DeskAction[] = [...(asked ? ['info' as const] : []), ...(quoted ? ['quote_answered' as const] : [])];
  if (state === 'rejected') return [...answers, 'closed'];
  if (state === 'resolved') return [...answers, 'closed', 'reopened'];
  return [...answers, 'nudged', 'cancelled', 'recalled'];
}

const answer = ({ side, asked, quoted, state }: Standing): DeskAction | null => {
  if (side === 'taker') return null;
  if (asked) return 'info';
  if (quoted) return 'quote_answered';
  return state === 'resolved' ? 'closed' : null;
};
