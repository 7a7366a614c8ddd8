import type { BenefitPreview, BenefitPreviewBody } from '#contracts';
import { daysFrom, discountLines, sumOf } from './discount.rules.js';

/** What a discount would come to: the same code as what is owed for one that was given. */
export function previewOf({ percent, monthlyFeeCents, from, to }: BenefitPreviewBody): BenefitPreview {
  const lines = discountLines(daysFrom(from, to).map((date) => ({ date, percent, monthlyFeeCents })));
  return { amountCents: sumOf(lines), lines };
}
