import { z } from 'zod';
import { Cents, Day } from './card.js';
import { isCurrency } from './money.rules.js';

/** What a discount on a monthly fee comes to, of nobody in particular. */

/** So many days are worked out at once. */
export const MOST_DISCOUNT_DAYS = 1_830;

const DAY_MS = 86_400_000;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** Of a hundred, down to a hundredth. */
export const Percent = z.number().min(0).max(100).multipleOf(0.01);
export const KnownCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/u)
  .refine(isCurrency, { message: 'is no currency' });

export const BenefitPreviewBody = z
  .object({
    kind: z.literal('fee_discount'),
    percent: Percent,
    monthlyFeeCents: Cents.min(0),
    currency: KnownCurrency,
    /** Local days: the first that counts, and the first that does not any more. */
    from: Day,
    to: Day,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' })
  .refine(({ from, to }) => daysBetween(from, to) <= MOST_DISCOUNT_DAYS, {
    path: ['to'],
    message: `at most ${MOST_DISCOUNT_DAYS} days are worked out at once`,
  });
export type BenefitPreviewBody = z.infer<typeof BenefitPreviewBody>;

export const BenefitLine = z.object({ date: Day, amountCents: z.number().int() });
export type BenefitLine = z.infer<typeof BenefitLine>;

/** The lines add up to the amount. */
export const BenefitPreview = z.object({ amountCents: z.number().int(), lines: z.array(BenefitLine) });
export type BenefitPreview = z.infer<typeof BenefitPreview>;
