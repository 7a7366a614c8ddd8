import fc from 'fast-check';
import type { WaitReason } from '#contracts';
import { EMPTY_LEDGER, type Counting, type Ledger, type LedgerLine, type Moment, type Targets } from './clock.rules.js';
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
const OPEN: ((minute: number) => boolean)[] = [() => true, (minute) => minute % 60 < 20, (minute) => minute % 7 > 2];

interface Version {
  minutes: number;
  isOpen: (minute: number) => boolean;
}
const targetsOf = ({ minutes, isOpen }: Version): Targets => ({ resolution: { minutes, counting: counting(isOpen) } });

/** A case that waits for the customer and goes on, and policies that are applied to it in between. */
type Step = { minute: number } & ({ waitingFor: WaitReason | null } | { version: Version });

const version = fc.record({ minutes: fc.integer({ min: 1, max: 120 }), isOpen: fc.constantFrom(...OPEN) });
const life = fc
  .tuple(
    version,
    fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 60 }),
        fc.oneof(
          fc.constantFrom(null, 'customer' as const).map((waitingFor) => ({ waitingFor })),
          version.map((given) => ({ version: given })),
        ),
      ),
      { maxLength: 15 },
    ),
  )
  .map(([first, steps]) => {
    let minute = 0;
    return { first, steps: steps.map(([pause, what]): Step => ({ minute: (minute += pause), ...what })) };
  });

const isCustomers = ({ side }: { side: string }) => side === 'customer';

function folded(first: Version, steps: Step[], end: number): { ledger: Ledger; lines: LedgerLine[] } {
  let targets = targetsOf(first);
  let { ledger, lines } = advance(EMPTY_LEDGER, { at: 0, actor: ANA, kind: 'opened' }, targets);
  const take = (next: { ledger: Ledger; lines: LedgerLine[] }) => {
    ledger = next.ledger;
    lines = [...lines, ...next.lines];
  };
  for (const step of steps) {
    const at = step.minute * MINUTE;
    if ('version' in step) {
      // As it is done: what was late by the old target is marked first.
      take(overtaken(ledger, at));
      take(reapplied(ledger, at, ANA, targets, targetsOf(step.version)));
      take(overtaken(ledger, at));
      targets = targetsOf(step.version);
    } else {
      const moment: Moment = { at, actor: ANA, kind: 'status', status: 'open', waitingFor: step.waitingFor };
      take(advance(ledger, moment, targets));
    }
  }
  take(overtaken(ledger, end * MINUTE));
  return { ledger, lines: lines.filter(isCustomers) };
}

/** The same, minute after minute: how many have counted, when it was late, and whether it is. */
function byTheMinute(first: Version, steps: Step[], end: number) {
  let [now, counted, waits, isLate] = [first, 0, false, false];
  const late: number[] = [];
  for (let minute = 0; ; minute += 1) {
    const look = () => {
      if (counted < now.minutes || isLate) return;
      isLate = true;
      late.push(minute);
    };
    look();
    for (const step of steps.filter((each) => each.minute === minute)) {
      if ('version' in step) {
        now = step.version;
        if (counted < now.minutes) isLate = false;
        look();
      } else waits = step.waitingFor !== null;
    }
    if (minute === end) return { counted, late, isLate, minutes: now.minutes };
    if (!waits && now.isOpen(minute)) counted += 1;
  }
}

it('what counted is kept however often another policy is applied, and what is late is said as often as it becomes so', () => {
  fc.assert(
    fc.property(life, fc.integer({ min: 0, max: 200 }), ({ first, steps }, more) => {
      const end = (steps.at(-1)?.minute ?? 0) + more;
      const { ledger, lines } = folded(first, steps, end);
      const wanted = byTheMinute(first, steps, end);
      const clock = ledger.clocks.find(isCustomers);
      const breaches = lines.filter(({ type }) => type === 'breached');
      expect(breaches.map(({ at }) => at / MINUTE)).toEqual(wanted.late);
      expect(clock?.breachedAt ?? null).toBe(wanted.isLate ? (wanted.late.at(-1) ?? 0) * MINUTE : null);
      expect(clock?.minutes).toBe(wanted.minutes);
      const last = steps.findLast((step) => 'version' in step)?.version ?? first;
      const running = clock?.runsSince == null ? 0 : counting(last.isOpen).between(clock.runsSince, end * MINUTE);
      expect((clock?.counted ?? 0) + running).toBe(wanted.counted);
      if (clock?.runsSince != null && !wanted.isLate)
        expect(clock.dueAt).toBe(counting(last.isOpen).after(end * MINUTE, wanted.minutes - wanted.counted));
      expect(lines.filter(({ type }) => type === 'reapplied')).toHaveLength(
        steps.filter((step) => 'version' in step).length,
      );
    }),
    { numRuns: 3000 },
  );
});

it('what the new policy does not name ends, a promised time stays, and what is over is left alone', () => {
  const targets: Targets = {
    ...targetsOf({ minutes: 60, isOpen: () => true }),
    first_useful_action: { minutes: 30, counting: counting(() => true) },
  };
  const opened = advance(EMPTY_LEDGER, { at: 0, actor: ANA, kind: 'opened' }, targets).ledger;
  const promised = advance(
    opened,
    { at: MINUTE, actor: ANA, kind: 'update_due', dueAt: 90 * MINUTE, kept: false },
    targets,
  ).ledger;
  const answered = advance(promised, { at: 2 * MINUTE, actor: ANA, kind: 'answered', useful: true }, targets).ledger;
  const { ledger, lines } = reapplied(answered, 10 * MINUTE, ANA, targets, {});
  const at = (metric: string) => ledger.clocks.find((clock) => clock.metric === metric && isCustomers(clock));
  expect(lines.filter(isCustomers)).toMatchObject([{ metric: 'resolution', type: 'ended', minutes: 10, actor: ANA }]);
  expect(at('resolution')).toMatchObject({ endedAt: 10 * MINUTE, counted: 10, runsSince: null });
  expect(at('next_update')).toMatchObject({ dueAt: 90 * MINUTE, endedAt: null });
  expect(at('first_useful_action')).toMatchObject({ metAt: 2 * MINUTE, endedAt: null, minutes: 30 });
});
