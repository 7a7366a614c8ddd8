import { judge } from './budgets.js';
import { mailsOf } from './mails.js';
import { figure, median, medianRatio, percentile } from './numbers.js';

it('finds the middle and the tail', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([0.5, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 99, 100]);
});

it('compares round by round: a slow round of both changes nothing', () => {
  expect(medianRatio([10, 1, 10], [20, 2, 20])).toBe(0.5);
});

it.each([
  [1234.5, '1,235'],
  [12.345, '12.3'],
  [0.12345, '0.123'],
  [0, '0'],
  [Number.NaN, '–'],
])('writes %d as %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

it.each([
  ['least', 0.6, 'target met'],
  ['least', 0.4, 'PASS'],
  ['least', 0.3, 'MISS'],
  ['least', Number.NaN, 'MISS'],
] as const)('a rate (%s) of %d: %s', (kind, value, verdict) => {
  expect(judge({ kind, floor: 0.35, target: 0.55 }, value)).toBe(verdict);
});

it.each([
  [1.1, 'target met'],
  [2, 'PASS'],
  [2.1, 'MISS'],
  [Number.NaN, 'MISS'],
] as const)('a time %d times as long: %s', (value, verdict) => {
  expect(judge({ kind: 'most', floor: 2, target: 1.3 }, value)).toBe(verdict);
});

it('makes the same mails each time, and says how many differ', () => {
  const [once, again] = [mailsOf(3, 60, { html: 0.5 }), mailsOf(3, 60, { html: 0.5 })];
  expect(once.mails.map(({ from }) => from)).toEqual(again.mails.map(({ from }) => from));
  expect(new Set(once.mails.map(({ raw }) => /^Message-ID: (.+)$/m.exec(raw.toString())?.[1])).size).toBe(
    once.different,
  );
  expect(once.different).toBe(57);
});
