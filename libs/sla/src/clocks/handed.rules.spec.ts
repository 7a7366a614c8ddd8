import fc from 'fast-check';
import { HandoffState, type ClockMetric } from '#contracts';
import {
  EMPTY_LEDGER,
  isLive,
  type Agreed,
  type Counting,
  type Ledger,
  type LedgerLine,
  type Moment,
  type Targets,
} from './clock.rules.js';
import { advance, overtaken } from './ledger.rules.js';
import { momentsOf, type HandoffHere, type Known, type ReadCase, type ReadEvent } from './moments.rules.js';

/** The clocks of partners: of each handoff its own. */

const MINUTE = 60_000;
const EVA = { kind: 'system', id: null, name: 'Eva (Orbe)' } as const;
const ALWAYS: Counting = {
  between: (from, to) => (to - from) / MINUTE,
  after: (from, minutes) => from + minutes * MINUTE,
};
/** Every second minute counts. */
const HALF: Counting = {
  between: (from, to) => (to - from) / MINUTE / 2,
  after: (from, minutes) => from + 2 * minutes * MINUTE,
};
const TARGETS: Targets = {
  resolution: { minutes: 5000, counting: ALWAYS },
  partner_acknowledge: { minutes: 10, counting: ALWAYS },
  partner_answer: { minutes: 30, counting: ALWAYS },
  partner_return: { minutes: 100, counting: ALWAYS },
  calendars: new Map([['half', HALF]]),
};
const AGREED: Agreed = {
  minutes: { partner_acknowledge: 3, partner_answer: 5, partner_return: 20 },
  calendar: 'half',
};

type Happening = Moment extends infer M ? (M extends Moment ? Omit<M, 'at' | 'actor'> : never) : never;
const at = (minute: number, what: Happening): Moment => ({ at: minute * MINUTE, actor: EVA, ...what });
const opened = at(0, { kind: 'opened' });
const handed = (minute: number, state: HandoffState, handoff = 'a', agreed: Agreed | null = null) =>
  at(minute, { kind: 'handed', handoff, partner: `Socio ${handoff}`, state, agreed });
const status = (minute: number, to: 'open' | 'closed', waitingFor: 'partner' | null = null) =>
  at(minute, { kind: 'status', status: to, waitingFor });

function run(moments: Moment[], ledger = EMPTY_LEDGER, targets = TARGETS): { ledger: Ledger; lines: LedgerLine[] } {
  const lines: LedgerLine[] = [];
  for (const moment of moments) {
    const next = advance(ledger, moment, targets);
    ledger = next.ledger;
    lines.push(...next.lines);
  }
  return { ledger, lines };
}
const clocksOf = ({ clocks }: Ledger, handoff = 'a') =>
  clocks
    .filter((clock) => clock.handoff?.id === handoff)
    .map(({ metric, round, startedAt, metAt, endedAt, pausedFor, dueAt }) => ({
      clock: `${metric.slice('partner_'.length)} ${round}`,
      from: startedAt / MINUTE,
      is: metAt !== null ? `met ${metAt / MINUTE}` : endedAt !== null ? `ended ${endedAt / MINUTE}` : pausedFor,
      due: dueAt === null ? null : dueAt / MINUTE,
    }));

type Turn = 'runs' | 'waits' | 'met' | 'ended';
const TABLE: [HandoffState, Turn, Turn, Turn][] = [
  ['sent', 'runs', 'runs', 'runs'],
  ['acknowledged', 'met', 'runs', 'runs'],
  ['accepted', 'met', 'met', 'runs'],
  ['in_progress', 'met', 'met', 'runs'],
  ['info_requested', 'met', 'met', 'waits'],
  ['resolved', 'met', 'met', 'met'],
  ['rejected', 'met', 'met', 'ended'],
  ['closed', 'ended', 'ended', 'ended'],
  ['expired', 'ended', 'ended', 'ended'],
  ['cancelled', 'ended', 'ended', 'ended'],
  ['recalled', 'ended', 'ended', 'ended'],
];
const METRICS: ClockMetric[] = ['partner_acknowledge', 'partner_answer', 'partner_return'];

it('every state has its line in the table', () => {
  expect(TABLE.map(([state]) => state).toSorted()).toEqual(
    HandoffState.options.filter((state) => state !== 'draft').toSorted(),
  );
});

it.each(TABLE)('once it was sent, %s makes of acknowledgement %s, of answer %s, of return %s', (state, ...turns) => {
  const { ledger } = run([opened, handed(1, 'sent'), handed(5, state)]);
  const is = METRICS.map((metric) => {
    const clock = ledger.clocks.find((one) => one.metric === metric);
    if (clock?.metAt === 5 * MINUTE) return 'met';
    return clock?.endedAt === 5 * MINUTE ? 'ended' : clock?.pausedFor === 'us' ? 'waits' : 'runs';
  });
  expect(is).toEqual(turns);
});

const OVER = new Set<HandoffState>(['resolved', 'rejected', 'closed', 'expired', 'cancelled', 'recalled']);

