import type { ClockLineType, ClockMetric, ClockSide, WaitReason } from '#contracts';

/**
 * What clocks a case has, from what happened in it. Pure: the same moments make the same clocks, one by one or all at once,
 * so that clocks can be made anew from the events of a case and compared. All times in milliseconds since the epoch.
 */

/** Who did what a clock looks at. */
export interface ClockActor {
  kind: 'agent' | 'customer' | 'system';
  id: string | null;
  name: string;
}

/** What happens in a case that its clocks look at, in the order it was recorded. */
export type Moment = { at: number; actor: ClockActor } & (
  | { kind: 'opened' }
  | { kind: 'customer_wrote' }
  /** By one of us. A bare redirect, which only sends away, is not useful. */
  | { kind: 'answered'; useful: boolean }
  | { kind: 'status'; status: 'open' | 'restored' | 'closed' | 'dropped'; waitingFor: WaitReason | null }
  | { kind: 'lacks'; lacking: boolean }
  /** The nearest promise to write again; null: there is none any more, `kept`: because we wrote. */
  | { kind: 'update_due'; dueAt: number | null; kept: boolean }
);

/** Minutes that count between two times, and when so many have passed; see calendar.rules.ts. */
export interface Counting {
  between(from: number, to: number): number;
  after(from: number, minutes: number): number;
}

/** How long each metric may take; what is not in it has no clock. */
export type Targets = Partial<Record<Exclude<ClockMetric, 'next_update'>, { minutes: number; counting: Counting }>>;

export interface Clock {
  metric: ClockMetric;
  side: ClockSide;
  /** The how manieth of its metric and side. */
  round: number;
  startedAt: number;
  /** Its target; null: it has a fixed time. */
  minutes: number | null;
  /** Minutes that counted before it ran last. */
  counted: number;
  /** Since when it runs; null: it is paused, or over. */
  runsSince: number | null;
  pausedFor: WaitReason | null;
  /** When it will be or was due; null while paused. */
  dueAt: number | null;
  breachedAt: number | null;
  /** The house has been told that it is late. */
  isTold: boolean;
  metAt: number | null;
  /** It went without being met: nobody waits for it any more. */
  endedAt: number | null;
}

/** One line of a clock's ledger; `minutes` counted by then. */
export interface LedgerLine {
  metric: ClockMetric;
  side: ClockSide;
  round: number;
  type: ClockLineType;
  at: number;
  actor: ClockActor;
  reason: WaitReason | null;
  minutes: number;
}

/** All that has to be known of a case to go on. */
export interface Ledger {
  clocks: Clock[];
  lacking: boolean;
  waitingFor: WaitReason | null;
  isOver: boolean;
}

export const EMPTY_LEDGER: Ledger = { clocks: [], lacking: false, waitingFor: null, isOver: false };

const NOBODY: ClockActor = { kind: 'system', id: null, name: 'Hilo' };

export const isLive = (clock: Clock): boolean => clock.metAt === null && clock.endedAt === null;

interface Rule {
  sides: readonly ClockSide[];
  starts: (moment: Moment, ledger: Ledger) => boolean;
  isMet: (moment: Moment, ledger: Ledger) => boolean;
}

const runs = (ledger: Ledger, metric: ClockMetric) =>
  ledger.clocks.some((clock) => clock.metric === metric && isLive(clock));
const isUseful = (moment: Moment) => moment.kind === 'answered' && moment.useful;
const isGoingOn = (moment: Moment) =>
  moment.kind === 'opened' || (moment.kind === 'status' && moment.status === 'open');

/** When each begins and what it waits for. Only where work may lie with others does the team have a clock of its own. */
const RULES: Record<Exclude<ClockMetric, 'next_update'>, Rule> = {
  first_useful_action: {
    sides: ['customer'],
    starts: (moment) => moment.kind === 'opened',
    isMet: isUseful,
  },
  next_response: {
    sides: ['customer'],
    starts: (moment, ledger) => moment.kind === 'customer_wrote' && !runs(ledger, 'first_useful_action'),
    isMet: isUseful,
  },
  relief: {
    sides: ['customer', 'team'],
    starts: (moment, ledger) => ledger.lacking && (moment.kind === 'lacks' || isGoingOn(moment)),
    isMet: (_, ledger) => !ledger.lacking,
  },
  resolution: {
    sides: ['customer', 'team'],
    starts: isGoingOn,
    isMet: (moment) => moment.kind === 'status' && (moment.status === 'restored' || moment.status === 'closed'),
  },
};
const METRICS = Object.entries(RULES) as [keyof typeof RULES, Rule][];

/** The customer waits for everybody but themselves; the team also for nobody whom it has asked. */
const pauses = (side: ClockSide, waitingFor: WaitReason | null): boolean =>
  waitingFor !== null && (side === 'team' || waitingFor === 'customer');

