import { z } from 'zod';
import { Notice } from './notice.schema.js';
import { Id, Instant, page } from './primitives.js';
import { AutomaticKind, DeliveryReport, SenderTrust } from './trust.js';
import { Audience, CallOutcome, Channel, DeliveryState, Direction, MatchedBy, ReplyChannel } from './words.js';

export const Attachment = z.object({
  id: Id,
  fileName: z.string(),
  contentType: z.string(),
  size: z.number().int(),
  inline: z.boolean(),
});
export type Attachment = z.infer<typeof Attachment>;
export const UploadedAttachment = Attachment.omit({ inline: true }).extend({ sha256: z.string() });
export type UploadedAttachment = z.infer<typeof UploadedAttachment>;

export const Author = z.object({
  kind: z.enum(['customer', 'agent', 'system']),
  id: Id.nullable(),
  displayName: z.string(),
});
export type Author = z.infer<typeof Author>;

/** A place in the queue of an account that may send so many messages in so long. */
export const QueuePlace = z.object({
  /** 1: the next to leave. */
  position: z.number().int(),
  /** When it leaves, as far as the limits say; null: nobody knows, the reason says why. In the past: now. */
  eta: Instant.nullable(),
});
export type QueuePlace = z.infer<typeof QueuePlace>;

export const Delivery = z.object({
  state: DeliveryState,
  /** A code of DELIVERY_REASONS, or null while all is well. */
  reason: z.string().nullable(),
  /** What the other side said, verbatim, for the curious. */
  detail: z.string().nullable(),
  /** held: until when it can be undone · pending: when it is tried next. */
  dueAt: Instant.nullable(),
  attempts: z.number().int(),
  sentAt: Instant.nullable(),
  /** What the other side's mail server told of it last, after it had left. */
  report: DeliveryReport.nullable(),
  /** While it waits to leave by a channel with a queue (X); null otherwise. */
  queue: QueuePlace.nullable(),
});

export const EntryReview = z.object({
  /** The case it names. */
  caseReference: z.string(),
  /** How it names it, and the very words: a reference, or a Message-ID. */
  evidence: z.object({ by: MatchedBy.extract(['reply_token', 'references', 'subject_tag']), value: z.string() }),
});
export type EntryReview = z.infer<typeof EntryReview>;

export const InteractionEntry = z.object({
  type: z.literal('interaction'),
  id: Id,
  at: Instant,
  channel: Channel,
  direction: Direction,
  author: Author,
  subject: z.string().nullable(),
  /** What is new in it. */
  text: z.string(),
  /** What a mail carries along of earlier ones, below the text: shown folded. */
  quoted: z.string().nullable(),
  /** Said beside the words, in the reader's language: `noticeText`. */
  notices: z.array(Notice),
  /** The message as it came can be downloaded: `GET /interactions/:id/original`. */
  hasOriginal: z.boolean(),
  /** Sanitised; null when the message came as plain text or is not sanitised yet. */
  html: z.string().nullable(),
  occurredAt: Instant,
  delivery: Delivery.nullable(),
  attachments: z.array(Attachment),
  externalId: z.string().nullable(),
  messageId: z.string().nullable(),
  /**
   * Said in public on X; null: in private. `url`: where everybody can read it, null until it is there. `answers`: the
   * `externalId` of the entry it answers in public.
   */
  public: z.object({ url: z.string().nullable(), answers: z.string().nullable() }).nullable(),
  matchedBy: MatchedBy.nullable(),
  /** Nobody wrote it: it changes nothing on its case. */
  automatic: z.boolean(),
  /** The words stand in AUTOMATIC_KINDS. */
  automaticKind: AutomaticKind.nullable(),
  /** Who really sent it; null: nobody looked, or it is no mail. The words stand in SENDER_VERDICTS. */
  sender: SenderTrust.nullable(),
  /** It names another case, by the mark told, but comes from somebody else: a person should look. Null when all is well. */
  review: EntryReview.nullable(),
  threadId: Id.nullable(),
  address: z.string().nullable(),
  store: z.object({ id: Id, name: z.string() }).nullable(),
  /** Of a call; null for everything else. */
  call: z
    .object({
      outcome: CallOutcome,
      times: z.number().int(),
      durationSeconds: z.number().int().nullable(),
      extension: z.string().nullable(),
    })
    .nullable(),
  /** Where it was said and its address there, of what somebody found elsewhere. */
  elsewhere: z.object({ place: z.string(), url: z.string().nullable(), authorName: z.string().nullable() }).nullable(),
});
export type InteractionEntry = z.infer<typeof InteractionEntry>;

export const NoteEntry = z.object({
  type: z.literal('note'),
  id: Id,
  at: Instant,
  author: Author,
  text: z.string(),
  audience: Audience,
});
export type NoteEntry = z.infer<typeof NoteEntry>;

export const EventEntry = z.object({
  type: z.literal('event'),
  id: Id,
  at: Instant,
  event: z.string(),
  author: Author,
  data: z.record(z.string(), z.unknown()),
});
export type EventEntry = z.infer<typeof EventEntry>;

export const TimelineEntry = z.discriminatedUnion('type', [InteractionEntry, NoteEntry, EventEntry]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;
/** The newest `limit` entries, oldest first; the cursor leads to older ones. */
export const TimelinePage = page(TimelineEntry);
export type TimelinePage = z.infer<typeof TimelinePage>;
/** Entries of a page when nobody says how many. */
export const TIMELINE_LIMIT = 200;
/** What of a case somebody wants to read; what stands where is said by `isShownBy`. */
export const TimelineFilter = z.enum([
  'all',
  'conversation',
  'internal',
  'decisions',
  'money',
  'custody',
  /** What the customer sees, and no more. */
  'customer',
]);
export type TimelineFilter = z.infer<typeof TimelineFilter>;
export const TimelineQuery = z.object({
  filter: TimelineFilter.default('all'),
  limit: z.coerce.number().int().min(1).max(500).default(TIMELINE_LIMIT),
  cursor: z.string().max(500).optional(),
});

export const ReplyBody = z.object({
  channel: ReplyChannel,
  text: z.string().trim().min(1).max(20_000),
  threadId: Id.optional(),
  attachmentIds: z.array(Id).max(20).optional(),
  lastSeenEntryId: Id.optional(),
});
export type ReplyBody = z.infer<typeof ReplyBody>;

export const NoteBody = z.object({
  text: z.string().trim().min(1).max(20_000),
  audience: Audience.default('internal'),
});

export const MoveEntryBody = z.object({
  toCaseReference: z.string().trim().min(1).max(40),
  reason: z.string().trim().min(1).max(500),
  /** The address it came from is the target case's customer's too: their replies go there from now on. */
  withSender: z.boolean().default(false),
});
export type MoveEntryBody = z.infer<typeof MoveEntryBody>;

/** An entry somebody should look at: it names a case of another person. */
export const OpenReview = z.object({
  entryId: Id,
  /** Where it is now. */
  case: z.object({ id: Id, reference: z.string(), customer: z.string() }),
  /** What it names. */
  named: z.object({ id: Id, reference: z.string(), customer: z.string() }),
  evidence: EntryReview.shape.evidence,
  sender: z.string().nullable(),
  subject: z.string().nullable(),
  receivedAt: Instant,
});
export type OpenReview = z.infer<typeof OpenReview>;
export const OpenReviewPage = page(OpenReview);
