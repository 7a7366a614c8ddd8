import type { NewGoodwillRuleBody } from './goodwill.js';
import type { ImpactKind, Tier } from './words.js';

/** What a rule would say of a case, and where it says nothing, why. */

/** A case as rules look at it. */
export interface RuleCase {
  tier: Tier;
  /** Whole days without something; null: it lacks nothing. */
  days: number | null;
  lacks: readonly ImpactKind[];
}

export type RuleAnswer = 'proposes' | 'lacks_nothing' | 'other_tier' | 'other_lacks' | 'too_early';

/** The first thing that keeps it from being proposed is the one that is told: what does not pass by waiting comes first. */
export function ruleAnswer(
  { afterDays, tiers, lacks }: Pick<NewGoodwillRuleBody, 'afterDays' | 'tiers' | 'lacks'>,
  { tier, days, lacks: missing }: RuleCase,
): RuleAnswer {
  if (days === null) return 'lacks_nothing';
  if (tiers.length > 0 && !tiers.includes(tier)) return 'other_tier';
  if (lacks.length > 0 && !lacks.some((kind) => missing.includes(kind))) return 'other_lacks';
  return days < afterDays ? 'too_early' : 'proposes';
}
