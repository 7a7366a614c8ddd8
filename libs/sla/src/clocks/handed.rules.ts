import type { ClockMetric, HandoffState } from '#contracts';
import {
  countingOf,
  isLive,
  stopped,
  type Clock,
  type Handed,
  type Ledger,
  type Moment,
  type Targets,
} from './clock.rules.js';

/** The clocks of partners: each handoff has its own, and they follow from how it stands. */

/** What its state makes of a clock: it runs, waits for us, was met, or nobody waits for it any more. */
type Turn = 'runs' | 'waits' | 'met' | 'ended';
type HandedMetric = Extract<ClockMetric, `partner_${string}`>;

const SAID: Partial<Record<HandoffState, Turn>> = {
  ...{ accepted: 'met', in_progress: 'met', info_requested: 'met', resolved: 'met', rejected: 'met' },
};

/** Until they say that they have it, until they say whether they do it, and until they give it back. What they ask us puts that off. */
const TURNS: Record<HandedMetric, Partial<Record<HandoffState, Turn>>> = {
  partner_acknowledge: { ...SAID, sent: 'runs', acknowledged: 'met' },
  partner_answer: { ...SAID, sent: 'runs', acknowledged: 'runs' },
  partner_return: {
    ...{ sent: 'runs', acknowledged: 'runs', accepted: 'runs', in_progress: 'runs' },
    ...{ info_requested: 'waits', resolved: 'met' },
  },
};
const METRICS = Object.keys(TURNS) as HandedMetric[];

const turnOf = (metric: ClockMetric, { state }: Pick<Handed, 'state'>): Turn =>
  (metric in TURNS && TURNS[metric as HandedMetric][state]) || 'ended';
const goesOn = (turn: Turn): boolean => turn === 'runs' || turn === 'waits';

/** It is of this case, and they may work on it still: also while they wait for us. */
export const isGiven = (one: Handed): boolean => one.left === null && goesOn(turnOf('partner_return', one));

const handedOf = ({ handoff }: Clock, ledger: Ledger): Handed | undefined =>
  ledger.handoffs.find(({ id }) => id === handoff?.id);

/** What is known of the handoffs of a case after a moment. */
export function handedAfter(handoffs: Handed[], moment: Moment): Handed[] {
  if (moment.kind === 'left' || moment.kind === 'returned') {
    const left = moment.kind === 'left' ? moment.seq : null;
    return handoffs.map((one) => (one.id === moment.handoff ? { ...one, left } : one));
  }
  if (moment.kind !== 'handed') return handoffs;
  const { handoff: id, partner, state } = moment;
  const known = handoffs.find((one) => one.id === id);
  if (!known) return [...handoffs, { id, partner, state, agreed: moment.agreed, left: null }];
  const is = { ...known, state, agreed: moment.agreed ?? known.agreed };
  return handoffs.map((one) => (one === known ? is : one));
}

/**
 * The clocks that begin: of a handoff that has come to where they run, also once more, or of all that go on in a case that does.
 * @param before what was known of handoffs until then
 */
export function handedBegun(
  before: Handed[],
  ledger: Ledger,
  moment: Moment,
  targets: Targets,
  fresh: (metric: ClockMetric, round: number) => Clock,
): Clock[] {
  const isGoingOn = moment.kind === 'status' && moment.status === 'open';
  if (moment.kind !== 'handed' && !isGoingOn) return [];
  const concerned = ledger.handoffs.filter(
    ({ id, left }) => left === null && (moment.kind !== 'handed' || id === moment.handoff),
  );
  return METRICS.flatMap((metric) =>
    concerned
      .filter((one) => {
        const was = before.find(({ id }) => id === one.id);
        const ran = moment.kind === 'handed' && was !== undefined && goesOn(turnOf(metric, was));
        return goesOn(turnOf(metric, one)) && !ran && !runsFor(ledger, metric, one.id) && allowed(metric, one, targets);
      })
      .map((one, at) => {
        const clock = { ...fresh(metric, (ledger.rounds[metric] ?? 0) + 1 + at), ...allowedTo(metric, one, targets) };
        return { ...clock, dueAt: countingOf(clock, targets)?.after(moment.at, clock.minutes) ?? null };
      }),
  );
}

const runsFor = ({ clocks }: Ledger, metric: ClockMetric, handoffId: string): boolean =>
  clocks.some((clock) => clock.metric === metric && clock.handoff?.id === handoffId && isLive(clock));

/** As was agreed with them, or else as the policy of the case says; undefined: neither says so. */
const allowed = (metric: HandedMetric, { agreed }: Handed, targets: Targets): number | undefined =>
  agreed?.minutes[metric] ?? targets[metric]?.minutes;

function allowedTo(metric: HandedMetric, one: Handed, targets: Targets) {
  const isAgreed = one.agreed?.minutes[metric] !== undefined;
  return {
    minutes: allowed(metric, one, targets) ?? 0,
    calendar: isAgreed ? (one.agreed?.calendar ?? null) : null,
    handoff: { id: one.id, partner: one.partner },
  };
}

/** Met, stopped, or gone with its handoff or its case. */
export function handedSettled(clock: Clock, moment: Moment, ledger: Ledger, targets: Targets): Clock {
  const handed = handedOf(clock, ledger);
  const turn = handed === undefined || handed.left !== null ? 'ended' : turnOf(clock.metric, handed);
  if (turn === 'met') return { ...stopped(clock, moment.at, targets), metAt: moment.at };
  return turn === 'ended' || ledger.isOver ? { ...stopped(clock, moment.at, targets), endedAt: moment.at } : clock;
}

/** It stands still for nobody but us. */
export function handedPaced(clock: Clock, { at }: Moment, ledger: Ledger, targets: Targets): Clock {
  const handed = handedOf(clock, ledger);
  const mayRun = handed === undefined || turnOf(clock.metric, handed) === 'runs';
  if (mayRun === (clock.runsSince !== null)) return clock;
  if (!mayRun) return { ...stopped(clock, at, targets), pausedFor: 'us', dueAt: clock.breachedAt };
  const left = Math.max(0, (clock.minutes ?? 0) - clock.counted);
  return {
    ...clock,
    ...{ runsSince: at, pausedFor: null },
    dueAt: clock.breachedAt ?? countingOf(clock, targets)?.after(at, left) ?? null,
  };
}

/**
 * What ended because its handoff went elsewhere, or its case did, goes on as if neither had: it ran all the while, or waits for us still.
 * @param handoffId null: all that are here
 */
export function handedBack(ledger: Ledger, handoffId: string | null): Clock[] {
  if (ledger.isOver) return ledger.clocks;
  return ledger.clocks.map((clock) => {
    const handed = handedOf(clock, ledger);
    const isMeant = handed?.left === null && (handoffId === null || handed.id === handoffId);
    const isLast = !ledger.clocks.some(
      ({ metric, handoff, round }) =>
        metric === clock.metric && handoff?.id === clock.handoff?.id && round > clock.round,
    );
    if (!isMeant || !isLast || clock.endedAt === null) return clock;
    const turn = turnOf(clock.metric, handed);
    if (turn === 'waits') return { ...clock, endedAt: null, pausedFor: 'us' as const };
    return turn === 'runs' ? { ...clock, endedAt: null, runsSince: clock.endedAt } : clock;
  });
}

/** What was late before its handoff came here was told where it was. */
export const handedCome = ({ clocks }: Ledger, handoffId: string): Clock[] =>
  clocks.map((clock) =>
    clock.handoff?.id === handoffId && clock.breachedAt !== null && !clock.isTold ? { ...clock, isTold: true } : clock,
  );
