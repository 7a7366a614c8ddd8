import type { Language, Money, Tier, TierRule } from '#contracts';
import { moneyText } from './value.rules.js';

const RANK: Record<Tier, number> = { standard: 0, silver: 1, gold: 2 };
const NAMES: Record<Tier, Record<Language, string>> = {
  standard: { es: 'Estándar', en: 'Standard' },
  silver: { es: 'Plata', en: 'Silver' },
  gold: { es: 'Oro', en: 'Gold' },
};

/** Whole years from one day of the calendar to another. */
export function yearsBetween(since: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(since.slice(0, 4));
  return Math.max(0, today.slice(5) < since.slice(5) ? years - 1 : years);
}

/** What the rules can go by; null: unknown, which fulfils nothing. */
export interface Standing {
  years: number | null;
  monthly: Money | null;
}

const fulfils = (rule: TierRule, { years, monthly }: Standing): boolean =>
  (rule.minYears !== null && years !== null && years >= rule.minYears) ||
  (rule.minMonthlyCents !== null &&
    monthly !== null &&
    monthly.currency === rule.currency &&
    monthly.cents >= rule.minMonthlyCents);

/** The highest tier whose rule is fulfilled; either condition is enough. */
export const tierOf = (rules: readonly TierRule[], standing: Standing): Tier =>
  rules
    .filter((rule) => fulfils(rule, standing))
    .reduce<Tier>((best, { tier }) => (RANK[tier] > RANK[best] ? tier : best), 'standard');

function conditions(rule: TierRule, language: Language): string {
  const es = language === 'es';
  const parts: string[] = [];
  if (rule.minYears !== null)
    parts.push(es ? `${rule.minYears} años o más de cliente` : `a customer for ${rule.minYears} years or more`);
  if (rule.minMonthlyCents !== null) {
    const amount = moneyText({ cents: rule.minMonthlyCents, currency: rule.currency }, language);
    parts.push(es ? `${amount} al mes o más` : `${amount} a month or more`);
  }
  return parts.join(es ? ', o ' : ', or ');
}

/** The rule of a tier as a sentence; made of the rule itself, so that the two never differ. */
export function tierWords(
  tier: Tier,
  by: 'rule' | 'import' | 'standing',
  rules: readonly TierRule[],
  source: string,
): Record<Language, string> {
  const rule = rules.find((one) => one.tier === tier);
  const words = (language: Language): string => {
    const name = NAMES[tier][language];
    if (by === 'import') return language === 'es' ? `${name}: lo dice ${source}` : `${name}: says ${source}`;
    if (by === 'standing') return language === 'es' ? `${name}: consta en su ficha` : `${name}: on their record`;
    if (!rule) return language === 'es' ? `${name}: no cumple otra condición` : `${name}: meets no other condition`;
    return `${name}: ${conditions(rule, language)}`;
  };
  return { es: words('es'), en: words('en') };
}
