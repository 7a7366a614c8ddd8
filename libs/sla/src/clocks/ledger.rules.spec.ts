import fc from 'fast-check';
import type { ClockLineType, ClockMetric, ClockSide, WaitReason } from '#contracts';
import {
  EMPTY_LEDGER,
  isLive,
  type Counting,
  type Ledger,
  type LedgerLine,
  type Moment,
  type Targets,
} from './clock.rules.js';
import { advance, overtaken } from './ledger.rules.js';
import { reapplied } from './rework.rules.js';

const MINUTE = 60_000;
const ANA = { kind: 'agent', id: '1', name: 'Ana' } as const;

/** Minutes that count where `isOpen` says so, one by one. */
const counting = (isOpen: (minute: number) => boolean): Counting => ({
  between(from, to) {
    let minutes = 0;
    for (let minute = from / MINUTE; minute < to / MINUTE; minute += 1) if (isOpen(minute)) minutes += 1;
    return minutes;
  },
  after(from, minutes) {
    let minute = from / MINUTE;
    for (let left = minutes; left > 0; minute += 1) if (isOpen(minute)) left -= 1;
    return minute * MINUTE;
  },
});
const ALWAYS = counting(() => true);
/** Open twenty minutes of each hour. */
const SOMETIMES = counting((minute) => minute % 60 < 20);

const TARGETS: Targets = {
  first_useful_action: { minutes: 30, counting: SOMETIMES },
  next_response: { minutes: 25, counting: SOMETIMES },
  relief: { minutes: 120, counting: ALWAYS },
  resolution: { minutes: 60, counting: SOMETIMES },
  silence: { minutes: 40, counting: ALWAYS },
  partner_answer: { minutes: 30, counting: ALWAYS },
};

type Happening = Moment extends infer M ? (M extends Moment ? Omit<M, 'at' | 'actor'> : never) : never;
const at = (minute: number, what: Happening): Moment => ({ at: minute * MINUTE, actor: ANA, ...what });

function run(moments: Moment[], targets = TARGETS): { ledger: Ledger; lines: LedgerLine[] } {
  let ledger = EMPTY_LEDGER;
  const lines: LedgerLine[] = [];
  for (const moment of moments) {
    const next = advance(ledger, moment, targets);
    ledger = next.ledger;
    lines.push(...next.lines);
  }
  return { ledger, lines };
}

const opened = at(0, { kind: 'opened' });
const wrote = (minute: number) => at(minute, { kind: 'customer_wrote' });
const answered = (minute: number, useful = true) => at(minute, { kind: 'answered', useful });
const status = (minute: number, to: 'open' | 'restored' | 'closed' | 'dropped', waitingFor: WaitReason | null = null) =>
  at(minute, { kind: 'status', status: to, waitingFor });

const story = (lines: LedgerLine[], metric: ClockMetric, side: ClockSide = 'customer') =>
  lines
    .filter((line) => line.metric === metric && line.side === side)
    .map(({ type, at: when, minutes }) => [type, when / MINUTE, minutes]);

it('a bare redirect stops nothing, an answer does', () => {
  const { lines } = run([opened, wrote(0), answered(5, false), answered(10)]);
  expect(story(lines, 'first_useful_action')).toEqual([
    ['started', 0, 0],
    ['met', 10, 10],
  ]);
  expect(story(lines, 'next_response')).toEqual([]);
});

it('who writes again waits for the next answer, once', () => {
  const { lines } = run([opened, answered(3), wrote(10), wrote(12), answered(15, false), answered(70)]);
  expect(story(lines, 'next_response')).toEqual([
    ['started', 10, 0],
    ['met', 70, 20],
  ]);
});

it('a clock is late at the minute it is due, and says so before it is met', () => {
  const { lines } = run([opened, answered(75)]);
  expect(story(lines, 'first_useful_action')).toEqual([
    ['started', 0, 0],
    ['breached', 70, 30],
    ['met', 75, 35],
  ]);
});

it('waiting for a partner stops the clock of the team and never that of the customer', () => {
  const { lines, ledger } = run([
    opened,
    status(10, 'open', 'partner'),
    status(60, 'open', 'parts'),
    status(65, 'open'),
  ]);
  expect(story(lines, 'resolution', 'team')).toEqual([
    ['started', 0, 0],
    ['paused', 10, 10],
    ['paused', 60, 10],
    ['resumed', 65, 10],
  ]);
  expect(story(lines, 'resolution')).toEqual([['started', 0, 0]]);
  const due = (side: ClockSide) =>
    ledger.clocks.find((clock) => clock.metric === 'resolution' && clock.side === side)?.dueAt;
  // Ten minutes until 20, twenty from 60, twenty from 120: the customer's at 140; the team's ten of 65 to 75, five … later.
  expect(due('customer')).toBe(140 * MINUTE);
  expect(due('team')).toBe(195 * MINUTE);
});

