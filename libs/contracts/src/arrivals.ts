import { z } from 'zod';
import { Notice } from './notice.schema.js';
import { Id, Instant, page, PageQuery } from './primitives.js';
import { AutomaticKind, RejectState, SenderTrust } from './trust.js';
import { CallOutcome, ContactPointKind, Direction, ImpactKind, MatchedBy, Channel } from './words.js';

/** One address of a person as a channel or a member of staff states it. `value` is already normalised. */
export const StatedContact = z.object({
  kind: ContactPointKind,
  /** X user id · lower-cased address · E.164. Null for an X handle whose user id is not known yet. */
  value: z.string().min(1).max(320).nullable(),
  /** X handle, lower-cased, without @. */
  handle: z.string().max(50).nullable().default(null),
  display: z.string().max(320),
});
export type StatedContact = z.infer<typeof StatedContact>;

/** A file already in storage, waiting for its interaction. */
export const StoredFile = z.object({
  id: Id,
  fileName: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  storageKey: z.string(),
  contentId: z.string().nullable().default(null),
  inline: z.boolean().default(false),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** The cases a mail names by what only we can have written; whoever hands it over has checked the signatures. */
export const PointsTo = z.object({
  /** References of cases whose reply address it was sent to. */
  replyTokens: z.array(z.string().max(40)).max(20).default([]),
  /** Messages of ours it answers, known by their signed Message-ID. */
  issued: z.array(Id).max(40).default([]),
  /** References of cases its subject bears the tag of. */
  subjectTags: z.array(z.string().max(40)).max(20).default([]),
});
export type PointsTo = z.infer<typeof PointsTo>;

/** What every door hands to intake: nothing else in the house knows X or MIME. */
export const InboundInteraction = z.object({
  channel: Channel,
  /** `outbound`: written by our side outside Hilo (a DM typed in X). */
  direction: Direction.default('inbound'),
  /** Unique within the channel: the same message again has the same one. */
  externalId: z.string().min(1).max(998),
  /** Whose interaction it is; null only when `customerId` says so. */
  contact: StatedContact.nullable(),
  displayName: z.string().max(200),
  subject: z.string().nullable().default(null),
  /** What is new in it. */
  text: z.string(),
  /** What a mail carries along of earlier ones, below the text; null when there is none. */
  quoted: z.string().nullable().default(null),
  notices: z.array(Notice).max(100).default([]),
  html: z.string().nullable().default(null),
  /** Already made safe to show; null with `html`: a job will. */
  htmlSafe: z.string().nullable().default(null),
  /** As the channel states it, never later than the moment of receipt. */
  occurredAt: Instant,
  attachments: z.array(StoredFile).default([]),
  /** Our own address or account it came to: the reply leaves from there. */
  account: z.string().nullable().default(null),
  /** The channel's name of the thread (DM conversation id); null where it has none. */
  threadRef: z.string().nullable().default(null),
  messageId: z.string().nullable().default(null),
  references: z.array(z.string()).default([]),
  pointsTo: PointsTo.prefault({}),
  /** Written by no person (an out-of-office note): it is kept, and changes nothing about what is to be done. */
  automatic: z.boolean().default(false),
  /** Why no program answers it; null: a person wrote it. */
  automaticKind: AutomaticKind.nullable().default(null),
  /** Who really sent it; null: nobody looked. */
  auth: SenderTrust.nullable().default(null),
  /** Where everybody can read it; null: it was said in private. */
  publicUrl: z.url().max(500).nullable().default(null),
  /** Whether its sender can be answered by the thread it came in: not because of a public post or a chat nobody here can read. */
  opensThread: z.boolean().default(true),
  /** Where the whole original is kept. */
  rawKey: z.string().nullable().default(null),
  /** Staff arrivals only: resolved beforehand. */
  customerId: Id.nullable().default(null),
  matchedBy: MatchedBy.nullable().default(null),
  authorId: Id.nullable().default(null),
  /** Who of ours wrote it when that is no agent of Hilo: the account a DM was typed in. */
  authorName: z.string().max(200).nullable().default(null),
  storeId: Id.nullable().default(null),
  lacks: z.array(ImpactKind).default([]),
  /** Of the request this came with, when it is taken in later; null: the one at hand. */
  correlationId: z.string().nullable().default(null),
});
export type InboundInteraction = z.input<typeof InboundInteraction>;

export const Arrival = z.object({
  interactionId: Id,
  caseId: Id,
  customerId: Id,
  outcome: z.enum(['opened', 'attached', 'reopened', 'duplicate']),
  matchedBy: MatchedBy,
});
export type Arrival = z.infer<typeof Arrival>;

export const StatedCustomer = z.object({
  displayName: z.string().trim().min(1).max(200),
  email: z.string().trim().max(254).optional(),
  phone: z.string().trim().max(40).optional(),
  twitterHandle: z.string().trim().max(50).optional(),
});

/** Addresses a person at the counter adds to what is known of them. */
export const AddedContacts = StatedCustomer.omit({ displayName: true });

export const VisitBody = z
  .object({
    storeId: Id,
    customer: StatedCustomer.optional(),
    customerId: Id.optional(),
    caseReference: z.string().trim().max(40).optional(),
    /** New addresses of somebody known; one that is another confirmed customer's refuses the visit. */
    addContacts: AddedContacts.optional(),
    device: z
      .object({ imei: z.string().trim().max(40).optional(), model: z.string().trim().max(120).optional() })
      .optional(),
    text: z.string().trim().min(1).max(20_000),
    lacks: z.array(ImpactKind).max(10).optional(),
    attachmentIds: z.array(Id).max(20).optional(),
  })
  .refine((body) => body.customer ?? body.customerId ?? body.caseReference, {
    path: ['customer'],
    message: 'say who: customer, customerId or caseReference',
  });
export type VisitBody = z.infer<typeof VisitBody>;
export const VisitAnswer = z.object({
  visitId: Id,
  caseId: Id,
  customerId: Id,
  caseReference: z.string(),
  matchedBy: MatchedBy,
  /** The phone they had with them; null: they had none, or its number is none. */
  deviceId: Id.nullable(),
});

export const CallBody = z.object({
  phone: z.string().trim().min(3).max(40),
  direction: Direction,
  outcome: CallOutcome,
  /** Of tries that led nowhere, how many: "tried twice before writing". */
  times: z.number().int().min(1).max(50).optional(),
  text: z.string().trim().max(20_000).optional(),
  customerId: Id.optional(),
  caseReference: z.string().trim().max(40).optional(),
  displayName: z.string().trim().max(200).optional(),
  lacks: z.array(ImpactKind).max(10).optional(),
});
export type CallBody = z.infer<typeof CallBody>;
export const CallAnswer = z.object({
  callId: Id,
  caseId: Id,
  customerId: Id,
  caseReference: z.string(),
  matchedBy: MatchedBy,
});

/** Something that arrived and could not be understood: kept whole, listed, downloadable. */
export const Reject = z.object({
  id: Id,
  channel: Channel,
  reason: z.string(),
  detail: z.string().nullable(),
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  size: z.number().int(),
  receivedAt: Instant,
  state: RejectState,
  decidedBy: z.object({ id: Id, displayName: z.string() }).nullable(),
  decidedAt: Instant.nullable(),
  /** Whether it can be taken in after all. */
  releasable: z.boolean(),
});
export type Reject = z.infer<typeof Reject>;
export const RejectPage = page(Reject);
export const RejectQuery = PageQuery.extend({
  /** `decided`: released or discarded; `all` leaves none out. */
  state: z.enum([...RejectState.options, 'decided', 'all']).default('open'),
});
export type RejectQuery = z.infer<typeof RejectQuery>;
