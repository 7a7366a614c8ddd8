import { PresenceState, type PresentPerson } from '#contracts';

/** One window of one person at a case. */
export interface Sitting {
  caseId: string;
  person: { id: string; displayName: string };
  state: PresenceState;
}

const rank = (state: PresenceState): number => PresenceState.options.indexOf(state);

/** The one that says more. */
export const mostOf = (state: PresenceState, other: PresenceState | undefined): PresenceState =>
  other !== undefined && rank(other) > rank(state) ? other : state;

/**
 * Who is at a case, from the windows that are: each person once, with the most they do in any of them; who does most first,
 * then by name, so that two readers see the same order.
 */
export function peopleOf(sittings: Iterable<Sitting>): PresentPerson[] {
  const people = new Map<string, PresentPerson>();
  for (const { person, state } of sittings) {
    const known = people.get(person.id);
    if (!known || rank(known.state) < rank(state)) people.set(person.id, { ...person, state });
  }
  return [...people.values()].toSorted(
    (one, other) =>
      rank(other.state) - rank(one.state) ||
      one.displayName.localeCompare(other.displayName, 'es') ||
      one.id.localeCompare(other.id),
  );
}

/** Whether two answers to "who is here" say the same. */
export const samePeople = (one: PresentPerson[], other: PresentPerson[]): boolean =>
  one.length === other.length &&
  one.every(({ id, state }, index) => other[index]?.id === id && other[index]?.state === state);

/** A bucket that allows `burst` at once and `perSecond` from then on. */
export interface Allowance {
  left: number;
  at: number;
}

/** Takes one from the bucket, in place. @returns whether there was one */
export function allowed(bucket: Allowance, now: number, burst: number, perSecond: number): boolean {
  bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
  bucket.at = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}
