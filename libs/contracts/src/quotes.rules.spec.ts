import fc from 'fast-check';
import { amountText, minorDigits } from './money.rules.js';
import { QuoteBody, QuoteLineBody, type Quote } from './quotes.js';
import {
  canonicalQuote,
  CONTRIBUTORS,
  inPortions,
  nextNudge,
  PAYERS,
  priced,
  quoteGaps,
  sharesExceed,
} from './quotes.rules.js';

const add = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Lines whose own shares never exceed them, and contributions that may. */
const line = fc
  .record({ quantity: fc.integer({ min: 1, max: 9 }), list: fc.integer({ min: 0, max: 200_000 }) })
  .chain(({ quantity, list }) =>
    fc.record({
      quantity: fc.constant(quantity),
      listCents: fc.constant(list),
      agreedCents: fc.integer({ min: 0, max: list }),
      parts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 4, maxLength: 4 }),
    }),
  )
  .map(({ parts, ...prices }): QuoteLineBody => {
    const [manufacturer = 0, carrier = 0, goodwill = 0] = inPortions(prices.quantity * prices.agreedCents, parts);
    const shares = { manufacturer, carrier, goodwill };
    return { description: 'x', kind: 'part', agreement: 'y', ...prices, shares };
  });
const lines = fc.array(line, { minLength: 1, maxLength: 6 });
const contributions = fc.array(
  fc.record({ payer: fc.constantFrom(...CONTRIBUTORS), cents: fc.integer({ min: 0, max: 300_000 }) }),
  { maxLength: 3 },
);

describe('portions', () => {
  it('sum to the amount, and none is further than one from its exact due', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 }),
        (amount, weights) => {
          const portions = inPortions(amount, weights);
          expect(add(portions)).toBe(amount);
          const whole = add(weights);
          portions.forEach((portion, at) => {
            expect(portion).toBeGreaterThanOrEqual(0);
            if (whole > 0) expect(Math.abs(portion - (amount * (weights[at] ?? 0)) / whole)).toBeLessThan(1);
          });
        },
      ),
    );
  });

  it('give what is left over to the largest remainder, the first of equals first', () => {
    expect(inPortions(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(inPortions(10, [5, 3, 1])).toEqual([6, 3, 1]);
    expect(inPortions(1, [0, 0])).toEqual([1, 0]);
  });
});

