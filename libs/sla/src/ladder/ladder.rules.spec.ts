import fc from 'fast-check';
import type { Rung, RungWhen } from '#contracts';
import type { Clock, Counting } from '../clocks/clock.rules.js';
import { climbOf, nextRung, rungAbove, wasRaised, withRaised } from './ladder.rules.js';

const MINUTE_MS = 60_000;
const T0 = Date.parse('2026-03-02T09:00:00Z');
const at = (minute: number): number => T0 + minute * MINUTE_MS;

const rung = (when: RungWhen, metrics: Rung['metrics'] = ['relief']): Rung => ({
  ...{ when, metrics, tell: ['owner'], accountable: null, queueId: null, priority: null, acknowledgeMinutes: null },
});

const clock = (more: Partial<Clock> = {}): Clock => ({
  ...{
    metric: 'relief',
    side: 'customer',
    round: 1,
    startedAt: T0,
    startedBy: { kind: 'system', id: null, name: 'Hilo' },
  },
  ...{ minutes: 100, counted: 0, runsSince: T0, pausedFor: null, dueAt: at(100), breachedAt: null, isTold: false },
  ...{ metAt: null, endedAt: null, ...more },
});

/** Open in the first half of every hour. */
const HALVES: Counting = {
  between: (from, to) => walk(from, (minute) => minute < to),
  after(from, minutes) {
    let minute = from;
    for (let left = minutes; left > 1e-9; minute += MINUTE_MS) if (isOpen(minute)) left -= 1;
    return minute;
  },
};
const isOpen = (ms: number): boolean => Math.floor((ms - T0) / MINUTE_MS) % 60 < 30;
function walk(from: number, goesOn: (minute: number) => boolean): number {
  let counted = 0;
  for (let minute = from; goesOn(minute); minute += MINUTE_MS) if (isOpen(minute)) counted += 1;
  return counted;
}
const ALWAYS: Counting = {
  between: (from, to) => (to - from) / MINUTE_MS,
  after: (from, minutes) => from + minutes * MINUTE_MS,
};

it.each<[string, RungWhen, Partial<Clock>, number | null]>([
  ['a share of its time', { share: 0.75 }, {}, 75],
  ['a share, after a pause', { share: 0.75 }, { counted: 40, runsSince: at(200) }, 235],
  ['a share, while it stands still before that', { share: 0.75 }, { counted: 40, runsSince: null, dueAt: null }, null],
  ['a share it had reached before it stood still', { share: 0.75 }, { counted: 80, runsSince: null, dueAt: null }, 75],
  ['when it is due', { afterBreachMinutes: 0 }, {}, 100],
  ['after it was late', { afterBreachMinutes: 30 }, { breachedAt: at(100) }, 130],
  [
    'after it was late, standing still in between',
    { afterBreachMinutes: 30 },
    { breachedAt: at(100), counted: 110, runsSince: at(500) },
    520,
  ],
  [
    'after it was late by a target that was made shorter',
    { afterBreachMinutes: 30 },
    { minutes: 20, counted: 90, runsSince: at(90), dueAt: at(90), breachedAt: at(90) },
    120,
  ],
  ['some time after it began, standing still or not', { elapsedMinutes: 60 }, { runsSince: null, dueAt: null }, 60],
  ['nobody having acknowledged', { unacknowledged: true }, {}, null],
  ['a share of a promised time', { share: 0.5 }, { metric: 'relief', minutes: null, dueAt: at(30) }, 15],
  ['after a promised time', { afterBreachMinutes: 5 }, { minutes: null, dueAt: at(30) }, 35],
])('is reached by %s', (_, when, more, minute) => {
  const next = nextRung(clock(more), [rung(when)], 0, more.minutes === null ? null : ALWAYS);
  expect(next && (next.at - T0) / MINUTE_MS).toBe(minute);
});

it('the earliest comes first, of several the lowest; what was raised and what is of other clocks does not come', () => {
  const rungs = [
    rung({ afterBreachMinutes: 0 }),
    rung({ elapsedMinutes: 50 }),
    rung({ share: 0.5 }),
    rung({ share: 0.1 }, ['silence']),
  ];
  const order: number[] = [];
  let raised = 0;
  for (let next = nextRung(clock(), rungs, raised, ALWAYS); next; next = nextRung(clock(), rungs, raised, ALWAYS)) {
    order.push(next.rung);
    raised = withRaised(raised, next.rung);
  }
  expect(order).toEqual([1, 2, 0]);
  expect([wasRaised(raised, 2), wasRaised(raised, 3)]).toEqual([true, false]);
});

