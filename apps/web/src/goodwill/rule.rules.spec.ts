import type { GoodwillRule, RuleTerms } from '#contracts';
import { draftOf, ruleSaid, toggled } from './rule.rules.js';

const TERMS: RuleTerms[] = [
  { kind: 'fee_discount', percent: 33.33 },
  { kind: 'voucher', purpose: 'data', amountCents: 1050, currency: 'EUR', validDays: 30 },
  { kind: 'voucher', purpose: 'calls', amountCents: 1050, currency: 'JPY', validDays: 30 },
  { kind: 'repair_contribution', amountCents: 12_345, currency: 'KWD' },
  { kind: 'points', points: 500 },
  { kind: 'privilege', privilege: 'call_back' },
];
const rule = (terms: RuleTerms): GoodwillRule => ({
  ...{ id: '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11', name: 'Tres días', isActive: true, version: 2, afterDays: 3 },
  ...{ tiers: ['gold'], lacks: ['calls'], terms, by: null, at: '2026-11-01T00:00:00.000Z' },
});

it.each(TERMS)('a rule that is opened and not touched says the same: %j', (terms) => {
  const { name, afterDays, tiers, lacks } = rule(terms);
  expect(ruleSaid(draftOf(rule(terms), 'EUR'))).toEqual({ name, afterDays, tiers, lacks, terms });
});

it.each([
  ['nothing', {}, false],
  ['a name', { name: 'Dos días' }, true],
  ['no day', { name: 'x', days: '' }, false],
  ['days after a year', { name: 'x', days: '366' }, false],
  ['the first day', { name: 'x', days: '0' }, true],
  ['more than all', { name: 'x', percent: '101' }, false],
  ['half a yen', { name: 'x', kind: 'voucher', currency: 'JPY', amount: '5,5' } as const, false],
  [
    'three digits of a dinar',
    { name: 'x', kind: 'repair_contribution', currency: 'KWD', amount: '5,125' } as const,
    true,
  ],
  ['no points', { name: 'x', kind: 'points', points: '0' } as const, false],
  ['for no time', { name: 'x', kind: 'voucher', validDays: '0' } as const, false],
])('a new one with %s', (_, typed, whole) => {
  expect(ruleSaid({ ...draftOf(null, 'EUR'), ...typed }) !== null).toBe(whole);
});

it('one more or one less', () => {
  expect(toggled(toggled(['gold'], 'silver'), 'gold')).toEqual(['silver']);
});