describe('a quote', () => {
  it('is shared to the cent: of each line and of the whole, nobody pays less than nothing', () => {
    fc.assert(
      fc.property(lines, contributions, (some, given) => {
        fc.pre(!sharesExceed({ lines: some, contributions: given }));
        const quote = priced({ lines: some, contributions: given });
        for (const { totalCents, quantity, agreedCents, listCents, shares } of quote.lines) {
          expect(totalCents).toBe(quantity * agreedCents);
          expect(add(PAYERS.map((payer) => shares[payer]))).toBe(totalCents);
          expect(Math.min(...Object.values(shares))).toBeGreaterThanOrEqual(0);
          expect(listCents).toBeGreaterThanOrEqual(agreedCents);
        }
        expect(add(Object.values(quote.shares))).toBe(quote.totalCents);
        expect(quote.totalCents).toBe(add(quote.lines.map(({ totalCents }) => totalCents)));
        for (const payer of CONTRIBUTORS) {
          const own = add(some.map(({ shares }) => shares[payer] ?? 0));
          const whole = add(given.filter((one) => one.payer === payer).map(({ cents }) => cents));
          expect(quote.shares[payer]).toBe(own + whole);
        }
      }),
    );
  });

  it('exceeds itself exactly when others pay more than there is to pay', () => {
    fc.assert(
      fc.property(lines, contributions, (some, given) => {
        const total = add(some.map(({ quantity, agreedCents }) => quantity * agreedCents));
        const others = add(some.map(({ shares }) => add(Object.values(shares)))) + add(given.map(({ cents }) => cents));
        expect(sharesExceed({ lines: some, contributions: given })).toBe(others > total);
      }),
    );
  });

  it('of 400 for 200 with 100 of the carrier leaves 100 to the customer', () => {
    const quote = priced(
      QuoteBody.parse({
        lines: [
          { description: 'Placa', kind: 'part', listCents: 40_000, agreedCents: 20_000, agreement: 'Convenio 2026' },
        ],
        contributions: [{ payer: 'carrier', cents: 10_000 }],
      }),
    );
    expect(quote).toMatchObject({
      listCents: 40_000,
      totalCents: 20_000,
      shares: { manufacturer: 0, carrier: 10_000, goodwill: 0, customer: 10_000 },
    });
  });

  it('takes no price below nothing, above the list, or in a currency that is none', () => {
    const good = { description: 'x', kind: 'part', listCents: 10, agreedCents: 5 };
    expect(QuoteLineBody.safeParse(good).success).toBe(true);
    for (const bad of [
      { listCents: -1 },
      { agreedCents: -1 },
      { agreedCents: 11 },
      { quantity: 0 },
      { listCents: 0.5 },
    ])
      expect(QuoteLineBody.safeParse({ ...good, ...bad }).success).toBe(false);
    expect(QuoteBody.safeParse({ lines: [good], currency: 'JPY' }).success).toBe(true);
    for (const currency of ['ZZZ', 'eur', 'EURO'])
      expect(QuoteBody.safeParse({ lines: [good], currency }).success).toBe(false);
  });

  it('is written in the digits of its currency', () => {
    expect(['EUR', 'JPY', 'KWD'].map(minorDigits)).toEqual([2, 0, 3]);
    expect(amountText(20_000, 'EUR', 'es')).toBe('200,00\u00a0€');
    expect(amountText(20_000, 'JPY', 'en')).toBe('JP¥20,000');
  });
});

describe('what is missing before an offer', () => {
  const now = new Date('2026-03-02T09:00:00Z');
  const whole = QuoteBody.parse({
    lines: [{ description: 'x', kind: 'part', listCents: 10, agreedCents: 5, agreement: 'Convenio' }],
    cover: { months: 12, what: 'La misma avería' },
    validUntil: '2026-03-09T09:00:00.000Z',
  });
  it.each([
    ['nothing', {}, []],
    ['the cover', { cover: null }, ['cover']],
    ['until when', { validUntil: null }, ['valid_until']],
    ['a day that has passed', { validUntil: now.toISOString() }, ['valid_until']],
    ['where a price comes from', { lines: whole.lines.map((one) => ({ ...one, agreement: ' ' })) }, ['agreement']],
    ['no line', { lines: [] }, ['lines']],
  ])('%s', (_what, change, missing) => {
    expect(quoteGaps({ ...whole, ...change }, now)).toEqual(missing);
  });
});

describe('the text of a quote', () => {
  const quote: Parameters<typeof canonicalQuote>[0] = {
    repairId: '0190a3c0-0000-7000-8000-000000000001',
    version: 2,
    currency: 'EUR',
    lines: [] as Quote['lines'],
    cover: { months: 12, what: 'Placa' },
    validUntil: '2026-03-09T10:00:00+01:00',
  };
  it('is the same for the same quote, and another for anything that is agreed to', () => {
    expect(canonicalQuote({ ...quote, validUntil: '2026-03-09T09:00:00.000Z' })).toBe(canonicalQuote(quote));
    for (const change of [{ version: 3 }, { currency: 'USD' }, { cover: { months: 6, what: 'Placa' } }])
      expect(canonicalQuote({ ...quote, ...change })).not.toBe(canonicalQuote(quote));
  });
});

describe('reminders', () => {
  const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 2, day, hour));
  it('come three days and one day before the end, and never right after an offer', () => {
    expect(nextNudge(at(12), at(2))).toEqual(at(9));
    expect(nextNudge(at(12), at(9))).toEqual(at(11));
    expect(nextNudge(at(12), at(11))).toBeNull();
    expect(nextNudge(at(12), at(9, 1))).toEqual(at(11));
    expect(nextNudge(at(3), at(2, 12))).toBeNull();
  });
});
