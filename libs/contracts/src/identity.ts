import { z } from 'zod';
import { ContactPoint, CustomerRow } from './cases.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { END_REASONS, GATED_ACTIONS, type EndReason, type GatedAction } from './proof.js';
import { Channel, ContactSource, IdentifierKind, ProofLevel, ProofMethod } from './words.js';

export const DocumentKind = z.enum(['nif', 'nie', 'passport']);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** Everything known of one contact point; what may not be read by everybody is masked by the server. */
export const ContactPointDetail = ContactPoint.extend({
  kind: IdentifierKind,
  /** `value` is null and `display` shows its end only; whole by `POST …/reveal`. */
  masked: z.boolean(),
  source: ContactSource,
  verified: z.object({ at: Instant, how: ProofMethod, by: PersonRef.nullable() }).nullable(),
  /** Theirs from; when nobody knows better, since we know of it. */
  since: Instant,
  /** Theirs until; null: still. */
  until: Instant.nullable(),
  ended: z.object({ reason: z.string(), by: PersonRef.nullable() }).nullable(),
  /** Others have it too: it reaches them, and says nothing of who writes or calls. */
  shared: z.boolean(),
  /** Of an account on X: handles it had before, newest first. */
  handles: z.array(z.object({ handle: z.string(), until: Instant })),
});
export type ContactPointDetail = z.infer<typeof ContactPointDetail>;

export const CustomerDetail = CustomerRow.extend({
  /** All of them, also past ones, those of today first. */
  contactPoints: z.array(ContactPointDetail),
  cases: z.array(CustomerRow.shape.openCase.unwrap()),
});
export type CustomerDetail = z.infer<typeof CustomerDetail>;

export const AddContactPointBody = z.object({
  kind: IdentifierKind,
  /** As people write it; normalised by its kind. Of X the handle. */
  value: z.string().trim().min(1).max(320),
  /** Others have it too (the telephone of a family). */
  shared: z.boolean().default(false),
});
export type AddContactPointBody = z.infer<typeof AddContactPointBody>;

export const PatchContactPointBody = z
  .object({
    /** No longer theirs. */
    end: z.object({ reason: z.enum(Object.keys(END_REASONS) as [EndReason, ...EndReason[]]) }).optional(),
    shared: z.boolean().optional(),
    /** Somebody of ours made sure: a document at the counter shows it, or the person proved who they are and says so. */
    verified: z.literal(true).optional(),
  })
  .refine((body) => Object.values(body).filter((value) => value !== undefined).length === 1, {
    message: 'one change at a time: end, shared or verified',
  });
export type PatchContactPointBody = z.infer<typeof PatchContactPointBody>;

export const RevealedContactPoint = z.object({ id: Id, value: z.string(), display: z.string() });

/** A code that was sent and not used yet; never the code. */
export const SentCode = z.object({
  id: Id,
  contactPointId: Id,
  address: z.string(),
  sentAt: Instant,
  expiresAt: Instant,
  triesLeft: z.number().int(),
});
export type SentCode = z.infer<typeof SentCode>;

/** How far somebody has shown who they are, for a case. */
export const ProofState = z.object({
  level: ProofLevel,
  method: ProofMethod.nullable(),
  until: Instant.nullable(),
  /** Who of ours took it; null: nobody had to. */
  by: PersonRef.nullable(),
});
export type ProofState = z.infer<typeof ProofState>;

export const CaseProof = ProofState.extend({
  /** What each way they wrote by lately proves by itself. */
  channels: z.array(
    z.object({ channel: Channel, contactPointId: Id, level: ProofLevel, method: ProofMethod.nullable() }),
  ),
  /** Addresses a code can be sent to, best first, and what typing it would prove. */
  reachable: z.array(z.object({ contactPointId: Id, channel: Channel, address: z.string(), level: ProofLevel })),
  code: SentCode.nullable(),
  /** Whether they have a document on record, which must be the one that is seen. */
  documentKnown: z.boolean(),
  allowed: z.array(z.enum(Object.keys(GATED_ACTIONS) as [GatedAction, ...GatedAction[]])),
});
export type CaseProof = z.infer<typeof CaseProof>;

export const DocumentSeenBody = z.object({
  method: z.literal('document_seen'),
  document: z.object({ kind: DocumentKind, number: z.string().trim().min(3).max(40) }),
});
export type DocumentSeenBody = z.infer<typeof DocumentSeenBody>;

export const SendCodeBody = z.object({ contactPointId: Id });
export const ConfirmCodeBody = z.object({ code: z.string().trim().min(1).max(40) });
