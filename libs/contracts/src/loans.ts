import { z } from 'zod';
import { Condition } from './counter.js';
import {
  LoanerAccessory,
  LoanerGrade,
  LoanerModelRef,
  LoanerOs,
  LoanerSim,
  LoanerStoreRef,
  LoanFault,
  LoanOutcome,
  LoanRung,
  LoanState,
} from './loaners.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { ImpactKind } from './words.js';

/** What is decided of lending somebody a phone, and each loan from its reservation to its end. */

const words = (most: number) => z.string().trim().min(1).max(most);

/** Why a model fits a customer or does not; nothing is left out for it. */
export const LoanerFitCode = z.enum(['os_same', 'os_other', 'os_unknown', 'sim_fits', 'sim_other', 'sim_unknown']);
export type LoanerFitCode = z.infer<typeof LoanerFitCode>;
export const LoanerFit = z.object({ code: LoanerFitCode, ok: z.boolean().nullable() });
export type LoanerFit = z.infer<typeof LoanerFit>;

/** What the customer has, as far as it is known. */
export const LoanWish = z.object({ os: LoanerOs.nullable(), sim: LoanerSim.nullable() });
export type LoanWish = z.infer<typeof LoanWish>;
export const LoanerOffersQuery = z.object({
  storeId: Id.optional(),
  os: LoanerOs.optional(),
  sim: LoanerSim.optional(),
});

/** Whether somebody may be lent one, by a rule of the house. */
export const LoanRule = z.object({
  code: z.string().regex(/^[a-z][a-z_]{1,39}$/u),
  text: z.object({ es: words(200), en: words(200) }),
  /** `person`: somebody says so · the others are looked up. */
  check: z.enum(['person', 'earlier_lost', 'overdue']),
  active: z.boolean(),
});
export type LoanRule = z.infer<typeof LoanRule>;

export const OfferedModel = z.object({
  model: LoanerModelRef,
  loaners: z.array(z.object({ id: Id, label: z.string(), grade: LoanerGrade })),
  fits: z.array(LoanerFit),
});
export type OfferedModel = z.infer<typeof OfferedModel>;
/** What can be offered, nearest store first. */
export const LoanerOffers = z.object({
  wish: LoanWish,
  /** Rules that speak against it, of those that are looked up. */
  against: z.array(LoanRule),
  stores: z.array(
    z.object({ store: LoanerStoreRef, distanceKm: z.number().nullable(), models: z.array(OfferedModel) }),
  ),
});
export type LoanerOffers = z.infer<typeof LoanerOffers>;

export const LoanDecisionBody = z
  .object({
    outcome: LoanOutcome,
    storeId: Id,
    deviceId: Id.optional(),
    repairId: Id.optional(),
    /** Of `accepted`: this one, or any of a model. */
    loanerId: Id.optional(),
    modelId: Id.optional(),
    rule: z.string().max(40).optional(),
    reason: words(500).optional(),
    /** So long it is kept for them; without it, as the house does. */
    keepHours: z.number().int().min(1).max(720).optional(),
  })
  .refine(({ outcome, reason }) => outcome !== 'declined' || reason, { path: ['reason'], message: 'say why' })
  .refine(({ outcome, rule }) => outcome !== 'not_eligible' || rule, { path: ['rule'], message: 'say by which rule' })
  .refine(({ outcome, loanerId, modelId }) => outcome !== 'accepted' || loanerId || modelId, {
    path: ['loanerId'],
    message: 'say which one',
  });
export type LoanDecisionBody = z.infer<typeof LoanDecisionBody>;

export const LoanDecision = z.object({
  id: Id,
  outcome: LoanOutcome,
  store: LoanerStoreRef,
  rule: LoanRule.pick({ code: true, text: true }).nullable(),
  reason: z.string().nullable(),
  loanId: Id.nullable(),
  by: PersonRef,
  at: Instant,
});
export type LoanDecision = z.infer<typeof LoanDecision>;

/** What is to be paid for what happened to it, as somebody decided; nothing is charged from here. */
export const LoanCharge = z.object({
  id: Id,
  kind: z.enum(['damage', 'loss']),
  text: z.string(),
  photoIds: z.array(Id),
  decision: z.enum(['open', 'none', 'charge']),
  amountCents: z.number().int().nullable(),
  currency: z.string().nullable(),
  by: PersonRef,
  at: Instant,
  /** Since when it is owed no more; null: it stands. Of a phone that is lost its loss alone stands, of one that is back its damages. */
  endedAt: Instant.nullable(),
});
export type LoanCharge = z.infer<typeof LoanCharge>;

