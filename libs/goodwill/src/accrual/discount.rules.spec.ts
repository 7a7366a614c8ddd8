import fc from 'fast-check';
import { amountText, BenefitPreviewBody, minorDigits } from '#contracts';
import { daysFrom, daysInMonth, discountLines, sumOf, type DiscountDay } from './discount.rules.js';
import { previewOf } from './preview.js';

const flat = (percent: number, monthlyFeeCents: number, from: string, to: string): DiscountDay[] =>
  daysFrom(from, to).map((date) => ({ date, percent, monthlyFeeCents }));
const amount = (days: DiscountDay[]) => sumOf(discountLines(days));

/** Another way to the same: common fractions in lowest terms, the days of a month counted by the calendar itself. */
class Fraction {
  private constructor(
    readonly top: bigint,
    readonly bottom: bigint,
  ) {}
  static of(top: bigint, bottom: bigint): Fraction {
    let [a, b] = [top, bottom];
    while (b > 0n) [a, b] = [b, a % b];
    return a === 0n ? new Fraction(0n, 1n) : new Fraction(top / a, bottom / a);
  }
  plus({ top, bottom }: Fraction): Fraction {
    return Fraction.of(this.top * bottom + top * this.bottom, this.bottom * bottom);
  }
  get floor(): bigint {
    return this.top / this.bottom;
  }
  get rest(): Fraction {
    return Fraction.of(this.top % this.bottom, this.bottom);
  }
  isMore({ top, bottom }: Fraction): boolean {
    return this.top * bottom > top * this.bottom;
  }
}

function countDays(date: string): number {
  const month = date.slice(0, 7);
  let days = 0;
  for (let day = new Date(`${month}-01T12:00:00Z`); day.toISOString().startsWith(month); days += 1)
    day.setUTCDate(day.getUTCDate() + 1);
  return days;
}

function oracle(days: DiscountDay[]): number[] {
  const shares = days.map(({ date, percent, monthlyFeeCents }) =>
    Fraction.of(BigInt(monthlyFeeCents) * BigInt((percent * 100).toFixed(0)), 10_000n * BigInt(countDays(date))),
  );
  const exact = shares.reduce((all, one) => all.plus(one), Fraction.of(0n, 1n));
  const wanted = exact.plus(Fraction.of(1n, 2n)).floor;
  const cents = shares.map(({ floor }) => floor);
  const open = new Set(shares.keys());
  while (cents.reduce((all, one) => all + one, 0n) < wanted) {
    let best = -1;
    for (const at of open) if (best < 0 || shares[at]?.rest.isMore(shares[best]?.rest as Fraction)) best = at;
    open.delete(best);
    cents[best] = (cents[best] ?? 0n) + 1n;
  }
  return cents.map(Number);
}

const fee = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1_000_000_000_000 }));
const percent = fc.oneof(
  fc.constantFrom(0, 10, 25, 33.33, 50, 70, 99.99, 100),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
);
const start = fc.integer({ min: Date.UTC(2023, 0, 1) / 86_400_000, max: Date.UTC(2029, 0, 1) / 86_400_000 });
const dayAt = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const span = fc.tuple(start, fc.integer({ min: 1, max: 130 })).map(([day, days]) => [dayAt(day), dayAt(day + days)]);

it.each([
  ['30 €, 70 %, 10 of 30 days', 70, 3000, '2026-11-01', '2026-11-11', 700],
  ['the same over a month of 31', 70, 3000, '2026-10-01', '2026-10-11', 677],
  ['a whole month is the whole percent', 70, 3000, '2026-02-01', '2026-03-01', 2100],
  ['February of a leap year', 50, 2999, '2028-02-01', '2028-03-01', 1500],
  ['the day that leap years have', 100, 2900, '2028-02-29', '2028-03-01', 100],
  ['over the end of a year', 100, 3100, '2026-12-31', '2027-01-02', 200],
  ['nothing off', 0, 3000, '2026-11-01', '2026-12-01', 0],
  ['nothing to pay', 70, 0, '2026-11-01', '2026-12-01', 0],
  ['yen have no hundredths', 70, 3000, '2026-11-01', '2026-11-11', 700],
])('%s', (_, part, monthly, from, to, expected) => {
  expect(amount(flat(part, monthly, from, to))).toBe(expected);
});

it('leftover cents go to the largest remainders, of equal ones to the earlier day', () => {
  const lines = discountLines(flat(100, 1000, '2026-11-29', '2026-12-02'));
  // 33 1/3, 33 1/3, 32 8/31: 98.92 in all, so 99.
  expect(lines.map(({ amountCents }) => amountCents)).toEqual([34, 33, 32]);
});

it('is what common fractions say, day by day', () => {
  fc.assert(
    fc.property(fee, percent, span, (monthly, part, [from = '', to = '']) => {
      const days = flat(part, monthly, from, to);
      expect(discountLines(days).map(({ amountCents }) => amountCents)).toEqual(oracle(days));
    }),
    { numRuns: 300 },
  );
});

it('has no negative day, none above a fair one by a cent or more, and sums to the cent', () => {
  fc.assert(
    fc.property(fee, percent, span, (monthly, part, [from = '', to = '']) => {
      const lines = discountLines(flat(part, monthly, from, to));
      expect(lines.map(({ date }) => date)).toEqual(daysFrom(from, to));
      const total = lines.reduce((all, { date, amountCents }) => {
        const fair = (monthly * part) / 100 / daysInMonth(date);
        expect(amountCents).toBeGreaterThanOrEqual(0);
        expect(Math.abs(amountCents - fair)).toBeLessThan(1 + fair * 1e-9);
        return all + fair;
      }, 0);
      expect(Math.abs(sumOf(lines) - total)).toBeLessThan(0.5 + 1e-6 + total * 1e-9);
    }),
  );
});

