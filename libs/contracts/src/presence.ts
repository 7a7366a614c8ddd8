import { z } from 'zod';
import { Id, PersonRef } from './primitives.js';
import { UploadedAttachment } from './timeline.js';
import { ReplyChannel } from './words.js';

/** Who is at a case, what they are deciding there, and what they have begun to write. */

/** The lowest first: of what somebody does in two windows at once, the last counts. */
export const PresenceState = z.enum(['viewing', 'writing', 'at_counter']);
export type PresenceState = z.infer<typeof PresenceState>;

/** One person once, however many windows they have open. */
export const PresentPerson = PersonRef.extend({ state: PresenceState });
export type PresentPerson = z.infer<typeof PresentPerson>;
export const CasePresence = z.object({ caseId: Id, people: z.array(PresentPerson) });
export type CasePresence = z.infer<typeof CasePresence>;

/** So many cases are asked about at once: what fits on a screen, generously. */
export const PRESENCE_CASES = 100;
/** A socket that has not said so again for so long is no longer at its case; clients say so every third of it. */
export const PRESENCE_LEASE_SECONDS = 60;

/** `presence` of a client: this window is at this case, or (null) no longer. One window is at one case at a time. */
export const PresenceWish = z.object({ caseId: Id, state: PresenceState.nullable() });
export type PresenceWish = z.infer<typeof PresenceWish>;
/** `presence.watch` of a client: the cases on its screen, from now on those and no others. */
export const PresenceWatch = z.object({ caseIds: z.array(Id).max(PRESENCE_CASES) });
export type PresenceWatch = z.infer<typeof PresenceWatch>;

/** What a client is answered: done, or why not, by the code of an error. */
export type PresenceAnswer = { ok: true; items: CasePresence[] } | { ok: false; code: string };

/** What clients say on namespace `/live`; everything else is read by REST. */
export interface LiveWishes {
  presence: (wish: unknown, answer?: (answer: PresenceAnswer) => void) => void;
  'presence.watch': (wish: unknown, answer?: (answer: PresenceAnswer) => void) => void;
}

/** `?cases=<id>,<id>,…` */
export const PresenceQuery = z.object({
  cases: z
    .string()
    .max(PRESENCE_CASES * 37)
    .transform((ids) => ids.split(',').filter((id) => id !== ''))
    .pipe(z.array(Id).min(1).max(PRESENCE_CASES)),
});
export const PresenceList = z.object({ items: z.array(CasePresence) });

/** What one person decides at a time. */
export const Decision = z.enum(['closing', 'merge', 'handover', 'warranty']);
export type Decision = z.infer<typeof Decision>;
/** A decision is held so long; who goes on deciding says so again before. */
export const DECISION_LEASE_SECONDS = 45;
export const LockBody = z.object({ takeOver: z.boolean().default(false) });
export const DecisionLock = z.object({ decision: Decision, by: PersonRef, until: z.string() });
export type DecisionLock = z.infer<typeof DecisionLock>;
export const DecisionLocks = z.object({ items: z.array(DecisionLock) });

/** For whom it is written: the customer, by whichever way is chosen, or by one way; a partner; or colleagues. */
export const DraftChannel = z.enum(['customer', ...ReplyChannel.options, 'partner', 'internal']);
export type DraftChannel = z.infer<typeof DraftChannel>;

/** What somebody has written on a case and not sent; nobody else reads it. */
export const ServerDraft = z.object({
  caseId: Id,
  channel: DraftChannel,
  text: z.string(),
  attachments: z.array(UploadedAttachment),
  threadId: z.string().max(100).nullable(),
  /** Another one each time it changes, and never the same again. */
  version: z.number().int(),
  updatedAt: z.string(),
});
export type ServerDraft = z.infer<typeof ServerDraft>;
export const ServerDrafts = z.object({ items: z.array(ServerDraft) });
/** Of the newest so many. */
export const DRAFTS_LISTED = 200;

export const DraftBody = z.object({
  text: z.string().max(50_000),
  attachmentIds: z.array(Id).max(20).default([]),
  threadId: z.string().max(100).nullable().default(null),
  /** The version it was written on; 0: there was none. */
  version: z.number().int().nonnegative(),
  /** Which window writes, and its how many-th writing this is: what it sent before never comes after what it sent since. */
  writer: z.object({ id: Id, count: z.number().int().nonnegative() }).optional(),
});
export type DraftBody = z.input<typeof DraftBody>;
