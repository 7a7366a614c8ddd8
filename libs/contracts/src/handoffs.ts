import { z } from 'zod';
import { Contact, HandoffWord } from './handoffs.messages.js';
import {
  GatewayKind,
  HandoffDirection,
  HandoffMeasure,
  HandoffMode,
  HandoffOutcome,
  HandoffSide,
  HandoffState,
  MessageVia,
  PartnerKind,
  ShareField,
} from './handoffs.words.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Audience, Language, Priority } from './words.js';

/** Handoffs: what is asked, what was said about it, and what the other side gets to see. */

const words = (most: number) => z.string().trim().min(1).max(most);

export const PartnerRef = z.object({ id: Id, name: z.string(), kind: PartnerKind });
export type PartnerRef = z.infer<typeof PartnerRef>;

/** What is known of a case, as a partner is told it: each field is there only where it is shared and known. */
export const HandoffDocument = z.object({
  reference: z.string(),
  mode: HandoffMode,
  priority: Priority,
  ask: z.string(),
  /** What their form asked for, as it was answered. */
  form: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  customer: z
    .object({ name: z.string(), phone: z.string(), email: z.string(), language: Language })
    .partial()
    .default({}),
  device: z
    .object({ model: z.string(), imei: z.string(), condition: z.string(), lock: z.string(), fault: z.string() })
    .partial()
    .default({}),
  problems: z.array(z.string()).default([]),
  impacts: z.array(z.string()).default([]),
  story: z.array(z.object({ kind: z.string(), text: z.string(), at: Instant, by: z.string() })).default([]),
  warranty: z.string().nullable().default(null),
  purchase: z.string().nullable().default(null),
  consent: z.string().nullable().default(null),
  files: z
    .array(z.object({ id: Id, fileName: z.string(), contentType: z.string(), size: z.number().int() }))
    .default([]),
});
export type HandoffDocument = z.infer<typeof HandoffDocument>;

export const FormAnswers = z.record(z.string().max(60), z.union([z.string().max(2000), z.number(), z.boolean()]));
export type FormAnswers = z.infer<typeof FormAnswers>;

export const NewHandoffBody = z.object({
  partnerId: Id,
  mode: HandoffMode,
  deviceId: Id.nullish(),
  repairId: Id.nullish(),
  /** From where the device goes. */
  storeId: Id.nullish(),
  /** What we ask of them. */
  ask: words(2000),
  form: FormAnswers.default({}),
  /** Files of the case that go along. */
  attachmentIds: z.array(Id).max(40).default([]),
});
export type NewHandoffBody = z.infer<typeof NewHandoffBody>;
export const ChangeHandoffBody = NewHandoffBody.pick({
  ask: true,
  form: true,
  attachmentIds: true,
  mode: true,
}).partial();
export type ChangeHandoffBody = z.infer<typeof ChangeHandoffBody>;

/** What one of us says to the partner: as giver or as taker, whichever we are. */
export const SayBody = z.object({ word: HandoffWord });
export type SayBody = z.infer<typeof SayBody>;

/** What is decided where a partner does not answer: we go on without them. */
export const GoOnBody = z.object({ reason: words(500), nextStep: words(500) });
export type GoOnBody = z.infer<typeof GoOnBody>;

/** One line of the log. */
export const HandoffEntry = z.object({
  id: Id,
  seq: z.number().int(),
  side: HandoffSide,
  /** Whether it is ours. */
  ours: z.boolean(),
  via: MessageVia,
  word: z.union([
    HandoffWord,
    z.object({ kind: z.enum(['expired', 'went_on', 'forgotten']), text: z.string().nullish() }),
  ]),
  audience: Audience,
  byName: z.string(),
  at: Instant,
  /** False: it came too late to change anything; `because` says why. */
  applied: z.boolean(),
  because: z.string().nullable(),
  attachments: z.array(z.object({ id: Id, fileName: z.string(), contentType: z.string(), size: z.number().int() })),
  /** Of ours: how each way to them went. */
  deliveries: z.array(
    z.object({
      id: Id,
      gateway: GatewayKind,
      state: z.enum(['waiting', 'sent', 'dead', 'dropped']),
      attempts: z.number().int(),
      dueAt: Instant.nullable(),
      error: z.string().nullable(),
      sentAt: Instant.nullable(),
    }),
  ),
});
export type HandoffEntry = z.infer<typeof HandoffEntry>;

