import { z } from 'zod';
import { Day } from './card.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Language } from './words.js';

/** Who answers for a phone that does not work, for how long, and what was decided about that. */

export const DecisionOutcome = z.enum(['covered', 'not_covered', 'partial', 'goodwill']);
export type DecisionOutcome = z.infer<typeof DecisionOutcome>;

/**
 * proposed: said by somebody who may not decide · standing: it holds · in_review: somebody else looks at it again · confirmed,
 * overturned: what they found · superseded: decided anew since · withdrawn: a proposal taken back.
 */
export const DecisionState = z.enum([
  'proposed',
  'standing',
  'in_review',
  'confirmed',
  'overturned',
  'superseded',
  'withdrawn',
]);
export type DecisionState = z.infer<typeof DecisionState>;

export const TermKind = z.enum(['legal', 'presumption', 'manufacturer', 'carrier', 'insurance']);
export type TermKind = z.infer<typeof TermKind>;

/** A term as it stands today. `endsOn` is its last day. */
export const WarrantyTermView = z.object({
  /** Null: reckoned from the purchase by a parameter. */
  id: Id.nullable(),
  kind: TermKind,
  startsOn: Day,
  endsOn: Day,
  /** Days it stood still because the phone was being put right; they are part of `endsOn`. */
  suspendedDays: z.number().int(),
  state: z.enum(['running', 'over', 'to_come']),
  provider: z.string().nullable(),
  /** Number of the policy or contract. */
  number: z.string().nullable(),
  clause: z.string().nullable(),
  source: z.string().nullable(),
  url: z.string().nullable(),
});
export type WarrantyTermView = z.infer<typeof WarrantyTermView>;

export const WarrantyTermBody = z
  .object({
    kind: TermKind.exclude(['legal', 'presumption']),
    provider: z.string().trim().min(1).max(120),
    number: z.string().trim().max(80).optional(),
    startsOn: Day,
    endsOn: Day,
    clause: z.string().trim().max(300).optional(),
  })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, { path: ['endsOn'], message: 'ends before it starts' });
export type WarrantyTermBody = z.infer<typeof WarrantyTermBody>;

/**
 * legal_guarantee, presumption: months from delivery · second_hand_minimum: the least months both may agree on ·
 * repair_free, reasonable_time: duties without a number · repair_suspends: time in repair is no time of the term ·
 * repeat_after_repair: months in which the same fault again is the same fault · repeat_window: months in which we look for it ·
 * manufacturer, carrier: what they promise on top · exclusion: what they do not answer for.
 */
export const ParameterKind = z.enum([
  'legal_guarantee',
  'presumption',
  'second_hand_minimum',
  'repair_free',
  'reasonable_time',
  'repair_suspends',
  'repeat_after_repair',
  'repeat_window',
  'manufacturer',
  'carrier',
  'exclusion',
]);
export type ParameterKind = z.infer<typeof ParameterKind>;

/** Which of them count months. */
export const COUNTED: readonly ParameterKind[] = [
  'legal_guarantee',
  'presumption',
  'second_hand_minimum',
  'repeat_after_repair',
  'repeat_window',
  'manufacturer',
  'carrier',
];
/** Which there are several of at a time, told apart by their label: a brand, a cause. */
export const LABELLED: readonly ParameterKind[] = ['manufacturer', 'carrier', 'exclusion'];

