import fc from 'fast-check';
import type { WaitReason } from '#contracts';
import {
  countedBy,
  EMPTY_LEDGER,
  isLive,
  type Counting,
  type Ledger,
  type Moment,
  type Targets,
} from './clock.rules.js';
import { advance, overtaken } from './ledger.rules.js';
import { momentsOf, type Back, type Known, type ReadCase, type ReadEvent } from './moments.rules.js';

/** A case that was part of another for a while has the clocks of one that never was. */

const MINUTE = 60_000;
const ANA = { kind: 'agent', id: '1', name: 'Ana' } as const;
const LUCIA = { kind: 'customer', id: null, name: 'Lucía' } as const;

const always: Counting = {
  between: (from, to) => (to - from) / MINUTE,
  after: (from, minutes) => from + minutes * MINUTE,
};
const TARGETS: Targets = {
  first_useful_action: { minutes: 30, counting: always },
  next_response: { minutes: 25, counting: always },
  relief: { minutes: 90, counting: always },
  resolution: { minutes: 120, counting: always },
  silence: { minutes: 40, counting: always },
  partner_answer: { minutes: 35, counting: always },
};

type Happening = Moment extends infer M ? (M extends Moment ? Omit<M, 'at' | 'actor'> : never) : never;
const at = (minute: number, what: Happening): Moment => ({ at: minute * MINUTE, actor: ANA, ...what });
const run = (moments: Moment[]): Ledger =>
  moments.reduce((ledger, moment) => advance(ledger, moment, TARGETS).ledger, EMPTY_LEDGER);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({ kind: 'customer_wrote' }),
  fc.boolean().map((useful): Happening => ({ kind: 'answered', useful })),
  fc.boolean().map((lacking): Happening => ({ kind: 'lacks', lacking })),
  fc.constantFrom(null, 700, 900).map((due): Happening => ({
    kind: 'update_due',
    dueAt: due === null ? null : due * MINUTE,
    kept: false,
  })),
  fc
    .constantFrom<WaitReason | null>(null, 'customer', 'partner', 'parts')
    .map((waitingFor): Happening => ({ kind: 'status', status: 'open', waitingFor })),
);
const steps = (maxLength: number) => fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), happening), { maxLength });

/** What anybody sees of clocks at some time, however they came there. */
function seenAt(ledger: Ledger, minute: number) {
  return overtaken(ledger, minute * MINUTE)
    .ledger.clocks.map((clock) => ({
      clock: `${clock.metric} ${clock.side} ${clock.round}`,
      dueAt: clock.dueAt === null ? null : clock.dueAt / MINUTE,
      breachedAt: clock.breachedAt === null ? null : clock.breachedAt / MINUTE,
      met: clock.metAt,
      ended: clock.endedAt,
      pausedFor: clock.pausedFor,
      runs: clock.runsSince !== null,
      counted: countedBy(clock, minute * MINUTE, TARGETS),
    }))
    .toSorted((a, b) => (a.clock < b.clock ? -1 : 1));
}

it('due, late, paused and counted is what would be if it had never been part of another', () => {
  fc.assert(
    fc.property(steps(15), steps(10), fc.integer({ min: 0, max: 200 }), (before, after, away) => {
      let minute = 0;
      const lived = [at(0, { kind: 'opened' }), ...before.map(([pause, what]) => at((minute += pause), what))];
      // What ended of itself in the very instant of the merge cannot be told from what ended with it.
      const merged = minute + 1;
      const back = merged + away;
      minute = back;
      const later = after.map(([pause, what]) => at((minute += pause), what));
      const { waitingFor } = run(lived);
      const parted = run([
        ...lived,
        at(merged, { kind: 'status', status: 'dropped', waitingFor: null }),
        at(back, { kind: 'revived', since: merged * MINUTE, waitingFor }),
        ...later,
      ]);
      expect(seenAt(parted, minute + 30)).toEqual(seenAt(run([...lived, ...later]), minute + 30));
    }),
    { numRuns: 2000 },
  );
});

