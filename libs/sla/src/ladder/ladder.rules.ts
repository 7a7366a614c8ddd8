import type { Rung } from '#contracts';
import { countingOf, isLive, type Clock, type Counting, type Ledger, type Targets } from '../clocks/clock.rules.js';
import type { Climb } from './climb.js';

/** When a clock reaches the rungs of its ladder. Pure; all times in milliseconds since the epoch. */

/** Whose clocks are watched: those of the customer, and those of partners. */
export const isWatched = ({ side }: Pick<Clock, 'side'>): boolean => side !== 'team';

export const wasRaised = (raised: number, rung: number): boolean => (raised & (1 << rung)) !== 0;
export const withRaised = (raised: number, rung: number): number => raised | (1 << rung);

/**
 * The rung to be raised next of those time alone leads to: the earliest, of several the lowest. Which were missed meanwhile come
 * out one by one, each once, in the order they were due.
 * @param counting of its target; null: minutes on the wall, which a promised time goes by
 */
export function nextRung(
  clock: Clock,
  rungs: readonly Rung[],
  raised: number,
  counting: Counting | null,
): { rung: number; at: number } | null {
  let next: { rung: number; at: number } | null = null;
  for (const [rung, { when, metrics }] of rungs.entries()) {
    if (wasRaised(raised, rung) || !metrics.includes(clock.metric)) continue;
    const at = reachedAt(clock, when, counting);
    if (at !== null && Number.isFinite(at) && (next === null || at < next.at)) next = { rung, at };
  }
  return next;
}

/** The rung above one that was not acknowledged: the next that looks at this clock and was not raised; null: the last one was. */
export function rungAbove(
  { metric }: Pick<Clock, 'metric'>,
  rungs: readonly Rung[],
  raised: number,
  below: number,
): number | null {
  const above = rungs.findIndex(
    ({ metrics }, rung) => rung > below && metrics.includes(metric) && !wasRaised(raised, rung),
  );
  return above < 0 ? null : above;
}

const MINUTE_MS = 60_000;

/** @returns null while it is paused before that, and for what time alone does not lead to; infinite: the calendar never comes to it */
function reachedAt(clock: Clock, when: Rung['when'], counting: Counting | null): number | null {
  if ('elapsedMinutes' in when) return clock.startedAt + when.elapsedMinutes * MINUTE_MS;
  if ('unacknowledged' in when) return null;
  if (clock.minutes === null || counting === null) return ofFixedTime(clock, when);
  if ('share' in when) return whenCounted(clock, when.share * clock.minutes, counting);
  const breach = clock.breachedAt ?? clock.dueAt;
  if (when.afterBreachMinutes === 0 && breach !== null) return breach;
  const at = whenCounted(clock, clock.minutes + when.afterBreachMinutes, counting);
  // Where the target was made shorter than what had counted already, it is late only since then.
  return at === null || breach === null ? at : Math.max(at, counting.after(breach, when.afterBreachMinutes));
}

/** When so many minutes have counted. Of those that have by now: when they would have without pauses, never later than they did. */
function whenCounted(clock: Clock, minutes: number, counting: Counting): number | null {
  if (clock.counted >= minutes) return counting.after(clock.startedAt, minutes);
  return clock.runsSince === null ? null : counting.after(clock.runsSince, minutes - clock.counted);
}

function ofFixedTime(
  { startedAt, dueAt }: Clock,
  when: { share: number } | { afterBreachMinutes: number },
): number | null {
  if (dueAt === null) return null;
  return 'share' in when
    ? startedAt + when.share * Math.max(0, dueAt - startedAt)
    : dueAt + when.afterBreachMinutes * MINUTE_MS;
}

/** How a clock stands on its ladder now. One that is over climbs no more: what was raised is to be ended. */
export function climbOf(clock: Clock, versionId: string, rungs: readonly Rung[], counting: Counting | null): Climb {
  const raised = clock.climb?.raised ?? 0;
  if (!isLive(clock))
    return { versionId, raised, next: null, at: raised === 0 ? null : (clock.metAt ?? clock.endedAt) };
  const next = nextRung(clock, rungs, raised, counting);
  return { versionId, raised, next: next?.rung ?? null, at: next?.at ?? null };
}

/** The ladders there are, as they were read. */
export interface Ladders {
  /** @returns the version a clock begins with; null: nobody watches it */
  versionFor(queueId: string | null): string | null;
  rungsOf(versionId: string): readonly Rung[];
}

/**
 * Places the clocks of a case on their ladders: those that began now on that of its queue, and all others where they are now.
 * @param before the ledger as it was read: what was over then has its place
 */
export function climbed(
  ledger: Ledger,
  before: Ledger,
  queueId: string | null,
  ladders: Ladders,
  targets: Targets,
): Ledger {
  const clocks = ledger.clocks.map((clock) => {
    if (!isWatched(clock) || (!isLive(clock) && (!clock.climb || before.clocks.includes(clock)))) return clock;
    const versionId = clock.climb?.versionId ?? ladders.versionFor(queueId);
    if (versionId === null) return clock;
    const climb =
      reopens(clock, before) ?? climbOf(clock, versionId, ladders.rungsOf(versionId), countingOf(clock, targets));
    return isSame(climb, clock.climb) ? clock : { ...clock, climb };
  });
  return { ...ledger, clocks };
}

/** A clock that had ended runs again, and what was escalated of it is to be open again. */
export const isToReopen = ({ next, at }: Climb): boolean => next === null && at !== null;

/** Of a clock that is live again: where it is until what was escalated of it is open again. */
function reopens(clock: Clock, before: Ledger): Climb | null {
  if (!isLive(clock) || !clock.climb) return null;
  const was = before.clocks.find(
    ({ metric, side, round }) => metric === clock.metric && side === clock.side && round === clock.round,
  );
  if (!was) return null;
  if (isLive(was)) return isToReopen(clock.climb) ? clock.climb : null;
  return clock.climb.raised === 0 ? null : { ...clock.climb, next: null, at: was.endedAt };
}

const isSame = (one: Climb, other: Climb | null | undefined): boolean =>
  one.versionId === other?.versionId && one.next === other.next && one.at === other.at;
