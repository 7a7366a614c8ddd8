import { z } from 'zod';
import { HandoffOutcome } from './handoffs.words.js';
import { Id, Instant } from './primitives.js';
import { QuoteCents, QuoteCurrency, RepairCover } from './quotes.js';
import { QuoteLineKind } from './repairs.words.js';

/**
 * What two companies say to each other about a handoff, whichever way it travels: every gateway reads its own format into these and
 * writes them out again. Nothing else of the house knows TMF621 or the words of a mail.
 */

const words = (most: number) => z.string().trim().min(1).max(most);
const maybe = (most: number) => words(most).nullish();

export const Contact = z.object({
  name: words(120),
  email: z.email().max(254).nullish(),
  phone: words(40).nullish(),
});
export type Contact = z.infer<typeof Contact>;

/** A price as a partner says it: of one piece, what their list has and what they ask of us. */
export const PartnerQuoteLine = z
  .object({
    description: words(200),
    kind: QuoteLineKind.default('other'),
    quantity: z.number().int().min(1).max(99).default(1),
    listCents: QuoteCents,
    priceCents: QuoteCents,
  })
  .refine(({ listCents, priceCents }) => priceCents <= listCents, {
    path: ['priceCents'],
    message: 'a price is never above the list',
  });

export const PartnerQuote = z.object({
  currency: QuoteCurrency.default('EUR'),
  lines: z.array(PartnerQuoteLine).min(1).max(40),
  /** Where a price below the list comes from. */
  agreement: maybe(200),
  cover: RepairCover.nullish(),
  validUntil: Instant.nullish(),
});
export type PartnerQuote = z.infer<typeof PartnerQuote>;

const said = { text: maybe(5000) };

/** What whoever took the work says. */
export const TakerWord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('acknowledged'), ...said }),
  z.object({
    kind: z.literal('accepted'),
    ...said,
    /** Their number for it: case, RMA. */
    partnerRef: maybe(80),
    engineer: Contact.nullish(),
    etaAt: Instant.nullish(),
  }),
  z.object({ kind: z.literal('rejected'), reason: words(2000), nextStep: maybe(500) }),
  z.object({ kind: z.literal('asked'), question: words(2000) }),
  z.object({ kind: z.literal('in_progress'), ...said }),
  z.object({ kind: z.literal('eta'), etaAt: Instant, reason: maybe(500) }),
  z.object({ kind: z.literal('quoted'), quote: PartnerQuote, ...said }),
  /** The device is with them. */
  z.object({ kind: z.literal('received'), ...said }),
  /** They sent it back. */
  z.object({ kind: z.literal('dispatched'), carrier: maybe(80), trackingNumber: maybe(80), etaAt: Instant.nullish() }),
  z.object({
    kind: z.literal('resolved'),
    outcome: HandoffOutcome,
    text: words(5000),
    cover: RepairCover.nullish(),
  }),
]);
export type TakerWord = z.infer<typeof TakerWord>;

/** What whoever gave the work says. */
export const GiverWord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent') }),
  /** The answer to what was asked. */
  z.object({ kind: z.literal('info'), text: words(5000) }),
  z.object({ kind: z.literal('quote_answered'), approved: z.boolean(), ...said }),
  /** Nobody answers; `to`: who of them is written to next. */
  z.object({ kind: z.literal('nudged'), ...said, to: Contact.nullish() }),
  /** It goes back: what was done does not hold. */
  z.object({ kind: z.literal('reopened'), reason: words(2000) }),
  z.object({ kind: z.literal('cancelled'), reason: words(2000) }),
  /** And what was told of the customer is to be forgotten. */
  z.object({ kind: z.literal('recalled'), reason: words(2000) }),
  z.object({ kind: z.literal('closed'), ...said }),
]);
export type GiverWord = z.infer<typeof GiverWord>;

/** What either says. */
export const EitherWord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('note'), text: words(5000) }),
  z.object({ kind: z.literal('file'), attachmentIds: z.array(Id).min(1).max(20), ...said }),
]);
export type EitherWord = z.infer<typeof EitherWord>;

export const HandoffWord = z.union([TakerWord, GiverWord, EitherWord]);
export type HandoffWord = z.infer<typeof HandoffWord>;
export type HandoffWordKind = HandoffWord['kind'];

/** A word of the other side as a gateway hands it in. */
export const PartnerMessage = z.object({
  word: HandoffWord,
  /** What it is to them: unique per handoff, so that it counts once however often it comes. */
  externalRef: words(300),
  /** When they said so, by their clock: which of two that met on the way counts. */
  at: Instant,
  by: Contact.partial({ name: true }).nullish(),
  attachmentIds: z.array(Id).max(20).default([]),
});
export type PartnerMessage = z.infer<typeof PartnerMessage>;
