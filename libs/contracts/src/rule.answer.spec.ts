import { ruleAnswer, type RuleCase } from './rule.answer.js';

const GOLD: RuleCase = { tier: 'gold', days: 3, lacks: ['calls', 'data'] };
const rule = { afterDays: 3, tiers: [], lacks: [] };

it.each([
  ['everybody on that day', rule, GOLD, 'proposes'],
  ['the day before', rule, { ...GOLD, days: 2 }, 'too_early'],
  ['all of it works', rule, { ...GOLD, days: null }, 'lacks_nothing'],
  ['of their tier', { ...rule, tiers: ['silver', 'gold'] as const }, GOLD, 'proposes'],
  ['of another tier', { ...rule, tiers: ['standard'] as const }, GOLD, 'other_tier'],
  ['another tier, and too early', { ...rule, tiers: ['standard'] as const }, { ...GOLD, days: 0 }, 'other_tier'],
  ['one of what is lacking', { ...rule, lacks: ['data', 'photos'] as const }, GOLD, 'proposes'],
  ['something else', { ...rule, lacks: ['photos'] as const }, GOLD, 'other_lacks'],
  ['the first day', { ...rule, afterDays: 0 }, { ...GOLD, days: 0 }, 'proposes'],
])('%s', (_, says, of, answer) => {
  expect(ruleAnswer({ ...says, tiers: [...says.tiers], lacks: [...says.lacks] }, of)).toBe(answer);
});
