import type { Hands, Leg } from './custody.js';
import { canMoveLeg } from './leg.states.js';

/** What can be done with a shipment, by how it is and who has the phone: the same for whoever decides and for whoever offers it. */

/** How a courier or partner is called of whom only that much is known. */
export const UNNAMED = '—';

/** pick_up: it leaves · arrive: it is there · back: it came back to whoever sent it */
export type LegMove = 'pick_up' | 'arrive' | 'back';
export type LegDeed = LegMove | 'expect' | 'cancel' | 'lose';

type Way = Pick<Leg, 'state' | 'from' | 'to'>;

/**
 * Whether somebody named and whoever has it may be the same: of one kind, and the same one where both are known. Of couriers
 * that are no partners of ours there is only the name.
 */
export function mayBe(one: Hands, other: Hands): boolean {
  if (one.kind !== other.kind) return false;
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.kind !== 'courier') return true;
  return one.name === UNNAMED || other.name === UNNAMED || one.name.toLowerCase() === other.name.toLowerCase();
}

/**
 * Whether the phone is where this shipment needs it to go on: with whoever sends it, or nobody knows; on its way, with a courier,
 * or there, as somebody may have said at the repair already.
 */
export function isAtHand({ state, from, to }: Way, holder: Hands | null): boolean {
  if (state === 'planned') return holder === null || mayBe(holder, from);
  return holder !== null && (holder.kind === 'courier' || mayBe(holder, to));
}

/** Whether to end it is to take it back from whoever carries it: they hand it over, and that is proven. */
export const isCarried = ({ state }: Pick<Leg, 'state'>, holder: Hands | null): boolean =>
  state !== 'planned' && holder?.kind === 'courier';

/** What comes next for a shipment when somebody has it in front of them; null: nothing does. */
export function nextMove({ state, courier }: Pick<Leg, 'state' | 'courier'>): Exclude<LegMove, 'back'> | null {
  // What nobody carries goes from hand to hand; a courier is not skipped.
  if (state === 'planned') return courier ? 'pick_up' : 'arrive';
  return canMoveLeg(state, 'arrived') ? 'arrive' : null;
}

/** All that can be done with it now, what comes next before the rest. */
export function legDeeds(leg: Way & Pick<Leg, 'courier'>, holder: Hands | null): LegDeed[] {
  const { state } = leg;
  const next = nextMove(leg);
  return [
    ...(next && isAtHand(leg, holder) ? [next] : []),
    ...(canBeExpected(state) ? (['expect'] as const) : []),
    ...(canMoveLeg(state, 'cancelled') ? [isCarried(leg, holder) ? ('back' as const) : ('cancel' as const)] : []),
    ...(canMoveLeg(state, 'lost') ? (['lose'] as const) : []),
  ];
}

/** Whether somebody waits for it on a day. */
export const canBeExpected = (state: Leg['state']): boolean => state === 'planned' || state === 'under_way';
