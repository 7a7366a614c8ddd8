import type { Hands, Leg } from '#contracts';
import type { LegMove } from './custodyDialogs.js';

/** What comes next for a shipment when somebody has it in front of them; null: nothing does. */
export function nextMove({ state, courier }: Pick<Leg, 'state' | 'courier'>): LegMove | null {
  switch (state) {
    case 'planned':
      // What nobody carries goes from hand to hand.
      return courier ? 'pick_up' : 'arrive';
    case 'under_way':
    case 'lost':
      return 'arrive';
    case 'arrived':
    case 'cancelled':
      return null;
  }
}

const isSame = (one: Hands, other: Hands): boolean =>
  one.kind === other.kind && (one.id ?? one.name) === (other.id ?? other.name);

/** The ways that may still come, in their order: those that begin where the phone is, or where one before them ends. */
export function waysAhead(holder: Hands | null, legs: readonly Leg[]): Hands[] {
  const ahead: Hands[] = [];
  for (const leg of legs.filter(({ state }) => state === 'planned' || state === 'under_way')) {
    const last = ahead.at(-1) ?? holder;
    if (leg.state === 'planned' && last && isSame(last, leg.from) && leg.courier) ahead.push(leg.courier);
    ahead.push(leg.to);
  }
  return ahead;
}
