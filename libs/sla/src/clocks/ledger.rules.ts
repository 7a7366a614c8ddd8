import type { ClockLineType, ClockMetric, ClockSide, WaitReason } from '#contracts';
import {
  countedBy,
  countingOf,
  isLive,
  runs,
  stopped,
  type Clock,
  type ClockActor,
  type Ledger,
  type LedgerLine,
  type Moment,
  type Targets,
} from './clock.rules.js';
import { handedAfter, handedBack, handedBegun, handedCome, handedPaced, handedSettled } from './handed.rules.js';
import { METRICS, ruleOf } from './metric.rules.js';

/**
 * What clocks a case has, from what happened in it. Pure: the same moments make the same clocks, one by one or all at once,
 * so that clocks can be made anew from the events of a case and compared.
 */

const NOBODY: ClockActor = { kind: 'system', id: null, name: 'Hilo' };

/** The customer waits for everybody but themselves; the team also for nobody whom it has asked. */
const pauses = (side: ClockSide, waitingFor: WaitReason | null): boolean =>
  waitingFor !== null && (side === 'team' || waitingFor === 'customer');

/** Goes on by one moment. @returns the ledger as it is then, and the lines to be written */
export function advance(before: Ledger, moment: Moment, targets: Targets): { ledger: Ledger; lines: LedgerLine[] } {
  const late = overtaken(before, moment.at);
  const known = noted(late.ledger, moment);
  const back = broughtBack(known, moment);
  const met = back.map((clock) => (isLive(clock) ? settled(clock, moment, known, targets) : clock));
  const begun = started(before, { ...known, clocks: met }, moment, targets);
  const ledger = { ...known, clocks: [...met, ...begun], rounds: roundsWith(known.rounds, begun) };
  const clocks = ledger.clocks.map((clock) => (isLive(clock) ? paced(clock, moment, ledger, targets) : clock));
  const changed = { ...ledger, clocks };
  return { ledger: changed, lines: [...late.lines, ...linesOf(late.ledger, changed, moment, targets)] };
}

/** What ended as its case did, or its handoff left, and goes on; of what came with its handoff, what is told already. */
function broughtBack(known: Ledger, moment: Moment): Clock[] {
  if (moment.kind === 'came') return handedCome(known, moment.handoff);
  if (moment.kind === 'returned') return handedBack(known, moment.handoff);
  return moment.kind === 'revived'
    ? handedBack({ ...known, clocks: revived(known, moment.since) }, null)
    : known.clocks;
}

/** Marks what has become due by then as breached, at the time it was due. */
export function overtaken(ledger: Ledger, now: number): { ledger: Ledger; lines: LedgerLine[] } {
  const isLate = (clock: Clock) =>
    isLive(clock) && clock.breachedAt === null && clock.dueAt !== null && clock.dueAt <= now;
  if (!ledger.clocks.some(isLate)) return { ledger, lines: [] };
  const clocks = ledger.clocks.map((clock) =>
    isLate(clock) ? { ...clock, breachedAt: clock.dueAt, isTold: false } : clock,
  );
  const lines = clocks
    .filter((_, at) => clocks[at] !== ledger.clocks[at])
    .map((clock) => breachOf(clock, clock.breachedAt ?? now))
    .toSorted((a, b) => a.at - b.at);
  return { ledger: { ...ledger, clocks }, lines };
}

/** What had counted by then is its target, or more where the target was made shorter. */
const breachOf = ({ metric, side, round, minutes, counted }: Clock, at: number): LedgerLine => ({
  ...{ metric, side, round, type: 'breached', at, actor: NOBODY, reason: null },
  minutes: Math.max(counted, minutes ?? 0),
});

/** What is known of the case after a moment. */
function noted(before: Ledger, moment: Moment): Ledger {
  const ledger = { ...before, handoffs: handedAfter(before.handoffs, moment) };
  if (moment.kind === 'lacks') return { ...ledger, lacking: moment.lacking };
  if (moment.kind === 'revived') return { ...ledger, waitingFor: moment.waitingFor, isOver: false };
  if (moment.kind !== 'status') return ledger;
  return {
    ...ledger,
    waitingFor: moment.waitingFor,
    isOver: moment.status === 'closed' || moment.status === 'dropped',
  };
}

/**
 * What ended with the case goes on as if it had not: it ran all the while, or stands still for whom it stood still for then.
 * What was late is late.
 */
function revived({ clocks, rounds, waitingFor }: Ledger, since: number): Clock[] {
  return clocks.map((clock) => {
    if (clock.handoff || clock.endedAt === null || clock.endedAt < since) return clock;
    if (clock.round !== rounds[clock.metric]) return clock;
    const isPaced = clock.minutes !== null && !ruleOf(clock.metric)?.isSteady;
    return isPaced && pauses(clock.side, waitingFor)
      ? { ...clock, endedAt: null, pausedFor: waitingFor }
      : { ...clock, endedAt: null, runsSince: clock.endedAt };
  });
}

