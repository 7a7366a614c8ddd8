import { z } from 'zod';
import { BenefitLine, KnownCurrency, Percent } from './benefit.preview.js';
import { Cents, Day } from './card.js';
import { Id, Instant, PageQuery, page, PersonRef } from './primitives.js';
import { DeliveryState, ReplyChannel, Tier } from './words.js';

/** What a customer is given for their trouble. What the law says they are owed is another ledger: see compensations. */

export const BenefitKind = z.enum(['fee_discount', 'voucher', 'repair_contribution', 'points', 'privilege']);
export type BenefitKind = z.infer<typeof BenefitKind>;

/**
 * proposed: by a rule, or by somebody who may not give so much · approved: decided, begins in the same moment or later ·
 * active: runs · issued: handed out · stopped: does not run any more, its amount is final · ended: used up or over.
 */
export const BenefitState = z.enum([
  'proposed',
  'approved',
  'active',
  'issued',
  'stopped',
  'ended',
  'refused',
  'cancelled',
]);
export type BenefitState = z.infer<typeof BenefitState>;

export const Privilege = z.enum(['named_contact', 'call_back', 'home_pickup']);
export type Privilege = z.infer<typeof Privilege>;

/** What a voucher is for. */
export const VoucherPurpose = z.enum(['calls', 'data', 'accessory', 'purchase', 'other']);
export type VoucherPurpose = z.infer<typeof VoucherPurpose>;

/** Why somebody with more say is needed: it is above what the role may give, it was refused before, or who is newer would have more. */
export const ApprovalReason = z.enum(['above_limit', 'refused_before', 'unfair']);
export type ApprovalReason = z.infer<typeof ApprovalReason>;

const text = (most: number) => z.string().trim().min(1).max(most);
const amount = { amountCents: Cents.min(1), currency: KnownCurrency };

const discount = { kind: z.literal('fee_discount'), percent: Percent.min(0.01) };
const voucher = {
  ...{ kind: z.literal('voucher'), purpose: VoucherPurpose, ...amount },
  validDays: z.number().int().min(1).max(730),
};
const contribution = { kind: z.literal('repair_contribution'), ...amount };
const points = { kind: z.literal('points'), points: z.number().int().min(1).max(1_000_000) };
const privilege = { kind: z.literal('privilege'), privilege: Privilege };

/** What a rule offers: a discount is on whatever fee the customer pays. */
export const RuleTerms = z.discriminatedUnion('kind', [
  z.strictObject(discount),
  z.strictObject(voucher),
  z.strictObject(contribution),
  z.strictObject(points),
  z.strictObject(privilege),
]);
export type RuleTerms = z.infer<typeof RuleTerms>;

const given = {
  reason: text(500),
  /** Why they may have more than who has been here longer; only who approves may say so. */
  equityReason: text(500).optional(),
};

export const GiveBenefitBody = z.discriminatedUnion('kind', [
  z.strictObject({
    ...discount,
    monthlyFeeCents: Cents.min(1),
    currency: KnownCurrency,
    /** The first local day; without it the day they lost what they lack. */
    from: Day.optional(),
    /** The first day that does not count any more; without it, it runs until all works again. */
    to: Day.optional(),
    /** Which of their lines, where they have several. */
    line: text(40).optional(),
    ...given,
  }),
  z.strictObject({ ...voucher, ...given }),
  z.strictObject({ ...contribution, ...given }),
  z.strictObject({ ...points, ...given }),
  z.strictObject({
    ...privilege,
    /** Who is there for them, when they are called back, where they are picked up. */
    personId: Id.optional(),
    at: Instant.optional(),
    place: text(200).optional(),
    ...given,
  }),
]);
export type GiveBenefitBody = z.infer<typeof GiveBenefitBody>;

/** Of a proposal of a rule: the fee where it is not known, and why. Of what somebody asked for: nothing but a word. */
export const ApproveBenefitBody = z.strictObject({
  monthlyFeeCents: Cents.min(1).optional(),
  currency: KnownCurrency.optional(),
  reason: text(500).optional(),
  equityReason: text(500).optional(),
});
export type ApproveBenefitBody = z.infer<typeof ApproveBenefitBody>;