const NOW: ReadCase = {
  status: 'in_solution',
  waitReason: null,
  lacks: ['data'],
  promises: [],
  awaits: null,
  handoffs: null,
};
const NOTHING: Known = { seq: '0', lacks: [], waitingFor: null, isOver: false, promises: [], handoffs: [] };
const event = (minute: number, type: string, more: Partial<ReadEvent> = {}): ReadEvent => ({
  ...{ seq: String(minute), type, data: {}, at: minute * MINUTE, actor: ANA, interaction: null },
  ...more,
});
const cameBack = (minute: number, back: Partial<Back> = {}): ReadEvent =>
  event(minute, 'case.status_changed', {
    data: { from: 'merged', to: 'in_solution', waitReason: null },
    back: { since: 10 * MINUTE, said: [], relievedAt: null, kept: false, ...back },
  });
const LIFE = [
  event(0, 'case.opened', { actor: LUCIA }),
  event(1, 'impact.reported', { data: { kinds: ['data'] } }),
  event(10, 'case.status_changed', { data: { from: 'in_solution', to: 'merged', waitReason: null } }),
];
const clockOf = (events: ReadEvent[], metric: string, now: Partial<ReadCase> = {}) => {
  const { moments } = momentsOf(NOTHING, events, { ...NOW, ...now });
  return overtaken(run(moments), 1000 * MINUTE).ledger.clocks.filter((clock) => clock.metric === metric);
};

it('read at once or look by look, what ended with the merge goes on', () => {
  const gone = momentsOf(NOTHING, LIFE, { ...NOW, status: 'merged' });
  const ended = run(gone.moments);
  expect(ended.clocks.filter(isLive)).toEqual([]);
  const next = momentsOf(gone.known, [cameBack(500)], NOW);
  const byLook = next.moments.reduce((ledger, moment) => advance(ledger, moment, TARGETS).ledger, ended);
  const atOnce = run(momentsOf(NOTHING, [...LIFE, cameBack(500)], NOW).moments);
  expect(seenAt(byLook, 500)).toEqual(seenAt(atOnce, 500));
  expect(byLook.clocks.filter(isLive).map(({ metric, round }) => [metric, round])).toContainEqual([
    'first_useful_action',
    1,
  ]);
  expect(seenAt(byLook, 500).find(({ clock }) => clock === 'first_useful_action customer 1')).toMatchObject({
    dueAt: 30,
    breachedAt: 30,
  });
});

it('what we said while it was part of another was said then', () => {
  const answer = (minute: number, bare: boolean): Back['said'][number] => ({
    ...{ type: 'interaction.sent', at: minute * MINUTE, actor: ANA },
    interaction: { author: ANA, direction: 'outbound', automatic: false, reached: true, bare },
  });
  const [bare] = clockOf([...LIFE, cameBack(500, { said: [answer(20, true)] })], 'first_useful_action');
  expect([bare?.metAt, bare?.breachedAt]).toEqual([null, 30 * MINUTE]);
  const [clock] = clockOf([...LIFE, cameBack(500, { said: [answer(20, false)] })], 'first_useful_action');
  expect([clock?.metAt, clock?.breachedAt]).toEqual([20 * MINUTE, null]);
});

it('what was relieved while it was part of another was relieved then; what went to another case was not', () => {
  const [relieved] = clockOf([...LIFE, cameBack(500, { relievedAt: 60 * MINUTE })], 'relief', { lacks: [] });
  expect([relieved?.metAt, relieved?.breachedAt]).toEqual([60 * MINUTE, null]);
  const [gone] = clockOf([...LIFE.slice(0, 2), event(40, 'case.unmerged')], 'relief', { lacks: [] });
  expect([gone?.metAt, gone?.endedAt]).toEqual([null, 40 * MINUTE]);
});

it('a promise that was kept meanwhile is kept, one that is gone is over, one that is open goes on', () => {
  const made = event(2, 'promise.made', {
    data: { promiseId: 'p', kind: 'update', dueAt: new Date(300 * MINUTE).toISOString() },
  });
  const life = [...LIFE.slice(0, 2), made, ...LIFE.slice(2)];
  const open = { promises: [{ id: 'p', dueAt: 300 * MINUTE }] };
  const state = (back: Partial<Back>, now: Partial<ReadCase> = {}) =>
    clockOf([...life, cameBack(200, back)], 'next_update', now).map(({ metAt, endedAt, breachedAt }) => [
      metAt !== null,
      endedAt !== null,
      breachedAt !== null,
    ]);
  expect(state({}, open)).toEqual([[false, false, true]]);
  expect(state({ kept: true })).toEqual([[true, false, false]]);
  expect(state({})).toEqual([[false, true, false]]);
});