it.each(TABLE)(
  'whose case waits for a partner has no clock of its own beside a handoff, unless it is over: %s',
  (state) => {
    const { partner_return: _, ...targets } = TARGETS;
    for (const left of [[], [at(6, { kind: 'left', handoff: 'a', seq: '6' })] satisfies Moment[]]) {
      const moments = [opened, handed(1, 'sent'), handed(5, state), ...left, status(7, 'open', 'partner')];
      const own = run(moments, EMPTY_LEDGER, targets).ledger.clocks.filter(
        ({ metric, handoff }) => metric === 'partner_answer' && !handoff,
      );
      expect(own).toHaveLength(OVER.has(state) || left.length > 0 ? 1 : 0);
    }
  },
);

it('a wait without a handoff ends when one that was over is taken up again', () => {
  const { ledger } = run([
    ...[opened, handed(1, 'sent'), handed(2, 'resolved'), status(3, 'open', 'partner'), handed(9, 'in_progress')],
  ]);
  const own = ledger.clocks.filter(({ metric, handoff }) => metric === 'partner_answer' && !handoff);
  expect(own.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([[3 * MINUTE, 9 * MINUTE]]);
});

it('a second handoff beside the first has its own, by what was agreed with its partner and in their minutes', () => {
  const { ledger } = run([
    ...[opened, handed(1, 'sent'), handed(2, 'sent', 'b', AGREED), status(2, 'open', 'partner')],
    ...[handed(6, 'acknowledged', 'b'), handed(8, 'accepted'), handed(30, 'resolved', 'b')],
  ]);
  expect(clocksOf(ledger)).toEqual([
    { clock: 'acknowledge 1', from: 1, is: 'met 8', due: 11 },
    { clock: 'answer 1', from: 1, is: 'met 8', due: 31 },
    { clock: 'return 1', from: 1, is: null, due: 101 },
  ]);
  expect(clocksOf(ledger, 'b')).toEqual([
    { clock: 'acknowledge 2', from: 2, is: 'met 6', due: 8 },
    { clock: 'answer 2', from: 2, is: 'met 30', due: 12 },
    { clock: 'return 2', from: 2, is: 'met 30', due: 42 },
  ]);
  expect(ledger.clocks.filter(({ handoff }) => handoff).map(({ handoff }) => handoff?.partner)).toContain('Socio b');
  // The case waits for a partner: those of its handoffs tell that.
  expect(ledger.clocks.filter(({ metric, handoff }) => metric === 'partner_answer' && !handoff)).toEqual([]);
});

it('what they ask us stands still until we answer; taken up again they have a new return', () => {
  const { ledger, lines } = run([
    ...[opened, handed(1, 'sent'), handed(11, 'info_requested'), handed(61, 'acknowledged'), handed(62, 'accepted')],
    ...[handed(70, 'resolved'), handed(90, 'in_progress'), handed(95, 'in_progress')],
  ]);
  expect(clocksOf(ledger)).toEqual([
    { clock: 'acknowledge 1', from: 1, is: 'met 11', due: 11 },
    { clock: 'answer 1', from: 1, is: 'met 11', due: 31 },
    { clock: 'return 1', from: 1, is: 'met 70', due: 151 },
    { clock: 'answer 2', from: 61, is: 'met 62', due: 91 },
    { clock: 'return 2', from: 90, is: null, due: 190 },
  ]);
  expect(
    lines
      .filter(({ metric, round }) => metric === 'partner_return' && round === 1)
      .map(({ type, at: when, minutes, reason }) => [type, when / MINUTE, minutes, reason]),
  ).toEqual([
    ['started', 1, 0, null],
    ['paused', 11, 10, 'us'],
    ['resumed', 61, 10, null],
    ['met', 70, 19, null],
  ]);
});

it('with its case they end, and begin again when that goes on; a wait without a handoff ends with the first', () => {
  const { ledger } = run([
    ...[opened, status(1, 'open', 'partner'), handed(5, 'sent'), handed(6, 'acknowledged'), handed(7, 'accepted')],
    ...[status(20, 'closed'), handed(25, 'accepted'), status(40, 'open', 'partner')],
  ]);
  expect(clocksOf(ledger).filter(({ clock }) => clock.startsWith('return'))).toEqual([
    { clock: 'return 1', from: 5, is: 'ended 20', due: 105 },
    { clock: 'return 2', from: 40, is: null, due: 140 },
  ]);
  const alone = ledger.clocks.filter(({ metric, handoff }) => metric === 'partner_answer' && !handoff);
  expect(alone.map(({ endedAt }) => endedAt)).toEqual([5 * MINUTE]);
});

const STATES = HandoffState.options.filter((state) => state !== 'draft');
const life = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.constantFrom('a', 'b', 'c'), fc.constantFrom(...STATES)), {
    maxLength: 20,
  })
  .map((steps) => {
    let minute = 0;
    return steps.map(([pause, id, state]) =>
      handed((minute += pause), state, id, id === 'b' && state === 'sent' ? AGREED : null),
    );
  });