/** How it was when it went out or came back. */
export const LoanEnd = z.object({
  grade: LoanerGrade,
  condition: Condition.nullable(),
  photoIds: z.array(Id),
  accessories: z.array(LoanerAccessory),
  signatureId: Id.nullable(),
  unsignedBecause: z.string().nullable(),
  by: PersonRef,
  at: Instant,
});
export type LoanEnd = z.infer<typeof LoanEnd>;

export const Loan = z.object({
  id: Id,
  state: LoanState,
  caseId: Id,
  repairId: Id.nullable(),
  loaner: z.object({
    id: Id,
    label: z.string(),
    imei: z.string().nullable(),
    model: LoanerModelRef,
    grade: LoanerGrade,
  }),
  store: LoanerStoreRef.extend({ phone: z.string().nullable() }),
  reservedAt: Instant,
  keepUntil: Instant.nullable(),
  dueAt: Instant.nullable(),
  /** What the due time follows: the repair, or a number of days. */
  follows: z.enum(['repair', 'days']).nullable(),
  endedAt: Instant.nullable(),
  fault: LoanFault.nullable(),
  /** The highest step taken while it is late. */
  rung: LoanRung.nullable(),
  relieves: z.array(ImpactKind),
  termsVersion: z.number().int().nullable(),
  depositCents: z.number().int().nullable(),
  currency: z.string().nullable(),
  out: LoanEnd.nullable(),
  in: LoanEnd.nullable(),
  charges: z.array(LoanCharge),
});
export type Loan = z.infer<typeof Loan>;

/** All that is decided and lent on a case. */
export const CaseLoans = z.object({
  /** What holds; null: nobody has decided. */
  decision: LoanDecision.nullable(),
  decisions: z.array(LoanDecision),
  loans: z.array(Loan),
});
export type CaseLoans = z.infer<typeof CaseLoans>;

/** Signed, or why not. */
const signed = {
  signatureId: Id.optional(),
  unsignedBecause: words(300).optional(),
};
const isSigned = (body: { signatureId?: string; unsignedBecause?: string }): boolean =>
  Boolean(body.signatureId ?? body.unsignedBecause);
const UNSIGNED = { path: ['signatureId'], message: 'signed, or the reason why not' };
const seen = {
  grade: LoanerGrade.optional(),
  photoIds: z.array(Id).max(20).default([]),
  accessories: z.array(LoanerAccessory).max(5).default([]),
};

export const LendBody = z
  .object({
    ...seen,
    ...signed,
    conditionOut: Condition.optional(),
    termsVersion: z.number().int().min(1),
    relieves: z.array(ImpactKind).max(5).default([]),
    depositCents: z.number().int().min(0).max(10_000_000).optional(),
    repairId: Id.optional(),
    dueAt: Instant.optional(),
  })
  .refine(isSigned, UNSIGNED);
export type LendBody = z.infer<typeof LendBody>;

export const TakeBackBody = z
  .object({ ...seen, ...signed, conditionIn: Condition.optional() })
  .refine(isSigned, UNSIGNED);
export type TakeBackBody = z.infer<typeof TakeBackBody>;

export const ExtendLoanBody = z.object({ dueAt: Instant, reason: words(300) });
export type ExtendLoanBody = z.infer<typeof ExtendLoanBody>;
export const CancelLoanBody = z.object({ reason: words(300) });
export const SwapLoanBody = z
  .object({
    ...seen,
    ...signed,
    loanerId: Id,
    reason: words(300),
    conditionIn: Condition.optional(),
    conditionOut: Condition.optional(),
    gradeIn: LoanerGrade.optional(),
  })
  .refine(isSigned, UNSIGNED);
export type SwapLoanBody = z.infer<typeof SwapLoanBody>;

const charge = {
  text: words(1000),
  photoIds: z.array(Id).max(20).default([]),
  decision: z.enum(['open', 'none', 'charge']).default('open'),
  amountCents: z.number().int().min(0).max(10_000_000).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u)
    .default('EUR'),
};
const isPriced = ({ decision, amountCents }: { decision: string; amountCents?: number }): boolean =>
  (decision === 'charge') === (amountCents !== undefined);
export const LoanChargeBody = z
  .object(charge)
  .refine(isPriced, { path: ['amountCents'], message: 'a charge has an amount, and only a charge' });
export type LoanChargeBody = z.infer<typeof LoanChargeBody>;
