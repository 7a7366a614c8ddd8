import fc from 'fast-check';
import { busyFor, freeAt, MARGIN_MS, spreadOf, statedLimits, suspectedFor, type Span } from './limits.rules.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const span = (change: Partial<Span> = {}): Span => ({
  ...{ seconds: 900, capacity: 15, nthLast: null, remaining: null, resetsAt: null },
  ...change,
});

describe('when the next send may leave', () => {
  it.each([
    ['nothing is known', [span()], null, null],
    ['the 15th last is long ago', [span({ nthLast: at(-1000) })], null, null],
    ['the 15th last was 10 minutes ago', [span({ nthLast: at(-600) })], null, 302],
    ['X says there is something left', [span({ remaining: 1, resetsAt: at(60) })], null, null],
    ['X says nothing is left', [span({ remaining: 0, resetsAt: at(60) })], null, 61],
    ['what X said is over', [span({ remaining: 0, resetsAt: at(-1) })], null, null],
    ['X grants nothing at all', [span({ capacity: 0, remaining: 0, resetsAt: at(60) })], null, 61],
    ['the day is used up', [span(), span({ seconds: 86_400, capacity: 1440, nthLast: at(-80_000) })], null, 6402],
    ['the account is paused', [span()], at(300), 300],
    ['a pause is over', [span()], at(-300), null],
  ])('%s', (_what, spans, openAt, seconds) => {
    expect(freeAt(NOW, spans, openAt, 1000)).toEqual(seconds === null ? null : at(seconds));
  });

  it('is never more than X allows, wherever its window begins', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 400_000 }), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(pauses, fc.integer({ min: 1, max: 15 }), (asks, capacity) => {
        const sends: number[] = [];
        let now = NOW.getTime();
        for (const pause of asks) {
          now += pause;
          const nth = sends.at(-capacity);
          const nthLast = nth === undefined ? null : new Date(nth);
          if (freeAt(new Date(now), [span({ capacity, nthLast })], null, 0) === null) sends.push(now);
        }
        for (const first of sends) {
          expect(sends.filter((one) => one >= first && one < first + 900_000 + MARGIN_MS).length).toBeLessThanOrEqual(
            capacity,
          );
        }
      }),
    );
  });
});

describe("X's headers", () => {
  it('state up to three limits', () => {
    const window = (remaining: number) => ({ limit: 15, remaining, reset: 1000 });
    expect(statedLimits('7', { ...window(3), userDay: window(4), day: window(5) })).toEqual([
      { account: '7', seconds: 900, capacity: 15, remaining: 3, resetsAt: new Date(1_000_000) },
      { account: '7', seconds: 86_400, capacity: 15, remaining: 4, resetsAt: new Date(1_000_000) },
      { account: 'app', seconds: 86_400, capacity: 15, remaining: 5, resetsAt: new Date(1_000_000) },
    ]);
    expect(statedLimits('7', { limit: 15, remaining: Number.NaN, reset: 1000 })).toEqual([]);
    expect(statedLimits('7', {})).toEqual([]);
  });
});

it('waits longer each time X says no without saying until when', () => {
  expect([0, 1, 2, 3, 9].map((strikes) => busyFor(strikes) / 60_000)).toEqual([1, 2, 4, 8, 15]);
  expect([0, 1, 2, 3, 9].map((strikes) => suspectedFor(strikes) / 3_600_000)).toEqual([1, 2, 4, 8, 12]);
});

it('an account always comes back after the same moment', () => {
  const spreads = ['1700000000000000001', '1700000000000000002', '9'].map(spreadOf);
  expect(spreads).toEqual(['1700000000000000001', '1700000000000000002', '9'].map(spreadOf));
  expect(new Set(spreads).size).toBe(3);
  for (const spread of spreads) expect(spread).toBeLessThan(3000);
});
