import type {
  BenefitKind,
  GoodwillRule,
  ImpactKind,
  NewGoodwillRuleBody,
  Privilege,
  RuleTerms,
  Tier,
  VoucherPurpose,
} from '#contracts';
import { centsTyped, percentTyped, typedOf } from './typed.rules.js';

/** What somebody has typed in the form of a rule. */
export interface RuleDraft {
  name: string;
  days: string;
  tiers: readonly Tier[];
  lacks: readonly ImpactKind[];
  kind: BenefitKind;
  percent: string;
  amount: string;
  currency: string;
  purpose: VoucherPurpose;
  validDays: string;
  points: string;
  privilege: Privilege;
}

const EMPTY: Omit<RuleDraft, 'currency'> = {
  ...{ name: '', days: '1', tiers: [], lacks: [], kind: 'fee_discount', percent: '50', amount: '10' },
  ...{ purpose: 'purchase', validDays: '180', points: '500', privilege: 'named_contact' },
};

const typedTerms = (terms: RuleTerms): Partial<RuleDraft> => {
  if (terms.kind === 'fee_discount') return { percent: String(terms.percent).replace('.', ',') };
  if (terms.kind === 'points') return { points: String(terms.points) };
  if (terms.kind === 'privilege') return { privilege: terms.privilege };
  const { amountCents, currency } = terms;
  const more = terms.kind === 'voucher' ? { purpose: terms.purpose, validDays: String(terms.validDays) } : {};
  return { amount: typedOf(amountCents, currency), currency, ...more };
};

/** As it stands, to be changed; null: a new one. */
export const draftOf = (rule: GoodwillRule | null, currency: string): RuleDraft =>
  rule === null
    ? { ...EMPTY, currency }
    : {
        ...{ ...EMPTY, currency, name: rule.name, days: String(rule.afterDays) },
        ...{ tiers: rule.tiers, lacks: rule.lacks, kind: rule.terms.kind },
        ...typedTerms(rule.terms),
      };

const whole = (typed: string, least: number, most: number): number | null => {
  const value = /^\d{1,7}$/u.test(typed.trim()) ? Number(typed.trim()) : Number.NaN;
  return value >= least && value <= most ? value : null;
};

const TERMS: Record<BenefitKind, (draft: RuleDraft) => RuleTerms | null> = {
  fee_discount: ({ percent: typed }) => {
    const percent = percentTyped(typed);
    return percent ? { kind: 'fee_discount', percent } : null;
  },
  voucher: ({ amount, currency, purpose, validDays: typed }) => {
    const [amountCents, validDays] = [centsTyped(amount, currency), whole(typed, 1, 730)];
    return amountCents && validDays ? { kind: 'voucher', purpose, amountCents, currency, validDays } : null;
  },
  repair_contribution: ({ amount, currency }) => {
    const amountCents = centsTyped(amount, currency);
    return amountCents ? { kind: 'repair_contribution', amountCents, currency } : null;
  },
  points: ({ points: typed }) => {
    const points = whole(typed, 1, 1_000_000);
    return points ? { kind: 'points', points } : null;
  },
  privilege: ({ privilege }) => ({ kind: 'privilege', privilege }),
};

/** What is sent; null: something is missing or cannot be. */
export function ruleSaid(draft: RuleDraft): NewGoodwillRuleBody | null {
  const [name, afterDays, terms] = [draft.name.trim(), whole(draft.days, 0, 365), TERMS[draft.kind](draft)];
  if (name === '' || afterDays === null || terms === null) return null;
  return { name, afterDays, tiers: [...draft.tiers], lacks: [...draft.lacks], terms };
}

/** One more or one less of several. */
export const toggled = <T>(chosen: readonly T[], one: T): T[] =>
  chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one];
