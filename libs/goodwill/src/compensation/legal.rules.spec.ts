import fc from 'fast-check';
import type { LegalTerms } from '#contracts';
import { isAutomatic, legallyOwed, monthlyBasis, owedBy, without } from './legal.rules.js';

const TERMS: LegalTerms = {
  ...{ source: 'Real Decreto 899/2009, artículo 15', url: 'https://www.boe.es/', currency: 'EUR' },
  ...{ feeTimes: 5, averageMonths: 3, automaticFromCents: 100 },
};
const HOUR = 3_600_000;
const at = (text: string) => new Date(text).getTime();
const owed = (from: string, to: string, billed = { monthlyFeeCents: 3000, averageCents: null as number | null }) =>
  legallyOwed([{ from: at(from), to: at(to) }], 'Europe/Madrid', billed, TERMS);

it.each([
  ['a whole month is five fees', '2026-10-31T23:00:00Z', '2026-11-30T23:00:00Z', 15000],
  ['three of thirty days', '2026-11-02T09:00:00Z', '2026-11-05T09:00:00Z', 1500],
  ['an hour of November', '2026-11-02T09:00:00Z', '2026-11-02T10:00:00Z', 21],
  ['a day of 23 hours in a month that has lost one', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', 465],
  ['over two months, each by its own length', '2026-01-31T11:00:00Z', '2026-02-01T11:00:00Z', 510],
  ['no time at all', '2026-11-02T09:00:00Z', '2026-11-02T09:00:00Z', 0],
])('%s', (_, from, to, cents) => {
  expect(owed(from, to)).toBe(cents);
});

it('what was billed on average counts where it is more', () => {
  expect(monthlyBasis({ monthlyFeeCents: 3000, averageCents: 14_999 }, TERMS)).toBe(15_000);
  expect(owed('2026-11-02T09:00:00Z', '2026-11-05T09:00:00Z', { monthlyFeeCents: 3000, averageCents: 20_000 })).toBe(
    2000,
  );
});

it('goes on the bill by itself above one euro, not at it', () => {
  expect([99, 100, 101].map((cents) => isAutomatic(cents, 'EUR', TERMS))).toEqual([false, false, true]);
  expect(isAutomatic(5000, 'JPY', TERMS)).toBe(false);
});

describe('what an interruption that lasts has come to', () => {
  const since = { fromAt: new Date('2026-11-02T09:00:00Z'), timeZone: 'Europe/Madrid' };
  const one = { ...since, monthlyFeeCents: 3000, averageCents: null };
  const by = (text: string, covered: { from: number; to: number }[] = []) =>
    owedBy(one, covered, new Date(text), TERMS);

  it.each([
    ['before it began', '2026-11-01T09:00:00Z', 0],
    ['as it begins', '2026-11-02T09:00:00Z', 0],
    ['after an hour', '2026-11-02T10:00:00Z', 21],
    ['after three days', '2026-11-05T09:00:00Z', 1500],
    ['in the month that follows', '2026-12-01T23:00:00Z', 14_776],
  ])('%s', (_, at, cents) => expect(by(at)).toBe(cents));

  it('is without the time that is owed already', () => {
    const covered = [{ from: at('2026-11-02T09:00:00Z'), to: at('2026-11-04T09:00:00Z') }];
    expect([by('2026-11-03T09:00:00Z', covered), by('2026-11-05T09:00:00Z', covered)]).toEqual([0, 500]);
  });

  it('only grows, and at its end is what is owed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90 * 24), { minLength: 2, maxLength: 20 }), (hours) => {
        const moments = hours.toSorted((a, b) => a - b).map((hour) => new Date(since.fromAt.getTime() + hour * HOUR));
        const sums = moments.map((moment) => owedBy(one, [], moment, TERMS));
        expect(sums).toEqual(sums.toSorted((a, b) => a - b));
        const [from, to] = [since.fromAt.getTime(), moments.at(-1)?.getTime() ?? 0];
        expect(sums.at(-1)).toBe(from < to ? legallyOwed([{ from, to }], since.timeZone, one, TERMS) : 0);
      }),
    );
  });
});

const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') });
const span = fc
  .tuple(moment, fc.integer({ min: 1, max: 90 * 24 * HOUR }))
  .map(([from, ms]) => ({ from, to: from + ms }));

it('cut anywhere the parts are owed what the whole is, but for a part of a cent', () => {
  fc.assert(
    fc.property(span, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(100_000), (whole, share, fee) => {
      const cut = Math.floor(whole.from + (whole.to - whole.from) * share);
      const billed = { monthlyFeeCents: fee, averageCents: null };
      const of = (from: number, to: number) => legallyOwed([{ from, to }], 'Europe/Madrid', billed, TERMS);
      const all = of(whole.from, whole.to);
      const parts = of(whole.from, cut) + of(cut, whole.to);
      expect(parts - all).toBeGreaterThanOrEqual(0);
      expect(parts - all).toBeLessThanOrEqual(1);
      const both = [
        { from: whole.from, to: cut },
        { from: cut, to: whole.to },
      ].filter(({ from, to }) => from < to);
      expect(legallyOwed(both, 'Europe/Madrid', billed, TERMS)).toBe(all);
    }),
  );
});

it('no moment is in it twice', () => {
  fc.assert(
    fc.property(span, fc.array(span, { maxLength: 5 }), (whole, others) => {
      const left = without(whole, others);
      for (const minute of [
        whole.from,
        whole.to - 1,
        ...others.flatMap(({ from, to }) => [from - 1, from, to - 1, to]),
      ]) {
        const isIn = (one: { from: number; to: number }) => one.from <= minute && minute < one.to;
        expect(left.filter(isIn)).toHaveLength(isIn(whole) && !others.some(isIn) ? 1 : 0);
      }
    }),
  );
});