it('waiting for the customer stops both', () => {
  const { lines } = run([opened, status(10, 'open', 'customer'), status(500, 'open')]);
  for (const side of ['customer', 'team'] as const)
    expect(story(lines, 'resolution', side)).toEqual([
      ['started', 0, 0],
      ['paused', 10, 10],
      ['resumed', 500, 10],
    ]);
});

it('relief is what was lacking, as often as it is', () => {
  const lacks = (minute: number, lacking: boolean) => at(minute, { kind: 'lacks', lacking });
  const { ledger } = run([
    opened,
    lacks(1, true),
    lacks(2, true),
    lacks(50, false),
    lacks(60, true),
    status(90, 'dropped'),
  ]);
  expect(
    ledger.clocks
      .filter(({ metric, side }) => metric === 'relief' && side === 'customer')
      .map(({ round, startedAt, metAt, endedAt }) => [
        round,
        startedAt / MINUTE,
        metAt && metAt / MINUTE,
        endedAt && endedAt / MINUTE,
      ]),
  ).toEqual([
    [1, 1, 50, null],
    [2, 60, null, 90],
  ]);
});

it('a case that is closed and opened again has another round', () => {
  const { ledger } = run([opened, answered(1), status(5, 'closed'), status(100, 'open'), wrote(100)]);
  const of = (metric: ClockMetric) =>
    ledger.clocks.filter((clock) => clock.metric === metric && clock.side === 'customer');
  expect(of('resolution').map(({ metAt, round }) => [round, metAt])).toEqual([
    [1, 5 * MINUTE],
    [2, null],
  ]);
  expect(of('first_useful_action')).toHaveLength(1);
  expect(of('next_response').map(isLive)).toEqual([true]);
});

it('a promise to write is a fixed time: it moves, is kept, or is late', () => {
  const update = (minute: number, dueAt: number | null, kept = false) =>
    at(minute, { kind: 'update_due', dueAt: dueAt === null ? null : dueAt * MINUTE, kept });
  const { lines } = run([opened, update(1, 50), update(2, 80), status(3, 'open', 'customer'), update(90, null, true)]);
  expect(story(lines, 'next_update').map(([type, when]) => [type, when])).toEqual([
    ['started', 1],
    ['ended', 2],
    ['started', 2],
    ['breached', 80],
    ['met', 90],
  ]);
});

it('who is without service hears a word of ours again and again, whoever is waited for', () => {
  const { lines } = run([
    opened,
    at(5, { kind: 'lacks', lacking: true }),
    answered(10, false),
    status(20, 'open', 'customer'),
    wrote(30),
    answered(60),
    at(70, { kind: 'lacks', lacking: false }),
  ]);
  expect(story(lines, 'silence')).toEqual([
    ['started', 5, 0],
    ['met', 10, 5],
    ['started', 10, 0],
    ['breached', 50, 40],
    ['met', 60, 50],
    ['started', 60, 0],
    ['ended', 70, 10],
  ]);
});

it('a partner who was given nothing has a clock from being asked until they answer', () => {
  const { lines } = run([opened, status(2, 'open', 'partner'), status(50, 'open', 'parts')]);
  expect(story(lines, 'partner_answer', 'partner')).toEqual([
    ['started', 2, 0],
    ['breached', 32, 30],
    ['met', 50, 48],
  ]);
});

it('nobody waits for an answer to what is on another case now', () => {
  const { lines } = run([opened, answered(1), wrote(5), at(9, { kind: 'unasked' })]);
  expect(story(lines, 'next_response').map(([type]) => type)).toEqual(['started', 'ended']);
});

