import {
  countedBy,
  countingOf,
  isLive,
  type ClockActor,
  type Ledger,
  type LedgerLine,
  type Targets,
} from './clock.rules.js';
import { lineOf } from './ledger.rules.js';

/** What becomes of running clocks when their target or their calendar is another. */

/**
 * Another policy: what counted is kept, only the target is another. What had been late and is not by the new target runs on and may
 * be late again; what the new one does not name ends.
 */
export function reapplied(
  ledger: Ledger,
  at: number,
  actor: ClockActor,
  before: Targets,
  after: Targets,
): { ledger: Ledger; lines: LedgerLine[] } {
  const clocks = ledger.clocks.map((clock) => {
    if (!isLive(clock) || clock.metric === 'next_update' || clock.minutes === null) return clock;
    // What was agreed with a partner stays as it was agreed.
    if (clock.calendar) return clock;
    const target = after[clock.metric];
    const counted = countedBy(clock, at, before);
    if (!target) return { ...clock, counted, runsSince: null, pausedFor: null, endedAt: at };
    const { minutes } = target;
    const left = minutes - counted;
    const runsSince = clock.runsSince === null ? null : at;
    const dueAt = left <= 0 ? (clock.breachedAt ?? at) : runsSince === null ? null : target.counting.after(at, left);
    return {
      ...clock,
      minutes,
      counted,
      runsSince,
      dueAt,
      breachedAt: left <= 0 ? clock.breachedAt : null,
    };
  });
  const lines = clocks
    .filter((clock, index) => clock !== ledger.clocks[index])
    .map((clock) => lineOf(clock, clock.endedAt === at ? 'ended' : 'reapplied', at, actor, after));
  return { ledger: { ...ledger, clocks }, lines };
}

/** Other minutes count than did: works out anew when what runs is due. What was late stays so. */
export function reworked(ledger: Ledger, targets: Targets): Ledger {
  const clocks = ledger.clocks.map((clock) => {
    const counting = countingOf(clock, targets);
    if (!isLive(clock) || !counting || clock.minutes === null || clock.runsSince === null || clock.breachedAt !== null)
      return clock;
    const dueAt = counting.after(clock.runsSince, clock.minutes - clock.counted);
    return dueAt === clock.dueAt ? clock : { ...clock, dueAt };
  });
  return { ...ledger, clocks };
}
