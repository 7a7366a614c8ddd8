import {
  BENEFIT_TRANSITIONS,
  BenefitKind,
  BenefitState,
  canMoveBenefit,
  isBenefitOver,
  TAKES_EFFECT_AS,
} from '#contracts';

const ALLOWED = new Set([
  ...['proposed approved', 'proposed refused', 'proposed cancelled'],
  ...['approved active', 'approved issued', 'approved cancelled'],
  ...['active stopped', 'active ended', 'issued ended'],
]);
const pairs = BenefitState.options.flatMap((from) => BenefitState.options.map((to) => [from, to] as const));

it.each(pairs)('from %s to %s', (from, to) => {
  expect(canMoveBenefit(from, to)).toBe(ALLOWED.has(`${from} ${to}`));
});

it('what is over goes nowhere, and everything else gets over', () => {
  const over = BenefitState.options.filter(isBenefitOver);
  expect(over).toEqual(['stopped', 'ended', 'refused', 'cancelled']);
  const reaches = (from: BenefitState): boolean => isBenefitOver(from) || BENEFIT_TRANSITIONS[from].some(reaches);
  expect(BenefitState.options.every(reaches)).toBe(true);
  for (const kind of BenefitKind.options) expect(canMoveBenefit('approved', TAKES_EFFECT_AS[kind])).toBe(true);
});
