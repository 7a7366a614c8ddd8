import { z } from 'zod';

/** The closed vocabularies of the house. Every union here has a check constraint of the same words in the database. */

/**
 * `other`: said elsewhere (a forum, a blog, another network) and written down here with its address · `web`: written by the
 * customer on the page of their case.
 */
export const Channel = z.enum(['twitter', 'email', 'store', 'phone', 'other', 'web']);
export type Channel = z.infer<typeof Channel>;

/** Channels a written reply can leave by. */
export const ReplyChannel = z.enum(['twitter', 'email']);
export type ReplyChannel = z.infer<typeof ReplyChannel>;

export const ContactPointKind = z.enum(['twitter', 'email', 'phone']);
export type ContactPointKind = z.infer<typeof ContactPointKind>;

/** All that identifies a customer: what they can be reached by, and what is theirs by contract or in their hand. */
export const IdentifierKind = z.enum([...ContactPointKind.options, 'document', 'customer_number', 'line', 'imei']);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/** Who told us of it: a message that came from it, one of us, an import, the customer on their page. */
export const ContactSource = z.enum(['message', 'staff', 'import', 'customer']);
export type ContactSource = z.infer<typeof ContactSource>;

/** How far somebody has shown who they are. */
export const ProofLevel = z.enum(['none', 'weak', 'strong']);
export type ProofLevel = z.infer<typeof ProofLevel>;

/** How they showed it; the words stand in PROOF_METHODS. */
export const ProofMethod = z.enum(['one_time_code', 'document_seen', 'signed_link', 'sender_verified', 'account']);
export type ProofMethod = z.infer<typeof ProofMethod>;

export const Direction = z.enum(['inbound', 'outbound']);
export type Direction = z.infer<typeof Direction>;

export const CaseStatus = z.enum([
  'new',
  'understood',
  'in_solution',
  'waiting',
  'restored',
  'closed',
  'merged',
  'spam',
]);
export type CaseStatus = z.infer<typeof CaseStatus>;

/** The statuses a person may set; `merged` only comes from a merge. */
export const SettableCaseStatus = CaseStatus.exclude(['merged']);

export const WaitReason = z.enum(['customer', 'partner', 'parts', 'courier']);
export type WaitReason = z.infer<typeof WaitReason>;

export const Priority = z.enum(['low', 'normal', 'high', 'critical']);
export type Priority = z.infer<typeof Priority>;

/** What a customer cannot do while the problem lasts. */
export const ImpactKind = z.enum(['calls', 'data', 'apps', 'photos', 'other']);
export type ImpactKind = z.infer<typeof ImpactKind>;

export const ImpactState = z.enum(['reported', 'confirmed', 'relieved', 'restored']);
export type ImpactState = z.infer<typeof ImpactState>;

/** Calls that come in, or that go out; of `calls` only. */
export const ImpactPart = z.enum(['in', 'out']);
export type ImpactPart = z.infer<typeof ImpactPart>;

/** How far a problem is. `understood`: the customer agreed with how it is put. */
export const ProblemStage = z.enum(['received', 'understood', 'in_solution', 'restored', 'closed']);
export type ProblemStage = z.infer<typeof ProblemStage>;

export const Audience = z.enum(['internal', 'partner', 'customer']);
export type Audience = z.infer<typeof Audience>;

export const Role = z.enum(['agent', 'store', 'supervisor', 'admin']);
export type Role = z.infer<typeof Role>;

export const Language = z.enum(['es', 'en']);
export type Language = z.infer<typeof Language>;

/** held: can still be undone · pending: being sent or waiting for its next try · undone: taken back while held. */
export const DeliveryState = z.enum(['held', 'pending', 'sent', 'failed', 'undone']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Why a thread is closed to replies; the words stand in THREAD_REASONS. */
export const ThreadReason = z.enum(['never_wrote', 'call', 'recipient.closed', 'contact.ended']);
export type ThreadReason = z.infer<typeof ThreadReason>;

/** Why an arrival landed on its case; stored on the interaction and shown. */
export const MatchedBy = z.enum([
  'reply_token',
  'references',
  'subject_tag',
  'contact_point',
  'handle',
  'reference',
  'customer',
  'new_customer',
  'moved',
  'signed_link',
  'one_time_code',
  'evidence',
]);
export type MatchedBy = z.infer<typeof MatchedBy>;

export const CallOutcome = z.enum(['answered', 'no_answer', 'busy', 'voicemail', 'failed']);
export type CallOutcome = z.infer<typeof CallOutcome>;

export const Tier = z.enum(['standard', 'silver', 'gold']);
export type Tier = z.infer<typeof Tier>;