/** Met, or gone with its case. */
function settled(clock: Clock, moment: Moment, ledger: Ledger, targets: Targets): Clock {
  if (clock.metric === 'next_update') return promised(clock, moment, ledger);
  if (clock.handoff) return handedSettled(clock, moment, ledger, targets);
  const rule = ruleOf(clock.metric);
  if (rule?.isMet(moment, ledger)) return { ...stopped(clock, moment.at, targets), metAt: moment.at };
  return ledger.isOver || rule?.isVain?.(moment, ledger)
    ? { ...stopped(clock, moment.at, targets), endedAt: moment.at }
    : clock;
}

/** A promise to write has a fixed time: kept, or another one is the nearest now. */
function promised(clock: Clock, moment: Moment, { isOver }: Ledger): Clock {
  const isAnother = moment.kind === 'update_due' && moment.dueAt !== clock.dueAt;
  const is = { ...clock, runsSince: null };
  if (isAnother && moment.kept) return { ...is, metAt: moment.at };
  return isAnother || isOver ? { ...is, endedAt: moment.at } : clock;
}

function started(before: Ledger, ledger: Ledger, moment: Moment, targets: Targets): Clock[] {
  if (ledger.isOver) return [];
  if (moment.kind === 'update_due')
    return moment.dueAt === null || runs(ledger, 'next_update')
      ? []
      : [{ ...fresh(ledger, 'next_update', 'customer', moment), minutes: null, dueAt: moment.dueAt }];
  const handed = handedBegun(before.handoffs, ledger, moment, targets, (metric, round) => ({
    ...fresh(ledger, metric, 'partner', moment),
    round,
  }));
  const own = METRICS.flatMap(([metric, rule]) => {
    const target = targets[metric];
    if (!target || runs(ledger, metric) || !rule.starts(moment, ledger)) return [];
    const { minutes, counting } = target;
    const dueAt = counting.after(moment.at, minutes);
    return rule.sides.map((side) => ({ ...fresh(ledger, metric, side, moment), minutes, dueAt }));
  });
  return [...own, ...handed];
}

const fresh = (ledger: Ledger, metric: ClockMetric, side: ClockSide, { at, actor }: Moment): Clock => ({
  metric,
  side,
  round: 1 + (ledger.rounds[metric] ?? 0),
  startedAt: at,
  startedBy: actor,
  minutes: null,
  counted: 0,
  runsSince: at,
  pausedFor: null,
  dueAt: null,
  breachedAt: null,
  isTold: false,
  metAt: null,
  endedAt: null,
});

const roundsWith = (rounds: Ledger['rounds'], clocks: Clock[]): Ledger['rounds'] =>
  clocks.length === 0
    ? rounds
    : { ...rounds, ...Object.fromEntries(clocks.map(({ metric, round }) => [metric, round])) };

/** Pauses and goes on, as the case waits for somebody or not. A promised time is not put off by waiting. */
function paced(clock: Clock, moment: Moment, ledger: Ledger, targets: Targets): Clock {
  if (clock.handoff) return handedPaced(clock, moment, ledger, targets);
  if (clock.minutes === null || ruleOf(clock.metric)?.isSteady) return clock;
  const mayRun = !pauses(clock.side, ledger.waitingFor);
  if (mayRun === (clock.runsSince !== null))
    return mayRun || clock.pausedFor === ledger.waitingFor ? clock : { ...clock, pausedFor: ledger.waitingFor };
  if (!mayRun) return { ...stopped(clock, moment.at, targets), pausedFor: ledger.waitingFor, dueAt: clock.breachedAt };
  const left = Math.max(0, clock.minutes - clock.counted);
  const dueAt = clock.breachedAt ?? countingOf(clock, targets)?.after(moment.at, left) ?? null;
  return { ...clock, runsSince: moment.at, pausedFor: null, dueAt };
}

export function lineOf(clock: Clock, type: ClockLineType, at: number, actor: ClockActor, targets: Targets): LedgerLine {
  const { metric, side, round } = clock;
  const reason = type === 'paused' ? clock.pausedFor : null;
  return { metric, side, round, type, at, actor, reason, minutes: countedBy(clock, at, targets) };
}

/** What is different, in words of a ledger; of a clock with two sides that of the team first. */
function linesOf(before: Ledger, after: Ledger, moment: Moment, targets: Targets): LedgerLine[] {
  const lines = after.clocks.flatMap((clock, at) =>
    typesOf(before.clocks[at], clock).map((type) => lineOf(clock, type, moment.at, moment.actor, targets)),
  );
  return [...lines.filter(({ side }) => side === 'team'), ...lines.filter(({ side }) => side !== 'team')];
}

type Stand = Pick<Clock, 'metAt' | 'endedAt' | 'pausedFor'>;
const BLANK: Stand = { metAt: null, endedAt: null, pausedFor: null };

const typesOf = (was: Clock | undefined, is: Clock): ClockLineType[] =>
  was ? changesOf(was, is) : ['started', ...changesOf(BLANK, is)];

function changesOf(was: Stand, is: Stand): ClockLineType[] {
  if (was.endedAt !== null && is.endedAt === null) return is.pausedFor === null ? ['resumed'] : ['resumed', 'paused'];
  if (is.metAt !== was.metAt) return ['met'];
  if (is.endedAt !== was.endedAt) return ['ended'];
  if (is.pausedFor !== was.pausedFor) return [is.pausedFor === null ? 'resumed' : 'paused'];
  return [];
}
