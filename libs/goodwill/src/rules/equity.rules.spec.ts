import fc from 'fast-check';
import { Tier, type ImpactKind, type RuleTerms } from '#contracts';
import { unfairRule, unfairTo, type EquityRule } from './equity.rules.js';

const off = (percent: number): RuleTerms => ({ kind: 'fee_discount', percent });
const rule = (tiers: Tier[], terms: RuleTerms, more: Partial<EquityRule> = {}): EquityRule => ({
  ...{ name: `${tiers.join('+')} ${JSON.stringify(terms)}`, afterDays: 1, tiers, lacks: [], terms },
  ...more,
});
const HOUSE = [rule(['standard'], off(50)), rule(['silver', 'gold'], off(70))];
const trouble = { days: 3, lacks: ['calls' as const] };

it.each<[string, Tier, RuleTerms, string | null]>([
  ['as much as who is longer here has', 'standard', off(70), null],
  ['more than that', 'standard', off(80), 'silver'],
  ['who is longest here has nobody above', 'gold', off(100), null],
  ['what no rule speaks of', 'standard', { kind: 'points', points: 9999 }, null],
])('%s', (_, tier, terms, to) => {
  expect(unfairTo(HOUSE, tier, trouble, terms)?.tier ?? null).toBe(to);
});

it('rules of later days, of other troubles and of other currencies are not compared with', () => {
  const later = [rule(['gold'], off(20), { afterDays: 5 }), rule(['gold'], off(20), { lacks: ['photos'] })];
  expect(unfairTo(later, 'standard', trouble, off(90))).toBeNull();
  expect(unfairTo(later, 'standard', { days: 5, lacks: ['data'] }, off(90))?.tier).toBe('gold');
  const euros = (amountCents: number, currency = 'EUR'): RuleTerms => ({
    ...{ kind: 'voucher', purpose: 'data', amountCents, currency, validDays: 30 },
  });
  expect(unfairTo([rule(['gold'], euros(100))], 'standard', trouble, euros(500, 'JPY'))).toBeNull();
  expect(unfairTo([rule(['gold'], euros(100))], 'standard', trouble, euros(500))).toMatchObject({ theirs: 100 });
});

it.each<[string, EquityRule[], boolean]>([
  ['the ones of the house', HOUSE, true],
  ['newcomers alone', [rule(['standard'], off(10))], false],
  ['everybody alike', [rule([], off(10))], true],
  ['newcomers sooner', [rule(['standard'], off(10)), rule(['silver', 'gold'], off(90), { afterDays: 2 })], false],
  ['newcomers later', [rule(['standard'], off(10), { afterDays: 2 }), rule(['silver', 'gold'], off(10))], true],
  ['gold less than silver', [rule(['silver'], off(50)), rule(['gold'], off(40))], false],
  ['of one trouble only', [rule(['standard'], off(10), { lacks: ['data'] }), rule(['silver', 'gold'], off(10))], true],
  ['of another trouble', [rule(['standard'], off(10)), rule(['silver', 'gold'], off(10), { lacks: ['data'] })], false],
])('rules that are fair or not: %s', (_, rules, fair) => {
  expect(unfairRule(rules) === null).toBe(fair);
});

const anyRule = fc.record({
  tiers: fc.subarray<Tier>([...Tier.options]),
  percent: fc.constantFrom(10, 20, 30),
  afterDays: fc.nat(3),
  lacks: fc.subarray<ImpactKind>(['calls', 'data']),
});
it('whatever fair rules give, they give nobody newer more than who is longer here', () => {
  const ranked: Tier[] = ['standard', 'silver', 'gold'];
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 5 }),
      fc.nat(4),
      fc.subarray<ImpactKind>(['calls', 'data', 'apps'], { minLength: 1, maxLength: 1 }),
      (drawn, days, lacks) => {
        const rules = drawn.map(({ percent, tiers, ...more }) => rule(tiers, off(percent), more));
        fc.pre(unfairRule(rules) === null);
        const best = ranked.map((tier) =>
          Math.max(
            0,
            ...drawn
              .filter((one) => one.afterDays <= days && (one.tiers.length === 0 || one.tiers.includes(tier)))
              .filter((one) => one.lacks.length === 0 || one.lacks.some((kind) => lacks.includes(kind)))
              .map(({ percent }) => percent),
          ),
        );
        expect(best).toEqual(best.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 500 },
  );
});