const parameter = {
  country: z.string().regex(/^[A-Z]{2}$/u),
  kind: ParameterKind,
  /** Brand of a manufacturer's, cause of an exclusion. */
  label: z.string().trim().max(80).default(''),
  months: z.number().int().min(1).max(240).nullable().default(null),
  /** It holds for phones bought from this day to that one. */
  validFrom: Day,
  validUntil: Day.nullable().default(null),
  /** As it is cited. */
  clause: z.string().trim().min(1).max(300),
  /** Where it comes from: a law, a contract, the house. */
  source: z.string().trim().min(1).max(300),
  url: z
    .url({ protocol: /^https?$/u })
    .max(500)
    .nullable()
    .default(null),
  /** What it means to a customer. */
  es: z.string().trim().min(1).max(1000),
  en: z.string().trim().min(1).max(1000),
};
export const WarrantyParameterBody = z
  .object(parameter)
  .refine(({ kind, months }) => COUNTED.includes(kind) === (months !== null), {
    path: ['months'],
    message: 'months for what is counted, and only that',
  })
  .refine(({ kind, label }) => LABELLED.includes(kind) === (label !== ''), {
    path: ['label'],
    message: 'a label for what there are several of, and only that',
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || validFrom <= validUntil, {
    path: ['validUntil'],
    message: 'ends before it starts',
  });
export type WarrantyParameterBody = z.infer<typeof WarrantyParameterBody>;
export const WarrantyParameter = z.object({
  ...parameter,
  id: Id,
  changedBy: PersonRef.nullable(),
  changedAt: Instant,
});
export type WarrantyParameter = z.infer<typeof WarrantyParameter>;
export const WarrantyParameterList = z.object({ items: z.array(WarrantyParameter) });

/** What a decision goes by: an entry of the case, or a file on one. */
export const WarrantyEvidence = z.object({ kind: z.enum(['entry', 'attachment']), id: Id });
export type WarrantyEvidence = z.infer<typeof WarrantyEvidence>;

export const WarrantyDecisionBody = z.object({
  deviceId: Id,
  outcome: DecisionOutcome,
  clause: z.string().trim().max(1000).optional(),
  plainWords: z.string().trim().max(2000).optional(),
  nextStep: z.string().trim().max(1000).optional(),
  evidence: z.array(WarrantyEvidence).max(30).default([]),
  /** The customer reads it on the page of their case. */
  tell: z.boolean().default(false),
});
export type WarrantyDecisionBody = z.infer<typeof WarrantyDecisionBody>;
export const DecidedWarranty = z.object({ decisionId: Id });

export const ReviewVerdict = z.enum(['confirmed', 'overturned']);
export type ReviewVerdict = z.infer<typeof ReviewVerdict>;
export const AskReviewBody = z.object({ reason: z.string().trim().min(1).max(500) });
/** Who overturns it says what holds instead. */
export const ReviewBody = z
  .object({
    verdict: ReviewVerdict,
    reason: z.string().trim().min(1).max(1000),
    instead: WarrantyDecisionBody.omit({ deviceId: true }).optional(),
  })
  .refine(({ verdict, instead }) => (verdict === 'overturned') === (instead !== undefined), {
    path: ['instead'],
    message: 'overturned says what holds instead',
  });
export type ReviewBody = z.infer<typeof ReviewBody>;
export const TellDecisionBody = z.object({ told: z.boolean() });

export const WarrantyDecision = z.object({
  id: Id,
  deviceId: Id,
  outcome: DecisionOutcome,
  state: DecisionState,
  clause: z.string().nullable(),
  /** In the language of the customer. */
  plainWords: z.string().nullable(),
  nextStep: z.string().nullable(),
  language: Language,
  evidence: z.array(WarrantyEvidence.extend({ name: z.string() })),
  by: PersonRef,
  at: Instant,
  /** Who accepted what somebody else had proposed. */
  acceptedBy: PersonRef.nullable(),
  toldAt: Instant.nullable(),
  supersededBy: Id.nullable(),
  review: z
    .object({
      askedBy: PersonRef,
      askedAt: Instant,
      reason: z.string(),
      by: PersonRef.nullable(),
      at: Instant.nullable(),
      verdict: ReviewVerdict.nullable(),
      verdictReason: z.string().nullable(),
    })
    .nullable(),
});
export type WarrantyDecision = z.infer<typeof WarrantyDecision>;
export const WarrantyDecisionList = z.object({ items: z.array(WarrantyDecision) });