export const Handoff = z.object({
  id: Id,
  reference: z.string(),
  caseId: Id,
  direction: HandoffDirection,
  partner: PartnerRef,
  mode: HandoffMode,
  state: HandoffState,
  stateAt: Instant,
  priority: Priority,
  deviceId: Id.nullable(),
  repairId: Id.nullable(),
  storeId: Id.nullable(),
  ask: z.string(),
  form: FormAnswers,
  gateway: GatewayKind,
  partnerRef: z.string().nullable(),
  engineer: Contact.nullable(),
  etaAt: Instant.nullable(),
  outcome: HandoffOutcome.nullable(),
  /** What they asked and we have not answered. */
  question: z.string().nullable(),
  openedBy: PersonRef.nullable(),
  openedAt: Instant,
  sentAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  /** Since when the customer knows that they have it. */
  toldAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  /** Unanswered, it ends then. */
  expiresAt: Instant.nullable(),
  /** What they got to see of the case; null: not sent yet, recalled, or its time has passed. */
  document: HandoffDocument.nullable(),
  /** Whether what they got was taken back or is past its time. */
  forgottenAt: Instant.nullable(),
  version: z.number().int(),
});
export type Handoff = z.infer<typeof Handoff>;

/** With all that was said about it. */
export const CaseHandoff = Handoff.extend({ entries: z.array(HandoffEntry) });
export type CaseHandoff = z.infer<typeof CaseHandoff>;
/** Newest first. */
export const CaseHandoffs = z.object({ items: z.array(CaseHandoff) });
export type CaseHandoffs = z.infer<typeof CaseHandoffs>;

/** What a partner would see and what the form still lacks, before it is sent. */
export const HandoffPreview = z.object({
  document: HandoffDocument,
  shared: z.array(z.object({ field: ShareField, purpose: z.string(), known: z.boolean() })),
  withheld: z.array(ShareField),
  missing: z.array(z.object({ key: z.string(), title: z.string() })),
});
export type HandoffPreview = z.infer<typeof HandoffPreview>;

export const HandoffRow = Handoff.pick({
  id: true,
  reference: true,
  caseId: true,
  direction: true,
  partner: true,
  mode: true,
  state: true,
  stateAt: true,
  priority: true,
  etaAt: true,
  question: true,
  sentAt: true,
}).extend({
  caseReference: z.string(),
  customer: z.string(),
  deviceName: z.string().nullable(),
  dead: z.number().int(),
});
export type HandoffRow = z.infer<typeof HandoffRow>;
export const HandoffsQuery = z.object({
  partnerId: Id.optional(),
  /** waits_on_us: they asked, rejected, resolved, or gave us work · waits_on_them · dead: could not be delivered */
  view: z.enum(['open', 'waits_on_us', 'waits_on_them', 'unacknowledged', 'dead', 'all']).default('open'),
  /** Those a figure of a scorecard counts, given in the last so many days. */
  measure: HandoffMeasure.optional(),
  days: z.coerce.number().int().min(1).max(730).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});

/** Who answers to the customer: one of us, or a partner. */
export const Accountable = z.object({
  holder: z.enum(['us', 'partner']),
  partner: PartnerRef.nullable(),
  since: Instant,
});
export type Accountable = z.infer<typeof Accountable>;

/** What came from a partner and could not be taken, whole; or, `out`, what a listener of theirs was not told in three days. */
export const DeadLetterRow = z.object({
  id: Id,
  way: z.enum(['in', 'out']),
  partner: PartnerRef.nullable(),
  gateway: GatewayKind,
  raw: z.unknown(),
  error: z.string(),
  handoffId: Id.nullable(),
  receivedAt: Instant,
});
export type DeadLetterRow = z.infer<typeof DeadLetterRow>;
/** The part of one that came by mail which a person reads. */
export const LetterMail = z.object({
  sender: z.object({ address: z.string(), name: z.string() }),
  subject: z.string().nullable(),
  text: z.string(),
});
/** Why a mail was kept: it names no handoff, or who sent it may not speak for that one. */
export const LetterReason = z.enum([
  'no_handoff',
  'another_company',
  'unknown_sender',
  'sender_denied',
  'automatic_reply',
]);
export type LetterReason = z.infer<typeof LetterReason>;
/** Read it again, or put it away. */
export const SettleLetterBody = z.object({ how: z.enum(['taken', 'dropped']) });
