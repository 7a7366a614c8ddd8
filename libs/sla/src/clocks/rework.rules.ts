import { isLive, type ClockActor, type Ledger, type LedgerLine, type Targets } from './clock.rules.js';
import { countedBy, lineOf } from './ledger.rules.js';

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
    const target = after[clock.metric];
    const counted = countedBy(clock, at, before);
    if (!target) return { ...clock, counted, runsSince: null, pausedFor: null, endedAt: at };
    // What was agreed with a partner stays as it was agreed.
    const isAgreed = clock.side === 'partner' && clock.minutes !== before[clock.metric]?.minutes;
    const minutes = isAgreed ? clock.minutes : target.minutes;
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
    const target = clock.metric === 'next_update' ? undefined : targets[clock.metric];
    if (!isLive(clock) || !target || clock.minutes === null || clock.runsSince === null || clock.breachedAt !== null)
      return clock;
    const dueAt = target.counting.after(clock.runsSince, clock.minutes - clock.counted);
    return dueAt === clock.dueAt ? clock : { ...clock, dueAt };
  });
  return { ...ledger, clocks };
}
