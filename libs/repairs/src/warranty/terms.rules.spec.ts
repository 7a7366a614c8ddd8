import fc from 'fast-check';
import { Purchase } from '#contracts';
import { addMonths, daysBetween } from './days.rules.js';
import { parameterFor, suspended, termsOf, type RepairSpan, type TermParameter } from './terms.rules.js';

const rule = (
  kind: TermParameter['kind'],
  months: number | null,
  more: Partial<TermParameter> = {},
): TermParameter => ({
  id: kind,
  country: 'ES',
  kind,
  label: '',
  months,
  validFrom: '2022-01-01',
  validUntil: null,
  clause: `clause of ${kind}`,
  source: 'law',
  url: null,
  es: 'es',
  en: 'en',
  ...more,
});
const BEFORE = { validFrom: '2007-12-01', validUntil: '2021-12-31' };
const SPAIN = [
  rule('legal_guarantee', 36),
  rule('legal_guarantee', 24, BEFORE),
  rule('presumption', 24),
  rule('presumption', 6, BEFORE),
  rule('repair_suspends', null),
  rule('repair_suspends', null, BEFORE),
  rule('manufacturer', 12, { label: 'Apple', validFrom: '2007-12-01' }),
  rule('carrier', 30, { label: 'Apple' }),
];

const bought = (boughtOn: string, more: object = {}) =>
  Purchase.parse({ boughtOn, sellerKind: 'other', proof: 'receipt', ...more });
const ends = (purchase: Purchase, spans: RepairSpan[] = [], today = '2026-03-02', brand: string | null = null) =>
  Object.fromEntries(
    termsOf(purchase, brand, [], SPAIN, spans, today).map(({ kind, endsOn, state }) => [kind, `${endsOn} ${state}`]),
  );

describe('the terms of a phone', () => {
  it('are three years and two since 2022, two years and six months before', () => {
    expect(ends(bought('2023-03-10'))).toEqual({ legal: '2026-03-10 running', presumption: '2025-03-10 over' });
    expect(ends(bought('2022-01-01'))).toMatchObject({ legal: '2025-01-01 over' });
    expect(ends(bought('2021-12-31'))).toEqual({ legal: '2023-12-31 over', presumption: '2022-06-30 over' });
  });

  it('hold on their last day and not on the next', () => {
    expect(ends(bought('2023-03-02'))['legal']).toBe('2026-03-02 running');
    expect(ends(bought('2023-03-01'))['legal']).toBe('2026-03-01 over');
  });

  it('run from the day it was delivered, by the law of the day it was bought', () => {
    expect(ends(bought('2021-12-30', { deliveredOn: '2022-01-03' }))['legal']).toBe('2024-01-03 over');
  });

  it('of a leap day end with February', () => {
    expect(ends(bought('2024-02-29'))['legal']).toBe('2027-02-28 running');
  });

  it('are those agreed on for second-hand phones, and no longer than the law’s', () => {
    const used = { condition: 'second_hand', agreedMonths: 12 };
    expect(ends(bought('2025-06-01', used))).toEqual({
      legal: '2026-06-01 running',
      presumption: '2026-06-01 running',
    });
    expect(ends(bought('2025-06-01', { condition: 'second_hand', agreedMonths: 60 }))['legal']).toBe(
      '2028-06-01 running',
    );
    expect(ends(bought('2025-06-01', { condition: 'second_hand' }))['legal']).toBe('2028-06-01 running');
  });

  it('are also the maker’s for who bought it new, and ours for what we sold', () => {
    const apple = ends(bought('2025-06-01', { sellerKind: 'carrier' }), [], '2026-03-02', 'apple');
    expect(apple).toMatchObject({ manufacturer: '2026-06-01 running', carrier: '2027-12-01 running' });
    const used = ends(bought('2025-06-01', { condition: 'second_hand' }), [], '2026-03-02', 'Apple');
    expect(used).not.toHaveProperty('manufacturer');
  });

  it('are none where nobody knows when it was bought, but for what somebody wrote down', () => {
    const insurance = { id: 'i', kind: 'insurance', provider: 'Mapfre', number: 'P-1', clause: null } as const;
    const stated = [{ ...insurance, startsOn: '2025-01-01', endsOn: '2026-12-31' }];
    expect(termsOf(null, 'Apple', stated, SPAIN, [], '2026-03-02')).toMatchObject([
      { id: 'i', kind: 'insurance', state: 'running', suspendedDays: 0 },
    ]);
  });

  it('are of the country it was bought in', () => {
    expect(parameterFor(SPAIN, 'legal_guarantee', { country: 'PT', boughtOn: '2025-01-01' })).toBeNull();
  });
});

describe('time in repair', () => {
  it('makes the term longer by its days, and no other term', () => {
    const spans = [{ from: '2025-05-01', until: '2025-05-15' }];
    const terms = termsOf(bought('2023-03-10'), 'Apple', [], SPAIN, spans, '2026-03-02');
    expect(terms.map(({ kind, endsOn, suspendedDays }) => [kind, endsOn, suspendedDays])).toEqual([
      ['legal', '2026-03-24', 14],
      ['presumption', '2025-03-10', 0],
      ['manufacturer', '2024-03-10', 0],
    ]);
  });

  it('goes on counting while the phone is still there', () => {
    expect(suspended('2023-03-10', 36, [{ from: '2026-03-01', until: null }], '2026-03-11')).toEqual({
      endsOn: '2026-03-20',
      suspendedDays: 10,
    });
  });

  it('does not bring back what has run out', () => {
    expect(suspended('2020-01-01', 24, [{ from: '2022-01-02', until: '2022-02-02' }], '2026-01-01').suspendedDays).toBe(
      0,
    );
  });

  /** Day by day: a day counts when the phone is not in repair; the term is used up when so many have counted. */
  function dayByDay(startsOn: string, months: number, spans: RepairSpan[], today: string): string {
    let left = daysBetween(startsOn, addMonths(startsOn, months));
    let day = startsOn;
    while (left > 0) {
      const inRepair = spans.some(({ from, until }) => from <= day && day < (until ?? today));
      if (!inRepair) left -= 1;
      day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    }
    // What it stands still on the very last day it stands still too.
    while (spans.some(({ from, until }) => from <= day && day < (until ?? today)))
      day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    return day;
  }

  it('agrees with counting day by day, however repairs follow and overlap', () => {
    const day = (min: number, max: number) =>
      fc.integer({ min, max }).map((days) => new Date(Date.UTC(2022, 0, 1 + days)).toISOString().slice(0, 10));
    const span = fc.tuple(day(0, 900), fc.integer({ min: 0, max: 60 })).map(([from, days]) => ({
      from,
      until: new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10),
    }));
    fc.assert(
      fc.property(
        day(0, 400),
        fc.integer({ min: 1, max: 36 }),
        fc.array(span, { maxLength: 6 }),
        (startsOn, months, spans) => {
          const { endsOn } = suspended(startsOn, months, spans, '2030-01-01');
          expect(endsOn).toBe(dayByDay(startsOn, months, spans, '2030-01-01'));
        },
      ),
      { numRuns: 300 },
    );
  });
});
