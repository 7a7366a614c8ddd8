import type { BenefitKind, BenefitValues, GoodwillLimits, Role, Tier } from '#contracts';

/** What something counts for against limits, and who may give so much. */

/**
 * In the smallest part of the currency of the limits. A discount nobody knows the end of counts for a month of it; points for what
 * they are worth; a privilege costs nothing that is counted here.
 */
export function countedValue(kind: BenefitKind, values: BenefitValues, limits: GoodwillLimits): number {
  if (kind === 'fee_discount') return Math.round(((values.monthlyFeeCents ?? 0) * (values.percent ?? 0)) / 100);
  if (kind === 'points') return Math.ceil(((values.points ?? 0) * limits.hundredPointsCents) / 100);
  return kind === 'privilege' ? 0 : (values.amountCents ?? 0);
}

/** What a role may give somebody of this tier within the window; null: as much as they like. */
export const limitOf = ({ roles }: GoodwillLimits, role: Role, tier: Tier): number | null => roles[role][tier];

/** Whether it fits beside what was given before. */
export const fits = (limits: GoodwillLimits, role: Role, tier: Tier, used: number, value: number): boolean => {
  const most = limitOf(limits, role, tier);
  return most === null || used + value <= most;
};

/** What is left; null: as much as they like. */
export function leftOf(limits: GoodwillLimits, role: Role, tier: Tier, used: number): number | null {
  const most = limitOf(limits, role, tier);
  return most === null ? null : Math.max(0, most - used);
}
