import fc from 'fast-check';
import type { Money, TierRule } from '#contracts';
import { commitmentWords } from './commitment.rules.js';
import { tierOf, tierWords, yearsBetween } from './tier.rules.js';
import { centsOf, moneyText, sumOf } from './value.rules.js';

const euros = (cents: number): Money => ({ cents, currency: 'EUR' });
const someCents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const RULES: TierRule[] = [
  { tier: 'silver', minYears: 2, minMonthlyCents: 3000, currency: 'EUR' },
  { tier: 'gold', minYears: 5, minMonthlyCents: 6000, currency: 'EUR' },
];

describe('money', () => {
  it('adds up to the cent, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(someCents, { minLength: 1 }), (all) => {
        const exact = Number(all.reduce((sum, cents) => sum + BigInt(cents), 0n));
        expect(sumOf(all.map(euros))).toEqual(euros(exact));
        expect(sumOf([...all].reverse().map(euros))).toEqual(euros(exact));
      }),
    );
  });

  it('is unknown when any part of it is, and when there is none: never zero', () => {
    fc.assert(
      fc.property(fc.array(someCents), fc.nat(), (all, at) => {
        const parts: (Money | null)[] = all.map(euros);
        parts.splice(at % (all.length + 1), 0, null);
        expect(sumOf(parts)).toBeNull();
      }),
    );
    expect(sumOf([])).toBeNull();
    expect(sumOf([euros(100), { cents: 100, currency: 'USD' }])).toBeNull();
    expect(sumOf([euros(0)])).toEqual(euros(0));
  });

  it('is read as it is written, in both languages, without a float in between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => {
        expect(centsOf(moneyText(euros(cents), 'es'))).toBe(cents);
        expect(centsOf(moneyText(euros(cents), 'en'))).toBe(cents);
      }),
    );
    expect(['30', '29,90', '29.9', '1.234,50', '1,234.50', '1.234', '-3,00'].map(centsOf)).toEqual([
      3000, 2990, 2990, 123450, 123450, 123400, -300,
    ]);
    expect(['', 'thirty', '1,2,3', '1.2345', '12,345,6', '1.234.50', '=1+1', '1e5', '0x10'].map(centsOf)).toEqual(
      Array.from({ length: 9 }, () => null),
    );
  });
});

describe('tier', () => {
  it('is the highest whose years or value are reached; what is unknown reaches nothing', () => {
    expect(tierOf(RULES, { years: 5, monthly: null })).toBe('gold');
    expect(tierOf(RULES, { years: 0, monthly: euros(6000) })).toBe('gold');
    expect(tierOf(RULES, { years: 4, monthly: euros(5999) })).toBe('silver');
    expect(tierOf(RULES, { years: null, monthly: null })).toBe('standard');
    expect(tierOf(RULES, { years: null, monthly: { cents: 9000, currency: 'USD' } })).toBe('standard');
  });

  it('never falls as years or value grow', () => {
    const rank = ['standard', 'silver', 'gold'];
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fc.nat(20000), fc.nat(20000), (years, more, cents, extra) => {
        const before = tierOf(RULES, { years, monthly: euros(cents) });
        const after = tierOf(RULES, { years: years + more, monthly: euros(cents + extra) });
        expect(rank.indexOf(after)).toBeGreaterThanOrEqual(rank.indexOf(before));
      }),
    );
  });

  it('says its rule in words', () => {
    const words = tierWords('gold', 'rule', RULES, '');
    expect(words.es.replaceAll('\u00a0', ' ')).toBe('Oro: 5 años o más de cliente, o 60,00 € al mes o más');
    expect(words.en).toBe('Gold: a customer for 5 years or more, or €60.00 a month or more');
  });

  it('counts whole years', () => {
    expect(yearsBetween('2021-03-12', '2026-03-11')).toBe(4);
    expect(yearsBetween('2021-03-12', '2026-03-12')).toBe(5);
    expect(yearsBetween('2027-01-01', '2026-03-12')).toBe(0);
  });
});

describe('a commitment', () => {
  it('says its end and what leaving costs, and when nobody knows', () => {
    const words = (costCents: number | null, today = '2026-11-22') => {
      const { es, en } = commitmentWords({ name: 'Permanencia', until: '2027-03-12', costCents }, 'EUR', today);
      return [es.replaceAll('\u00a0', ' '), en];
    };
    expect(words(8400)).toEqual([
      'Permanencia hasta 12 mar 2027: dejarla hoy cuesta 84,00 €',
      'Permanencia until 12 Mar 2027: leaving today costs €84.00',
    ]);
    expect(words(null)[0]).toBe('Permanencia hasta 12 mar 2027: no sabemos cuánto cuesta dejarla hoy');
    expect(words(0)[0]).toBe('Permanencia hasta 12 mar 2027: dejarla hoy no cuesta nada');
    expect(words(8400, '2027-03-12')[0]).toContain('cuesta 84,00 €');
    expect(words(8400, '2027-03-13')[0]).toBe('Permanencia: terminó el 12 mar 2027; irse no cuesta nada');
  });
});
