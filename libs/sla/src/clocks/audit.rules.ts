import type { Clock } from './clock.rules.js';

/** Clocks as they are kept against clocks made anew from what happened. */

/** How long the sweep may take to mark what is late. */
const SWEEP_MS = 60_000;

const keyOf = ({ metric, side, round }: Clock): string => `${metric}.${side}.${round}`;

/** What follows from events alone. */
const happened = ({ startedAt, pausedFor, metAt, endedAt, runsSince, handoff }: Clock) => ({
  startedAt,
  handoff: handoff?.id ?? null,
  pausedFor,
  metAt,
  endedAt,
  runs: runsSince !== null,
});

/** What follows from the calendar too. */
const reckoned = ({ minutes, counted, dueAt, breachedAt }: Clock) => ({
  minutes,
  counted: Math.round(counted),
  dueAt,
  breachedAt,
});

/**
 * @param exact the calendars are those the clocks were worked out by
 * @returns in what they differ: `relief.customer.1 metAt`; nothing where they agree
 */
export function differencesOf(kept: Clock[], made: Clock[], exact: boolean, now: number): string[] {
  const others = new Map(kept.map((clock) => [keyOf(clock), clock]));
  const missing = kept.filter((clock) => !made.some((each) => keyOf(each) === keyOf(clock)));
  return [
    ...missing.map((clock) => `${keyOf(clock)} made`),
    ...made.flatMap((clock) => {
      const other = others.get(keyOf(clock));
      return other
        ? fieldsOf(other, clock, exact, now).map((field) => `${keyOf(clock)} ${field}`)
        : [`${keyOf(clock)} kept`];
    }),
  ];
}

function fieldsOf(kept: Clock, made: Clock, exact: boolean, now: number): string[] {
  const view = (clock: Clock): Record<string, unknown> => ({ ...happened(clock), ...(exact ? reckoned(clock) : {}) });
  const [one, other] = [view(kept), view(made)];
  // The sweep may not have been there yet.
  if (kept.breachedAt === null && made.breachedAt !== null && made.breachedAt > now - SWEEP_MS)
    delete one['breachedAt'];
  return Object.keys(one).filter((field) => one[field] !== other[field]);
}