it('a plan that changes midway counts each day by its own fee', () => {
  fc.assert(
    fc.property(fee, fee, percent, span, fc.nat(130), (before, after, part, [from = '', to = ''], at) => {
      const all = daysFrom(from, to);
      const days = all.map((date, n) => ({ date, percent: part, monthlyFeeCents: n < at ? before : after }));
      expect(discountLines(days).map(({ amountCents }) => amountCents)).toEqual(oracle(days));
      const apart = amount(days.slice(0, at)) + amount(days.slice(at));
      expect(Math.abs(amount(days) - apart)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 200 },
  );
});

it('a plan that changes as often as it likes: each day by the fee it has, and the sum to the cent', () => {
  const change = fc.record({ at: fc.nat(130), monthlyFeeCents: fee });
  fc.assert(
    fc.property(
      fee,
      fc.array(change, { maxLength: 6 }),
      percent,
      span,
      (first, changes, part, [from = '', to = '']) => {
        const ordered = changes.toSorted((a, b) => a.at - b.at);
        const days = daysFrom(from, to).map((date, n) => ({
          ...{ date, percent: part },
          monthlyFeeCents: ordered.findLast(({ at }) => at <= n)?.monthlyFeeCents ?? first,
        }));
        expect(discountLines(days).map(({ amountCents }) => amountCents)).toEqual(oracle(days));
      },
    ),
    { numRuns: 200 },
  );
});

it('currencies of any exponent are counted in their smallest part, and read with as many digits', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('JPY', 'EUR', 'KWD'),
      fee,
      percent,
      span,
      (currency, monthly, part, [from = '', to = '']) => {
        const asked = { kind: 'fee_discount' as const, percent: part, monthlyFeeCents: monthly, currency, from, to };
        const { amountCents, lines } = previewOf(asked);
        expect(amountCents).toBe(oracle(flat(part, monthly, from, to)).reduce((all, one) => all + one, 0));
        expect(sumOf(lines)).toBe(amountCents);
        expect(lines.every((line) => Number.isSafeInteger(line.amountCents))).toBe(true);
        const read = amountText(amountCents, currency, 'en').replaceAll(/[^0-9.]/gu, '');
        const digits = minorDigits(currency);
        expect(read.split('.')[1]?.length ?? 0).toBe(digits);
        expect(Number(read.replace('.', ''))).toBe(amountCents);
      },
    ),
    { numRuns: 150 },
  );
});

it.each([
  ['EUR', 3000, 700],
  ['JPY', 3000, 700],
  ['KWD', 30_000, 7000],
])('thirty of %s a month, 70 %, ten of thirty days', (currency, monthlyFeeCents, amountCents) => {
  const span30 = { from: '2026-11-01', to: '2026-11-11' };
  expect(previewOf({ kind: 'fee_discount', percent: 70, monthlyFeeCents, currency, ...span30 }).amountCents).toBe(
    amountCents,
  );
});

it('cut at the end of a month it is the same but for the cent that two roundings can make', () => {
  fc.assert(
    fc.property(fee, percent, span, (monthly, part, [from = '', to = '']) => {
      const cut = `${to.slice(0, 7)}-01`;
      fc.pre(from < cut && cut < to);
      const apart = amount(flat(part, monthly, from, cut)) + amount(flat(part, monthly, cut, to));
      expect(Math.abs(amount(flat(part, monthly, from, to)) - apart)).toBeLessThanOrEqual(1);
    }),
  );
});

it('whole months of any length come to their percent', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 2020, max: 2032 }),
      fc.integer({ min: 0, max: 11 }),
      (hundreds, part, year, month) => {
        const [from = '', to = ''] = [0, 1].map((more) =>
          new Date(Date.UTC(year, month + more, 1)).toISOString().slice(0, 10),
        );
        expect(amount(flat(part, hundreds * 100, from, to))).toBe(hundreds * part);
      },
    ),
  );
});

it('one day more never makes it less', () => {
  fc.assert(
    fc.property(fee, percent, span, (monthly, part, [from = '', to = '']) => {
      const days = flat(part, monthly, from, to);
      expect(amount(days)).toBeGreaterThanOrEqual(amount(days.slice(0, -1)));
    }),
  );
});

const asked = {
  ...{ kind: 'fee_discount', percent: 70, monthlyFeeCents: 3000, currency: 'EUR' },
  ...{ from: '2026-11-01', to: '2026-11-11' },
};
it.each([
  ['as it is', {}, true],
  ['no day', { to: '2026-11-01' }, false],
  ['backwards', { to: '2026-10-01' }, false],
  ['more than all', { percent: 100.01 }, false],
  ['less than nothing', { percent: -1 }, false],
  ['thousandths of a percent', { percent: 33.333 }, false],
  ['a third, nearly', { percent: 33.33 }, true],
  ['a fee that is owed', { monthlyFeeCents: -1 }, false],
  ['half a cent', { monthlyFeeCents: 0.5 }, false],
  ['centuries', { to: '2226-11-01' }, false],
  ['a day that is not', { from: '2026-02-30' }, false],
  ['a time', { from: '2026-11-01T00:00:00Z' }, false],
  ['no currency', { currency: 'EURO' }, false],
  ['a currency nobody has', { currency: 'QQQ' }, false],
  ['yen', { currency: 'JPY' }, true],
  ['dinars', { currency: 'KWD' }, true],
  ['something else', { kind: 'voucher' }, false],
])('takes or refuses: %s', (_, change, taken) => {
  expect(BenefitPreviewBody.safeParse({ ...asked, ...change }).success).toBe(taken);
});

it('knows how many digits a currency has', () => {
  expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
});
