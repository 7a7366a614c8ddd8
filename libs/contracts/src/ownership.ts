import { z } from 'zod';
import { WEEKDAYS } from './opening.rules.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Store } from './session.js';
import { Channel, Language, ReplyChannel } from './words.js';

/** What is to be done next on a case. `other`: what a person wrote. */
export const NextActionCode = z.enum([
  'reply',
  'await_customer',
  'call_back',
  'send_update',
  'check_store',
  'check_partner',
  'answer_partner',
  'after_rejection',
  'after_partner',
  'welcome',
  'confirm_solved',
  'other',
]);
export type NextActionCode = z.infer<typeof NextActionCode>;

/** Why a next action has no due time: its turn comes in the order of the list, it is up to the customer, up to somebody else. */
export const NoDueReason = z.enum(['in_turn', 'customers_turn', 'others_turn']);
export type NoDueReason = z.infer<typeof NoDueReason>;

/** The one thing that happens next. */
export const NextAction = z.object({
  code: NextActionCode,
  /** What its words need: `storeName`, … */
  values: z.record(z.string(), z.string()),
  /** Of `other` only, as it was written. */
  text: z.string().nullable(),
  /** Either a time or the reason why there is none. */
  dueAt: Instant.nullable(),
  noDue: NoDueReason.nullable(),
  /** Who planned it; null: it follows from the conversation. */
  by: PersonRef.nullable(),
  at: Instant.nullable(),
});
export type NextAction = z.infer<typeof NextAction>;

export const NextActionBody = z
  .object({
    code: NextActionCode,
    values: z.record(z.string().max(40), z.string().max(200)).default({}),
    text: z.string().trim().min(1).max(200).optional(),
    dueAt: Instant.optional(),
    noDue: NoDueReason.optional(),
    version: z.number().int().min(0).optional(),
  })
  .refine(({ code, text }) => (code === 'other') === (text !== undefined), {
    path: ['text'],
    message: 'other needs its text, and only other has one',
  })
  .refine(({ dueAt, noDue }) => (dueAt === undefined) !== (noDue === undefined), {
    path: ['dueAt'],
    message: 'say when it is due, or why it is not',
  });
export type NextActionBody = z.infer<typeof NextActionBody>;

/** Why somebody has a case: how continuity routing decided. */
export const RouteReason = z.enum(['last_handler', 'same_store', 'least_load', 'kept', 'nobody']);
export type RouteReason = z.infer<typeof RouteReason>;

export const Why = z.object({
  code: RouteReason,
  /** last_handler: `at` and `channel` of when they last dealt with the customer · same_store: `storeName` · least_load: `load` ·
   * nobody: `missing`, what nobody had who might have taken it (shift, member, skill, language, room). */
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  at: Instant,
});
export type Why = z.infer<typeof Why>;

/** Exactly one receiver. */
export const HandoverTo = z.union([
  z.strictObject({ agentId: Id }),
  z.strictObject({ queueId: Id }),
  z.strictObject({ storeId: Id }),
]);
export const HandoverBody = z.object({
  to: HandoverTo,
  reason: z.string().trim().min(1).max(300),
  note: z.string().trim().min(1).max(2000).optional(),
});
export type HandoverBody = z.infer<typeof HandoverBody>;

export const HandoverKind = z.enum(['agent', 'queue', 'store']);
export const Handover = z.object({
  id: Id,
  case: z.object({ id: Id, reference: z.string(), customer: z.string(), problem: z.string().nullable() }),
  /** Whose hands it left: a person's, or a queue's. */
  from: z.object({ kind: HandoverKind, name: z.string() }),
  to: z.object({ kind: HandoverKind, id: Id, name: z.string() }),
  by: PersonRef,
  reason: z.string(),
  note: z.string().nullable(),
  at: Instant,
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: PersonRef.nullable(),
});
export type Handover = z.infer<typeof Handover>;
export const HandoverList = z.object({ items: z.array(Handover) });

const Time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/u);
const Span = z
  .object({ from: Time, to: Time })
  .refine(({ from, to }) => from < to, { message: 'ends before it begins' });
const DateText = z.iso.date();
export const OpeningHoursBody = z.object({
  weekly: z.partialRecord(z.enum(WEEKDAYS), z.array(Span).max(4)),
  exceptions: z
    .array(z.object({ date: DateText, spans: z.array(Span).max(4) }))
    .max(200)
    .default([]),
});

/** What was said about the queue of a counter holds for so long. */
export const WAITING_HOURS = 3;

