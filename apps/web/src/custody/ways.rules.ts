import { mayBe, type Hands, type Leg } from '#contracts';

/** The ways that may still come, in their order: those that begin where the phone is, or where one before them ends. */
export function waysAhead(holder: Hands | null, legs: readonly Leg[]): Hands[] {
  const ahead: Hands[] = [];
  for (const leg of legs.filter(({ state }) => state === 'planned' || state === 'under_way')) {
    const last = ahead.at(-1) ?? holder;
    if (leg.state === 'planned' && last && mayBe(last, leg.from) && leg.courier) ahead.push(leg.courier);
    ahead.push(leg.to);
  }
  return ahead;
}