/** Goes on by one moment. @returns the ledger as it is then, and the lines to be written */
export function advance(before: Ledger, moment: Moment, targets: Targets): { ledger: Ledger; lines: LedgerLine[] } {
  const late = overtaken(before, moment.at);
  const known = noted(late.ledger, moment);
  const met = known.clocks.map((clock) => (isLive(clock) ? settled(clock, moment, known, targets) : clock));
  const ledger = { ...known, clocks: [...met, ...started({ ...known, clocks: met }, moment, targets)] };
  const clocks = ledger.clocks.map((clock) => (isLive(clock) ? paced(clock, moment, ledger, targets) : clock));
  const changed = { ...ledger, clocks };
  return { ledger: changed, lines: [...late.lines, ...linesOf(late.ledger, changed, moment, targets)] };
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
function noted(ledger: Ledger, moment: Moment): Ledger {
  if (moment.kind === 'lacks') return { ...ledger, lacking: moment.lacking };
  if (moment.kind !== 'status') return ledger;
  return {
    ...ledger,
    waitingFor: moment.waitingFor,
    isOver: moment.status === 'closed' || moment.status === 'dropped',
  };
}

const countedBy = (clock: Clock, at: number, targets: Targets): number =>
  clock.runsSince === null || clock.metric === 'next_update'
    ? clock.counted
    : clock.counted + (targets[clock.metric]?.counting.between(clock.runsSince, at) ?? 0);

function stopped(clock: Clock, at: number, targets: Targets): Clock {
  return { ...clock, counted: countedBy(clock, at, targets), runsSince: null, pausedFor: null };
}

/** Met, or gone with its case. */
function settled(clock: Clock, moment: Moment, ledger: Ledger, targets: Targets): Clock {
  const isMet =
    clock.metric === 'next_update'
      ? moment.kind === 'update_due' && moment.dueAt !== clock.dueAt && moment.kept
      : RULES[clock.metric].isMet(moment, ledger);
  if (isMet) return { ...stopped(clock, moment.at, targets), metAt: moment.at };
  const isMoved = clock.metric === 'next_update' && moment.kind === 'update_due' && moment.dueAt !== clock.dueAt;
  return isMoved || ledger.isOver ? { ...stopped(clock, moment.at, targets), endedAt: moment.at } : clock;
}

function started(ledger: Ledger, moment: Moment, targets: Targets): Clock[] {
  if (ledger.isOver) return [];
  if (moment.kind === 'update_due')
    return moment.dueAt === null || runs(ledger, 'next_update')
      ? []
      : [{ ...fresh(ledger, 'next_update', 'customer', moment.at), minutes: null, dueAt: moment.dueAt }];
  return METRICS.flatMap(([metric, rule]) => {
    const target = targets[metric];
    if (!target || runs(ledger, metric) || !rule.starts(moment, ledger)) return [];
    const dueAt = target.counting.after(moment.at, target.minutes);
    return rule.sides.map((side) => ({
      ...fresh(ledger, metric, side, moment.at),
      minutes: target.minutes,
      dueAt,
    }));
  });
}

const fresh = (ledger: Ledger, metric: ClockMetric, side: ClockSide, at: number): Clock => ({
  metric,
  side,
  round: 1 + ledger.clocks.filter((clock) => clock.metric === metric && clock.side === side).length,
  startedAt: at,
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

/** Pauses and goes on, as the case waits for somebody or not. A promised time is not put off by waiting. */
function paced(clock: Clock, moment: Moment, ledger: Ledger, targets: Targets): Clock {
  if (clock.metric === 'next_update' || clock.minutes === null) return clock;
  const mayRun = !pauses(clock.side, ledger.waitingFor);
  if (mayRun === (clock.runsSince !== null))
    return mayRun || clock.pausedFor === ledger.waitingFor ? clock : { ...clock, pausedFor: ledger.waitingFor };
  if (!mayRun) return { ...stopped(clock, moment.at, targets), pausedFor: ledger.waitingFor, dueAt: clock.breachedAt };
  const left = Math.max(0, clock.minutes - clock.counted);
  const dueAt = clock.breachedAt ?? targets[clock.metric]?.counting.after(moment.at, left) ?? null;
  return { ...clock, runsSince: moment.at, pausedFor: null, dueAt };
}

function lineOf(clock: Clock, type: ClockLineType, at: number, actor: ClockActor, targets: Targets): LedgerLine {
  const { metric, side, round } = clock;
  const reason = type === 'paused' ? clock.pausedFor : null;
  return { metric, side, round, type, at, actor, reason, minutes: countedBy(clock, at, targets) };
}

/** What is different, in words of a ledger. */
function linesOf(before: Ledger, after: Ledger, moment: Moment, targets: Targets): LedgerLine[] {
  return after.clocks.flatMap((clock, at) =>
    typesOf(before.clocks[at], clock).map((type) => lineOf(clock, type, moment.at, moment.actor, targets)),
  );
}

function typesOf(was: Clock | undefined, is: Clock): ClockLineType[] {
  if (was === is) return [];
  const types: ClockLineType[] = was ? [] : ['started'];
  if (is.metAt !== (was?.metAt ?? null)) return [...types, 'met'];
  if (is.endedAt !== (was?.endedAt ?? null)) return [...types, 'ended'];
  if (is.pausedFor !== (was?.pausedFor ?? null)) return [...types, is.pausedFor === null ? 'resumed' : 'paused'];
  return types;
}

/** Another policy: what counted is kept, only the target is another. What had been late and is not by the new target may be late again. */
export function reapplied(
  ledger: Ledger,
  at: number,
  actor: ClockActor,
  before: Targets,
  after: Targets,
): { ledger: Ledger; lines: LedgerLine[] } {
  const clocks = ledger.clocks.map((clock) => {
    const target = clock.metric === 'next_update' ? undefined : after[clock.metric];
    if (!isLive(clock) || !target || clock.minutes === null) return clock;
    const counted = countedBy(clock, at, before);
    const left = target.minutes - counted;
    const runsSince = clock.runsSince === null ? null : at;
    const dueAt = left <= 0 ? (clock.breachedAt ?? at) : runsSince === null ? null : target.counting.after(at, left);
    return {
      ...clock,
      minutes: target.minutes,
      counted,
      runsSince,
      dueAt,
      breachedAt: left <= 0 ? clock.breachedAt : null,
    };
  });
  const lines = clocks
    .filter((clock, index) => clock !== ledger.clocks[index])
    .map((clock) => lineOf(clock, 'reapplied', at, actor, after));
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
