import { ImpactKind, type BenefitKind, type RuleTerms, type Tier } from '#contracts';

/** Who is newer never has better than who has been here longer, for the same trouble. */

export interface EquityRule {
  name: string;
  afterDays: number;
  tiers: readonly Tier[];
  lacks: readonly ImpactKind[];
  terms: RuleTerms;
}

/** Somebody's trouble, as rules look at it. */
export interface Trouble {
  days: number;
  lacks: readonly ImpactKind[];
}

const RANKED: readonly Tier[] = ['standard', 'silver', 'gold'];
export const tiersAbove = (tier: Tier): readonly Tier[] => RANKED.slice(RANKED.indexOf(tier) + 1);

/** What is compared of a kind: percent, cents, points. Of privileges, having one or not. */
export const worthOf = (terms: RuleTerms): number => {
  if (terms.kind === 'fee_discount') return terms.percent;
  if (terms.kind === 'points') return terms.points;
  return terms.kind === 'privilege' ? 1 : terms.amountCents;
};

/** Only what is of one kind, one currency, the same privilege can be compared. */
const unitOf = (terms: RuleTerms): string => {
  if (terms.kind === 'privilege') return `privilege ${terms.privilege}`;
  const isMoney = terms.kind === 'voucher' || terms.kind === 'repair_contribution';
  return isMoney ? `${terms.kind} ${terms.currency}` : terms.kind;
};

const isFor = (rule: EquityRule, tier: Tier, { days, lacks }: Trouble): boolean =>
  rule.afterDays <= days &&
  (rule.tiers.length === 0 || rule.tiers.includes(tier)) &&
  (rule.lacks.length === 0 || rule.lacks.some((kind) => lacks.includes(kind)));

/** The best that rules give a tier of one kind for a trouble; null: none speaks of it. */
function bestOf(rules: readonly EquityRule[], tier: Tier, trouble: Trouble, unit: string): EquityRule | null {
  return rules
    .filter((rule) => unitOf(rule.terms) === unit && isFor(rule, tier, trouble))
    .reduce<EquityRule | null>(
      (best, rule) => (best && worthOf(best.terms) >= worthOf(rule.terms) ? best : rule),
      null,
    );
}

/** By which rule somebody longer here would have less. */
export interface Unfair {
  tier: Tier;
  kind: BenefitKind;
  ruleName: string;
  theirs: number;
}

/**
 * Whether something given by hand is better than what the rules give longer-standing tiers for the same trouble. Where no rule gives
 * them anything of that kind there is nothing to compare with.
 */
export function unfairTo(rules: readonly EquityRule[], tier: Tier, trouble: Trouble, terms: RuleTerms): Unfair | null {
  for (const above of tiersAbove(tier)) {
    const best = bestOf(rules, above, trouble, unitOf(terms));
    if (best && worthOf(best.terms) < worthOf(terms))
      return { tier: above, kind: terms.kind, ruleName: best.name, theirs: worthOf(best.terms) };
  }
  return null;
}

/** To whom a rule is unfair on the day and in the trouble: who is longer here and has less of it, or nothing. */
function unfairOn(rules: readonly EquityRule[], rule: EquityRule, trouble: Trouble): Unfair | null {
  for (const tier of RANKED.filter((one) => isFor(rule, one, trouble)))
    for (const above of tiersAbove(tier)) {
      const best = bestOf(rules, above, trouble, unitOf(rule.terms));
      const theirs = best ? worthOf(best.terms) : 0;
      if (theirs < worthOf(rule.terms)) return { tier: above, kind: rule.terms.kind, ruleName: rule.name, theirs };
    }
  return null;
}

/** The same of the rules themselves: on every day and whatever is lacking. @returns the first rule that is unfair, and to whom */
export function unfairRule(rules: readonly EquityRule[]): Unfair | null {
  const days = [...new Set(rules.map(({ afterDays }) => afterDays))];
  const lacking: ImpactKind[][] = [...ImpactKind.options.map((kind) => [kind]), [...ImpactKind.options]];
  const troubles = days.flatMap((day) => lacking.map((lacks) => ({ days: day, lacks })));
  for (const rule of rules)
    for (const trouble of troubles) {
      const unfair = unfairOn(rules, rule, trouble);
      if (unfair) return unfair;
    }
  return null;
}