it('each handoff has the clocks it would have if there were no other', () => {
  fc.assert(
    fc.property(life, (moments) => {
      const { ledger } = run([opened, ...moments]);
      const bare = (one: Ledger, id: string) =>
        clocksOf(one, id).map(({ clock, ...rest }) => [clock.split(' ')[0], rest]);
      for (const id of ['a', 'b', 'c']) {
        const alone = moments.filter((moment) => moment.kind === 'handed' && moment.handoff === id);
        const end = moments.at(-1)?.at ?? 0;
        expect(bare(overtaken(ledger, end).ledger, id)).toEqual(
          bare(overtaken(run([opened, ...alone]).ledger, end).ledger, id),
        );
        for (const metric of METRICS) {
          const own = ledger.clocks.filter((clock) => clock.metric === metric && clock.handoff?.id === id);
          expect(own.filter(isLive).length).toBeLessThanOrEqual(1);
        }
      }
      const keys = ledger.clocks.map(({ metric, side, round }) => `${metric} ${side} ${round}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 1000 },
  );
});

/** Two cases and a handoff that goes from one to the other and back, read as it is read. */
const NOTHING: Known = { seq: '0', lacks: [], waitingFor: null, isOver: false, promises: [], handoffs: [] };
const NOW: ReadCase = {
  ...{ status: 'in_solution', waitReason: null, lacks: [], promises: [], awaits: false },
  handoffs: null,
};
const event = (minute: number, type: string, data: ReadEvent['data'] = {}): ReadEvent => ({
  ...{ seq: String(minute), type, data, at: minute * MINUTE, actor: EVA, interaction: null },
});
const said = (minute: number, state: HandoffState) =>
  event(minute, `handoff.${state}`, { handoffId: 'a', partnerName: 'Socio a', direction: 'out', state });

it('moved by a merge, its clocks are those it had; taken back they are as if it had never moved', () => {
  const everything = [said(1, 'sent'), said(4, 'acknowledged'), said(20, 'info_requested'), said(30, 'accepted')];
  const stayed = run(momentsOf(NOTHING, [event(0, 'case.opened'), ...everything], NOW).moments).ledger;
  const here = (elsewhere: ReadEvent[]): HandoffHere[] => [{ id: 'a', ended: false, elsewhere }];
  // It is of the first case until minute 10, of the other until 25, and of the first again.
  const merged = event(10, 'customer.merged');
  const back = event(25, 'customer.unmerged');
  const first = momentsOf(NOTHING, [event(0, 'case.opened'), ...everything.slice(0, 2), merged], {
    ...{ ...NOW, handoffs: [] },
  });
  const away = run(first.moments).ledger;
  expect(clocksOf(away).at(-1)).toMatchObject({ clock: 'return 1', is: 'ended 10' });
  const known: Known = { ...first.known, handoffs: away.handoffs };
  const again = momentsOf(known, [back, ...everything.slice(3)], { ...NOW, handoffs: here(everything.slice(2, 3)) });
  expect(clocksOf(run(again.moments, away).ledger)).toEqual(clocksOf(stayed));

  const other = momentsOf(NOTHING, [event(9, 'case.opened'), merged, said(20, 'info_requested')], {
    ...{ ...NOW, handoffs: here(everything.slice(0, 2)) },
  });
  const there = run(other.moments).ledger;
  expect(clocksOf(there)).toEqual(
    clocksOf(run(momentsOf(NOTHING, [event(0, 'case.opened'), ...everything.slice(0, 3)], NOW).moments).ledger),
  );
  const gone = momentsOf({ ...other.known, handoffs: there.handoffs }, [back], { ...NOW, handoffs: [] });
  expect(
    run(gone.moments, there)
      .ledger.clocks.filter(({ handoff }) => handoff)
      .filter(isLive),
  ).toEqual([]);
});

it('what was late before its handoff came is told already, what is late then is not, nor what is of the case', () => {
  const told = (moments: Moment[], minute: number) =>
    overtaken(run([at(0, { kind: 'opened' }), ...moments]).ledger, minute * MINUTE)
      .ledger.clocks.filter(({ breachedAt }) => breachedAt !== null)
      .map(({ metric, isTold }) => [metric, isTold]);
  const came = (minute: number) => at(minute, { kind: 'came', handoff: 'a' });
  expect(told([status(1, 'open', 'partner'), handed(40, 'sent'), came(60)], 75)).toEqual([
    ['partner_answer', false],
    ['partner_acknowledge', true],
    ['partner_answer', false],
  ]);
  expect(told([handed(1, 'sent'), handed(50, 'accepted'), came(60)], 75)).toEqual([
    ['partner_acknowledge', true],
    ['partner_answer', true],
  ]);
  expect(told([handed(1, 'sent'), handed(1, 'sent', 'b'), came(12)], 12)).toEqual([
    ['partner_acknowledge', true],
    ['partner_acknowledge', false],
  ]);
});