/** What a customer who is shown the way to a store needs to know of it, and what of that is known. */
export const StoreFacts = z.object({
  postcode: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  /** As it is kept; `opening` says what that means now. */
  hours: OpeningHoursBody.nullable(),
  opening: z
    .object({
      date: z.string(),
      today: z.array(z.object({ from: z.string(), to: z.string() })),
      open: z.boolean(),
      until: z.string().nullable(),
      next: z.object({ date: z.string(), weekday: z.enum(WEEKDAYS), from: z.string() }).nullable(),
    })
    .nullable(),
  /** People who wait at the counter, as the store says; null: nobody has said so within three hours. */
  waiting: z.number().int().nullable(),
  waitingAt: Instant.nullable(),
  /** Loaners on the shelf; null: not known. */
  loaners: z.number().int().nullable(),
  mapUrl: z.string().nullable(),
  /** Where what is handed to the store waits. */
  queueId: Id,
});
export type StoreFacts = z.infer<typeof StoreFacts>;
export const StoreWithFacts = Store.extend(StoreFacts.shape);
export type StoreWithFacts = z.infer<typeof StoreWithFacts>;

export const PatchStoreBody = z
  .object({
    waiting: z.number().int().min(0).max(500).nullable().optional(),
    hours: OpeningHoursBody.optional(),
    /** Of today alone, at the store: other spans, or none when it stays closed. */
    today: z.array(Span).max(4).optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' });
export type PatchStoreBody = z.infer<typeof PatchStoreBody>;

/** What to bring to the counter. */
export const Bring = z.enum([
  'device',
  'charger',
  'box',
  'invoice',
  'id_document',
  'sim',
  'passcode_ready',
  'backup_done',
]);
export type Bring = z.infer<typeof Bring>;

/** `near`: a city or a postcode; without it, what is known of where the customer lives or has been. */
export const NearbyQuery = z.object({ near: z.string().trim().min(1).max(80).optional() });
export const NearbyStore = StoreWithFacts.extend({ distanceKm: z.number().nullable() });
export type NearbyStore = z.infer<typeof NearbyStore>;
export const NearbyStores = z.object({
  /** What the distances are measured from, in words; null: nobody knows where they are, the order is by name. */
  near: z.string().nullable(),
  nearBy: z.enum(['typed', 'postcode', 'city', 'last_store']).nullable(),
  /** What the message is made of beside the store. */
  reference: z.string(),
  name: z.string(),
  language: Language,
  items: z.array(NearbyStore),
});
export type NearbyStores = z.infer<typeof NearbyStores>;

export const WarmRedirectBody = z.object({
  storeId: Id,
  channel: ReplyChannel,
  threadId: Id.optional(),
  bring: z.array(Bring).max(8).default(['device']),
  /** As the agent changed it; without it, as proposed. A link to the case, with its code, is added in any case. */
  text: z.string().trim().min(1).max(9000).optional(),
  lastSeenEntryId: Id.optional(),
});
export type WarmRedirectBody = z.infer<typeof WarmRedirectBody>;

/** Somebody is on their way to a store. */
export const WarmRedirect = z.object({
  id: Id,
  case: z.object({ id: Id, reference: z.string(), customer: z.string(), problem: z.string().nullable() }),
  store: z.object({ id: Id, name: z.string() }),
  bring: z.array(Bring),
  by: PersonRef,
  at: Instant,
  channel: Channel,
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: PersonRef.nullable(),
  /** Since when they are there. */
  arrivedAt: Instant.nullable(),
  /** The message, and until when it can be taken back; null: it has left. */
  interactionId: Id,
  undoUntil: Instant.nullable(),
});
export type WarmRedirect = z.infer<typeof WarmRedirect>;
/** Who answers for a case, how it came to them, and what they do next. */
export const Ownership = z.object({
  owner: z.object({ kind: z.enum(['agent', 'queue']), id: Id, name: z.string(), storeId: Id.nullable() }),
  /** Why this person; null: somebody assigned it by hand, or nobody has it. */
  why: Why.nullable(),
  nextAction: NextAction,
  /** The newest one whose receiver has not said yet that they have it. */
  handover: Handover.nullable(),
  /** The store the customer is on their way to. */
  redirect: WarmRedirect.nullable(),
});
export type Ownership = z.infer<typeof Ownership>;

export const WarmRedirectList = z.object({ items: z.array(WarmRedirect) });
export const WarmRedirectQuery = z.object({ storeId: Id.optional() });

export const HandoverQuery = z.object({ box: z.enum(['received', 'sent', 'all']).default('received') });
/** What came of asking who should have a case. */
export const RouteAnswer = z.object({ caseId: Id, why: Why });
export type RouteAnswer = z.infer<typeof RouteAnswer>;