it('another policy keeps what counted', () => {
  const { ledger } = run([opened, status(10, 'open', 'partner')]);
  const longer: Targets = { ...TARGETS, resolution: { minutes: 15, counting: ALWAYS } };
  const next = reapplied(ledger, 30 * MINUTE, ANA, TARGETS, longer);
  const [customer, team] = next.ledger.clocks.filter(({ metric }) => metric === 'resolution');
  // Twenty of the first half hour counted for the customer, more than there is now.
  expect([customer?.counted, customer?.dueAt]).toEqual([20, 30 * MINUTE]);
  expect([team?.counted, team?.dueAt, team?.minutes]).toEqual([10, null, 15]);
  expect(story(overtaken(next.ledger, 30 * MINUTE).lines, 'resolution')).toEqual([['breached', 30, 20]]);
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constant<Happening>({ kind: 'customer_wrote' }),
  fc.boolean().map((useful): Happening => ({ kind: 'answered', useful })),
  fc.boolean().map((lacking): Happening => ({ kind: 'lacks', lacking })),
  fc
    .record({
      status: fc.constantFrom(
        'open' as const,
        'open' as const,
        'restored' as const,
        'closed' as const,
        'dropped' as const,
      ),
      waitingFor: fc.constantFrom(null, 'customer' as const, 'partner' as const, 'parts' as const),
    })
    .map(({ status: to, waitingFor }): Happening => ({
      kind: 'status',
      status: to,
      waitingFor: to === 'open' ? waitingFor : null,
    })),
);
const life = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), happening), { maxLength: 25 }).map((steps) => {
  let minute = 0;
  return [opened, ...steps.map(([pause, what]) => at((minute += pause), what))];
});

/** The customer's and the team's resolution, minute after minute. */
function byTheMinute(moments: Moment[], side: ClockSide): [ClockLineType, number][] {
  const told: [ClockLineType, number][] = [];
  let clock: { counted: number; late: boolean } | null = null;
  let waits: WaitReason | null = null;
  let paused: WaitReason | null = null;
  const last = moments.at(-1)?.at ?? 0;
  for (let minute = 0; minute * MINUTE <= last; minute += 1) {
    for (const moment of moments.filter((one) => one.at === minute * MINUTE)) {
      if (moment.kind === 'status') waits = moment.waitingFor;
      if (clock && moment.kind === 'status' && moment.status !== 'open') {
        told.push([moment.status === 'dropped' ? 'ended' : 'met', minute]);
        clock = null;
        paused = null;
      }
      if (!clock && (moment.kind === 'opened' || (moment.kind === 'status' && moment.status === 'open'))) {
        told.push(['started', minute]);
        clock = { counted: 0, late: false };
      }
      const shall: WaitReason | null = clock && waits && (side === 'team' || waits === 'customer') ? waits : null;
      if (shall !== paused && clock) told.push([shall ? 'paused' : 'resumed', minute]);
      paused = shall;
    }
    if (clock && !paused && minute % 60 < 20 && minute * MINUTE < last) {
      clock.counted += 1;
      if (clock.counted === 60) told.push(['breached', minute + 1]);
    }
  }
  return told;
}

it.each(['customer', 'team'] as const)('the ledger of the %s is what counting every minute tells', (side) => {
  fc.assert(
    fc.property(life, (moments) => {
      const { lines } = run(moments);
      const told = story(lines, 'resolution', side).map(([type, when]) => [type, when]);
      expect(told).toEqual(byTheMinute(moments, side));
    }),
    { numRuns: 2000 },
  );
});

it('a ledger that goes on moment by moment with looks in between is the one made at once', () => {
  fc.assert(
    fc.property(life, fc.array(fc.integer({ min: 0, max: 1000 })), (moments, looks) => {
      let ledger = EMPTY_LEDGER;
      const lines: LedgerLine[] = [];
      for (const moment of moments) {
        for (const look of looks.filter((minute) => minute * MINUTE <= moment.at).toSorted((a, b) => a - b)) {
          const seen = overtaken(ledger, look * MINUTE);
          ledger = seen.ledger;
          lines.push(...seen.lines);
        }
        const next = advance(ledger, moment, TARGETS);
        ledger = next.ledger;
        lines.push(...next.lines);
      }
      const whole = run(moments);
      const sorted = (all: LedgerLine[]) => all.map((line) => JSON.stringify(line)).toSorted();
      expect(ledger).toEqual(whole.ledger);
      expect(sorted(lines)).toEqual(sorted(whole.lines));
    }),
    { numRuns: 500 },
  );
});

it('no clock counts more minutes than there were, nor runs when its case is over', () => {
  fc.assert(
    fc.property(life, (moments) => {
      const { ledger } = run(moments);
      for (const clock of ledger.clocks) {
        expect(clock.counted).toBeLessThanOrEqual(((moments.at(-1)?.at ?? 0) - clock.startedAt) / MINUTE);
        if (ledger.isOver) expect(isLive(clock)).toBe(false);
      }
    }),
  );
});