it('climbs to the next rung of the same clock that was not raised', () => {
  const rungs = [
    rung({ share: 0.5 }),
    rung({ share: 0.1 }, ['silence']),
    rung({ unacknowledged: true }),
    rung({ share: 1 }),
  ];
  expect(rungAbove(clock(), rungs, 0b0001, 0)).toBe(2);
  expect(rungAbove(clock(), rungs, 0b0101, 0)).toBe(3);
  expect(rungAbove(clock(), rungs, 0b1101, 0)).toBeNull();
});

it('one that is over climbs no more; what was raised of it is to be ended', () => {
  const rungs = [rung({ share: 0.5 })];
  const climb = { versionId: 'v', raised: 1, next: null, at: null };
  expect(climbOf(clock({ metAt: at(70), climb }), 'v', rungs, ALWAYS)).toEqual({ ...climb, at: at(70) });
  expect(climbOf(clock({ metAt: at(70) }), 'v', rungs, ALWAYS).at).toBeNull();
});

it('agrees with somebody who walks minute by minute, by any calendar, whatever stands still when', () => {
  const when = fc.oneof(
    fc.record({ share: fc.integer({ min: 1, max: 20 }).map((twentieth) => twentieth / 20) }),
    fc.record({ afterBreachMinutes: fc.integer({ min: 0, max: 90 }) }),
    fc.record({ elapsedMinutes: fc.integer({ min: 1, max: 400 }) }),
  );
  const pauses = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(when, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 6 }).map((tens) => tens * 20),
      pauses,
      fc.constantFrom(ALWAYS, HALVES),
      (whens, minutes, turns, counting) => {
        const rungs = whens.map((each) => rung(each));
        expect(climbing(rungs, minutes, turns, counting)).toEqual(walking(rungs, minutes, turns, counting));
      },
    ),
    { numRuns: 300 },
  );
});

/** As the house does: works out the next one whenever the clock stands still or goes on, and raises what has come by then. */
function climbing(rungs: Rung[], minutes: number, turns: number[], counting: Counting): [number, number][] {
  let it = clock({ minutes, dueAt: counting.after(T0, minutes) });
  let raised = 0;
  const told: [number, number][] = [];
  const until = (now: number) => {
    let next = nextRung(it, rungs, raised, counting);
    for (; next && next.at <= now; next = nextRung(it, rungs, raised, counting)) {
      raised = withRaised(raised, next.rung);
      told.push([(next.at - T0) / MINUTE_MS, next.rung]);
    }
    if (it.dueAt !== null && it.dueAt <= now && it.breachedAt === null) it = { ...it, breachedAt: it.dueAt };
  };
  let now = T0;
  for (const turn of turns) {
    now += turn * MINUTE_MS;
    until(now);
    it =
      it.runsSince === null
        ? { ...it, runsSince: now, dueAt: it.breachedAt ?? counting.after(now, Math.max(0, minutes - it.counted)) }
        : { ...it, counted: it.counted + counting.between(it.runsSince, now), runsSince: null, dueAt: it.breachedAt };
  }
  until(at(END));
  return told;
}
const END = 1000;

/** Counts every minute, and knows no sums. */
function walking(rungs: Rung[], minutes: number, turns: number[], counting: Counting): [number, number][] {
  const changes = new Set(turns.map((_, upTo) => turns.slice(0, upTo + 1).reduce((sum, turn) => sum + turn, 0)));
  const left = new Set(rungs.keys());
  const told: [number, number][] = [];
  let counted = 0;
  let runs = true;
  for (let minute = 0; minute <= END; minute += 1) {
    for (const index of [...left]) {
      const { when } = rungs[index] ?? rung({ unacknowledged: true });
      const need =
        'share' in when ? when.share * minutes : 'afterBreachMinutes' in when ? minutes + when.afterBreachMinutes : 0;
      const isReached = 'elapsedMinutes' in when ? minute >= when.elapsedMinutes : counted >= need - 1e-9;
      if (!isReached) continue;
      left.delete(index);
      told.push([minute, index]);
    }
    if (changes.has(minute)) runs = !runs;
    if (runs) counted += counting.between(at(minute), at(minute + 1));
  }
  return told;
}
