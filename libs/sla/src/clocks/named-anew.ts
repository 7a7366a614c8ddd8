import type { EntityManager } from 'typeorm';
import {
  EMPTY_LEDGER,
  isLive,
  type Clock,
  type ClockActor,
  type Ledger,
  type LedgerLine,
  type Targets,
} from './clock.rules.js';
import { advance } from './ledger.rules.js';
import { eventsOf, NOW_JSON } from './ledger.store.js';
import { momentsOf, tellsOfMoves, type ReadCase, type ReadEvent } from './moments.rules.js';
import { reapplied } from './rework.rules.js';

/** Cases whose whole story is read together. */
const PORTION = 500;
const NOTHING = { seq: '0', lacks: [], waitingFor: null, isOver: false, promises: [], handoffs: [] };

/**
 * @returns of each case the clocks that would run if these targets had been named all along. Cases that took something from
 *   another are left out: no event of theirs alone explains their clocks
 */
export async function namedAllAlong(
  tx: EntityManager,
  caseIds: string[],
  targets: Targets,
): Promise<Map<string, Clock[]>> {
  const found = new Map<string, Clock[]>();
  for (let at = 0; at < caseIds.length; at += PORTION) {
    const rows: { caseId: string; events: ReadEvent[]; now: ReadCase }[] = await tx.query(
      `select l.case_id as "caseId", coalesce((${eventsOf('e.seq <= l.seq')}), '[]') as events, ${NOW_JSON} as now
       from case_ledger l join cases c on c.id = l.case_id join customer cu on cu.id = c.customer_id where l.case_id = any($1)`,
      [caseIds.slice(at, at + PORTION)],
    );
    for (const { caseId, events, now } of rows)
      if (!events.some(tellsOfMoves)) found.set(caseId, runningNow(events, now, targets));
  }
  return found;
}

function runningNow(events: ReadEvent[], now: ReadCase, targets: Targets): Clock[] {
  let ledger: Ledger = EMPTY_LEDGER;
  for (const moment of momentsOf(NOTHING, events, now).moments) ledger = advance(ledger, moment, targets).ledger;
  return ledger.clocks.filter(isLive);
}

/** Whether it names a metric the other did not. */
export const namesMore = (before: Targets, after: Targets): boolean =>
  Object.keys(after).some((metric) => metric !== 'calendars' && !(metric in before));

/**
 * Another policy, as `reapplied`; what it names anew has counted since it would have begun, and is late from now on at the
 * earliest: nobody had said so before.
 */
export function given(
  ledger: Ledger,
  at: number,
  actor: ClockActor,
  before: Targets,
  after: Targets,
  allAlong: Clock[] = [],
): { ledger: Ledger; lines: LedgerLine[] } {
  const anew = allAlong.filter(
    ({ metric, calendar }) => metric !== 'next_update' && !calendar && metric in after && !(metric in before),
  );
  // Of two handoffs each has its own.
  const placeOf = (clock: Clock) =>
    anew.filter(({ metric, side }) => metric === clock.metric && side === clock.side).indexOf(clock);
  const begun = anew.map((clock) => ({
    ...clock,
    round: 1 + (ledger.rounds[clock.metric] ?? 0) + placeOf(clock),
    ...{ breachedAt: null, isTold: false },
  }));
  const rounds = { ...ledger.rounds, ...Object.fromEntries(begun.map(({ metric, round }) => [metric, round])) };
  const all = { ...ledger, rounds, clocks: [...ledger.clocks, ...begun] };
  return reapplied(all, at, actor, { ...after, ...before }, after);
}
