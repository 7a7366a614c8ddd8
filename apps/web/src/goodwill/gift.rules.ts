import type { BenefitKind, GiveBenefitBody, Privilege, VoucherPurpose } from '#contracts';
import { centsTyped, percentTyped } from './typed.rules.js';

/** What somebody has typed in the form of a gift. */
export interface Gift {
  kind: BenefitKind;
  currency: string;
  percent: string;
  fee: string;
  from: string;
  to: string;
  amount: string;
  purpose: VoucherPurpose;
  validDays: string;
  points: string;
  privilege: Privilege;
  personId: string;
  at: string;
  place: string;
  reason: string;
  equityReason: string;
}

export const KINDS = ['fee_discount', 'voucher', 'repair_contribution', 'points', 'privilege'] as const;
export const PURPOSES = ['calls', 'data', 'accessory', 'purchase', 'other'] as const;
export const PRIVILEGES = ['named_contact', 'call_back', 'home_pickup'] as const;

export const EMPTY_GIFT: Gift = {
  ...{ kind: 'voucher', currency: 'EUR', percent: '50', fee: '', from: '', to: '', amount: '' },
  ...{ purpose: 'purchase', validDays: '180', points: '500', privilege: 'named_contact', personId: '' },
  ...{ at: '', place: '', reason: '', equityReason: '' },
};

const whole = (typed: string): number | null => (/^[1-9]\d{0,6}$/u.test(typed.trim()) ? Number(typed) : null);

type Why = Pick<GiveBenefitBody, 'reason' | 'equityReason'>;

/** What is said of each kind; null: something is missing or cannot be. */
const BODIES: Record<
  BenefitKind,
  (gift: Gift, why: Why, instant: (typed: string) => string) => GiveBenefitBody | null
> = {
  fee_discount: ({ percent: typed, fee, currency, from, to }, why) => {
    const [percent, monthlyFeeCents] = [percentTyped(typed), centsTyped(fee, currency)];
    if (!percent || !monthlyFeeCents) return null;
    return { kind: 'fee_discount', percent, monthlyFeeCents, currency, ...filled({ from, to }), ...why };
  },
  voucher: ({ amount, currency, purpose, validDays: typed }, why) => {
    const [amountCents, validDays] = [centsTyped(amount, currency), whole(typed)];
    return amountCents && validDays ? { kind: 'voucher', purpose, amountCents, currency, validDays, ...why } : null;
  },
  repair_contribution: ({ amount, currency }, why) => {
    const amountCents = centsTyped(amount, currency);
    return amountCents ? { kind: 'repair_contribution', amountCents, currency, ...why } : null;
  },
  points: ({ points: typed }, why) => {
    const points = whole(typed);
    return points ? { kind: 'points', points, ...why } : null;
  },
  privilege: ({ privilege, personId, at: typed, place }, why, instant) => {
    const at = typed === '' ? '' : instant(typed);
    return { kind: 'privilege', privilege, ...filled({ personId, at, place: place.trim() }), ...why };
  },
};

/** Without what was left empty. */
const filled = <T extends Record<string, string>>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<T>;

/**
 * What is sent; null: something is missing or cannot be.
 * @param instant the moment that was typed, by the clock of the workspace
 */
export function giftBody(gift: Gift, instant: (typed: string) => string): GiveBenefitBody | null {
  const [reason, equityReason] = [gift.reason.trim(), gift.equityReason.trim()];
  return reason === '' ? null : BODIES[gift.kind](gift, { reason, ...filled({ equityReason }) }, instant);
}
