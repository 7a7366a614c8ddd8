import { z } from 'zod';
import { isCurrency } from './money.rules.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { ApprovalHow, Payer, QuoteLineKind, QuoteState } from './repairs.words.js';

/** Quotes: what a repair costs, who pays how much of it, and what is covered afterwards. */

/** In the smallest unit of the currency; a quote is never about more than a device is worth many times over. */
export const QuoteCents = z.number().int().min(0).max(100_000_000);

/** ISO 4217. */
export const QuoteCurrency = z
  .string()
  .regex(/^[A-Z]{3}$/u)

  .refine(isCurrency, { message: 'no such currency' });

export const Shares = z.object({
  manufacturer: z.number().int().min(0),
  carrier: z.number().int().min(0),
  goodwill: z.number().int().min(0),
  customer: z.number().int().min(0),
});
export type Shares = z.infer<typeof Shares>;

const words = (most: number) => z.string().trim().min(1).max(most);

export const QuoteLineBody = z
  .object({
    description: words(200),
    kind: QuoteLineKind,
    quantity: z.number().int().min(1).max(99).default(1),
    /** Of one, as the list has it. */
    listCents: QuoteCents,
    /** Of one, as it was agreed. */
    agreedCents: QuoteCents,
    /** Where the agreed price comes from: a contract, a rate, a letter; needed where it is below the list. */
    agreement: words(200).nullish(),
    /** What others pay of the line; the rest is the customer's. */
    shares: z.object({ manufacturer: QuoteCents, carrier: QuoteCents, goodwill: QuoteCents }).partial().default({}),
  })
  .refine(({ listCents, agreedCents }) => agreedCents <= listCents, {
    path: ['agreedCents'],
    message: 'an agreed price is never above the list',
  });
export type QuoteLineBody = z.infer<typeof QuoteLineBody>;

/** What is covered once it is repaired. */
export const RepairCover = z.object({ months: z.number().int().min(0).max(120), what: words(500) });
export type RepairCover = z.infer<typeof RepairCover>;

export const QuoteBody = z.object({
  currency: QuoteCurrency.default('EUR'),
  lines: z.array(QuoteLineBody).min(1).max(40),
  /** What somebody pays of the whole: spread over what is left to the customer of each line. */
  contributions: z
    .array(z.object({ payer: Payer.exclude(['customer']), cents: QuoteCents }))
    .max(9)
    .default([]),
  cover: RepairCover.nullish(),
  validUntil: Instant.nullish(),
});
export type QuoteBody = z.infer<typeof QuoteBody>;

export const QuoteLine = z.object({
  description: z.string(),
  kind: QuoteLineKind,
  quantity: z.number().int(),
  listCents: z.number().int(),
  agreedCents: z.number().int(),
  agreement: z.string().nullable(),
  totalCents: z.number().int(),
  /** They sum to `totalCents`. */
  shares: Shares,
});
export type QuoteLine = z.infer<typeof QuoteLine>;

export const QuoteDecision = z.object({
  how: ApprovalHow,
  /** Who said so, as they wrote their name. */
  byName: z.string(),
  at: Instant,
  /** Of a refusal. */
  reason: z.string().nullable(),
  /** Before whom; null: on the page of the case, or nobody had to. */
  recordedBy: PersonRef.nullable(),
  /** From which address on the network; of a decision by link. */
  ip: z.string().nullable(),
  signatureId: Id.nullable(),
});
export type QuoteDecision = z.infer<typeof QuoteDecision>;

export const Quote = z.object({
  id: Id,
  repairId: Id,
  version: z.number().int(),
  state: QuoteState,
  currency: z.string(),
  lines: z.array(QuoteLine),
  listCents: z.number().int(),
  totalCents: z.number().int(),
  shares: Shares,
  cover: RepairCover.nullable(),
  validUntil: Instant.nullable(),
  /** SHA-256 of what was offered (`canonicalQuote`), in hex; null: not offered yet. */
  hash: z.string().nullable(),
  offeredBy: PersonRef.nullable(),
  offeredAt: Instant.nullable(),
  /** How often the customer was reminded. */
  nudges: z.number().int(),
  decision: QuoteDecision.nullable(),
});
export type Quote = z.infer<typeof Quote>;

export const OfferQuoteBody = z.object({
  /** Whether the customer is written to with a link to it. */
  tell: z.boolean().default(true),
});
export type OfferQuoteBody = z.infer<typeof OfferQuoteBody>;

/** At the counter: who says yes, and what shows that it is them. */
export const ApproveQuoteBody = z.object({
  byName: words(200),
  /** Of what was read to them: an approval is of one text. */
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  /** What they signed; without it who they are must have been shown. */
  signatureId: Id.optional(),
});
export type ApproveQuoteBody = z.infer<typeof ApproveQuoteBody>;

export const DeclineQuoteBody = z.object({ byName: words(200), reason: words(500) });
export type DeclineQuoteBody = z.infer<typeof DeclineQuoteBody>;