export const RefuseBenefitBody = z.strictObject({ by: z.enum(['us', 'customer']), reason: text(500) });
export type RefuseBenefitBody = z.infer<typeof RefuseBenefitBody>;
export const StopBenefitBody = z.strictObject({ reason: text(500) });
/** From then on their monthly fee is another one. */
export const BenefitFeeBody = z.strictObject({ from: Day, monthlyFeeCents: Cents.min(0) });
export type BenefitFeeBody = z.infer<typeof BenefitFeeBody>;

/** What its sentence is made of; which of them there are follows from the kind. */
export const BenefitValues = z
  .object({
    percent: z.number(),
    monthlyFeeCents: z.number().int().nullable(),
    amountCents: z.number().int(),
    currency: z.string(),
    purpose: VoucherPurpose,
    validDays: z.number().int(),
    points: z.number().int(),
    privilege: Privilege,
    personName: z.string(),
    at: Instant,
    place: z.string(),
    line: z.string(),
  })
  .partial();
export type BenefitValues = z.infer<typeof BenefitValues>;

export const Benefit = z.object({
  id: Id,
  caseId: Id,
  kind: BenefitKind,
  state: BenefitState,
  values: BenefitValues,
  /** Of the limits: of a discount that runs a month of it, then what it came to. */
  valueCents: z.number().int(),
  currency: z.string(),
  tier: Tier,
  /** The rule that proposed it; null: a person. */
  rule: z.object({ id: Id, name: z.string(), version: z.number().int(), afterDays: z.number().int() }).nullable(),
  needs: z.array(ApprovalReason),
  reason: z.string().nullable(),
  equityReason: z.string().nullable(),
  askedBy: PersonRef.nullable(),
  decidedBy: PersonRef.nullable(),
  decisionReason: z.string().nullable(),
  /** Who did not want it, of what was refused. */
  refusedBy: z.enum(['us', 'customer']).nullable(),
  /** Of discounts: local days, `to` the first that does not count; null: until all works again. */
  from: Day.nullable(),
  to: Day.nullable(),
  /** Of discounts: what the days up to today come to. */
  accruedCents: z.number().int().nullable(),
  days: z.number().int().nullable(),
  /** Of vouchers: the end of the code, which is all that is known of it. */
  codeEnds: z.string().nullable(),
  /** Whether somebody has seen it whole; it is shown once. */
  codeShown: z.boolean(),
  /** By which way the customer was written the code; null: there was none that is open, somebody has to tell them. */
  codeWay: z.object({ channel: ReplyChannel, state: DeliveryState }).nullable(),
  expiresAt: Instant.nullable(),
  createdAt: Instant,
  stateAt: Instant,
  /** Whether the system it is for has it: of the newest message to it. */
  sent: z.enum(['waiting', 'sent', 'dead']).nullable(),
});
export type Benefit = z.infer<typeof Benefit>;

/** Told once, to whoever tells the customer. */
export const VoucherCode = z.object({ code: z.string(), expiresAt: Instant });
export type VoucherCode = z.infer<typeof VoucherCode>;

export const BenefitDetail = Benefit.extend({ lines: z.array(BenefitLine) });
export type BenefitDetail = z.infer<typeof BenefitDetail>;

/** A monthly fee somebody's account speaks of. */
export const KnownFee = z.object({
  monthlyFeeCents: z.number().int(),
  currency: z.string(),
  plan: z.string().nullable(),
  number: z.string(),
});
export type KnownFee = z.infer<typeof KnownFee>;

/** What stands, what was refused and what is proposed: the same for whoever looks. */
export const CaseBenefits = z.object({
  items: z.array(Benefit),
  /** Since when they lack something, and how many whole days that is; null: they lack nothing. */
  without: z.object({ since: Instant, days: z.number().int(), from: Day }).nullable(),
  timeZone: z.string(),
  tier: Tier,
  fees: z.array(KnownFee),
  /** What the reader may still give this customer; null: as much as they like. */
  left: z.object({ cents: z.number().int().nullable(), currency: z.string(), windowDays: z.number().int() }),
  canGive: z.boolean(),
});
export type CaseBenefits = z.infer<typeof CaseBenefits>;

export const ApprovalsQuery = PageQuery;
/** What waits for somebody with more say. */
export const Approval = Benefit.extend({
  case: z.object({ id: Id, reference: z.string(), customerName: z.string() }),
  /** Whether the reader may decide: not what they asked for, and not above their own limit. */
  mine: z.boolean(),
});
export type Approval = z.infer<typeof Approval>;
export const ApprovalPage = page(Approval);
export type ApprovalPage = z.infer<typeof ApprovalPage>;
