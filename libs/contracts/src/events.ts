import { z } from 'zod';
import { NEWS_EVENTS } from './news.js';
import { HANDOFF_EVENTS } from './events.handoffs.js';
import { LOAN_EVENTS } from './events.loaners.js';
import { REPAIR_EVENTS } from './events.repairs.js';
import { ORDER_EVENTS } from './events.orders.js';
import { COUNTER_EVENTS } from './events.counter.js';
import { GOODWILL_EVENTS } from './events.goodwill.js';
import { SLA_EVENTS } from './events.sla.js';
import { MatchRule } from './matching.js';
import { MergeSide } from './merges.js';
import { Id, Instant } from './primitives.js';
import { Agreement, AgreementHow, FactKind, PromiseKind, PromiseState } from './story.js';
import {
  CaseStatus,
  Channel,
  ImpactKind,
  ImpactState,
  MatchedBy,
  Priority,
  ProblemStage,
  ProofLevel,
  ProofMethod,
  WaitReason,
} from './words.js';

/** What an event of a merge says of the other side; `otherCaseId` and `otherReference` of a case that was joined. */
const otherSide = {
  mergeId: Id,
  customerId: Id,
  displayName: z.string(),
  otherCaseId: Id.nullable().optional(),
  otherReference: z.string().nullable().optional(),
};

/** What an event of a suggestion says of the other side; references of cases are for who sees them. */
const suggestedSide = {
  suggestionId: Id,
  otherName: z.string().optional(),
  otherCaseId: Id.nullable().optional(),
  otherReference: z.string().nullable().optional(),
};

/** Every event a case can record, with its payload: one table of what happens in this house. */
export const EVENTS = {
  /** `callsWaiting`: their number has called before, with nobody's case to put that on. */
  'case.opened': z.object({ interactionId: Id, channel: Channel, callsWaiting: z.boolean() }),
  'case.reopened': z.object({ from: CaseStatus }),
  'case.assigned': z.object({
    assigneeId: Id.nullable(),
    assigneeName: z.string().nullable(),
    previousId: Id.nullable(),
    previousName: z.string().nullable(),
  }),
  /** Continuity routing gave it to somebody, and why. */
  'case.routed': z.object({
    assigneeId: Id,
    assigneeName: z.string(),
    previousId: Id.nullable(),
    code: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
  /** It changed hands: from whom or which queue, to whom, and why. */
  'case.handed_over': z.object({
    handoverId: Id,
    fromName: z.string(),
    toKind: z.enum(['agent', 'queue', 'store']),
    toId: Id,
    toName: z.string(),
    reason: z.string(),
    note: z.string().nullable(),
  }),
  'handover.acknowledged': z.object({ handoverId: Id }),
  'next_action.set': z.object({
    code: z.string(),
    values: z.record(z.string(), z.string()),
    text: z.string().nullable(),
    dueAt: z.string().nullable(),
    noDue: z.string().nullable(),
  }),
  /** A customer was shown the way to a store, which has their story from now on. */
  'redirect.sent': z.object({ redirectId: Id, storeId: Id, storeName: z.string(), interactionId: Id }),
  'redirect.acknowledged': z.object({ redirectId: Id, storeId: Id, storeName: z.string() }),
  'redirect.taken_back': z.object({ redirectId: Id, storeId: Id }),
  /** A reply sent somebody to a store with an address and no more. */
  'redirect.bare': z.object({ interactionId: Id, missing: z.array(z.string()) }),
  'case.queued': z.object({ queueId: Id, queueName: z.string() }),
  'case.status_changed': z.object({ from: CaseStatus, to: CaseStatus, waitReason: WaitReason.nullable() }),
  'case.priority_changed': z.object({ from: Priority, to: Priority }),
  /** Two records were one person, or two cases one; `displayName` is the other side's, their case when there was one. */
  'customer.merged': z.object({ side: MergeSide, reason: z.string(), undoUntil: Instant, ...otherSide }),
  'case.merged': z.object({ side: MergeSide, reason: z.string(), undoUntil: Instant, ...otherSide }),
  /** Taken back; `entries`: what had come since and went to the side it belongs to. */
  'customer.unmerged': z.object({ side: MergeSide, entries: z.number().int(), ...otherSide }),
  'case.unmerged': z.object({ side: MergeSide, entries: z.number().int(), ...otherSide }),
  /** A problem or entries went out into the case of another customer. */
  'case.split_out': z.object({
    toCaseId: Id,
    toReference: z.string().optional(),
    displayName: z.string(),
    problem: z.string().nullable(),
    entries: z.number().int(),
    reason: z.string(),
  }),
  'case.split_in': z.object({
    fromCaseId: Id,
    fromReference: z.string().optional(),
    displayName: z.string(),
    problem: z.string().nullable(),
    entries: z.number().int(),
    reason: z.string(),
  }),
  /** Somebody else's record may be of the same person; what people said of that; or it was as good as certain. */
  'match.suggested': z.object({ rules: z.array(MatchRule), ...suggestedSide }),
  'match.dismissed': z.object({ reason: z.string().nullable(), ...suggestedSide }),
  'match.reopened': z.object(suggestedSide),
  'match.attached': z.object({ suggestionId: Id, mergeId: Id, rules: z.array(MatchRule), displayName: z.string() }),
  'case.read': z.object({ entryId: Id.nullable() }),
  'interaction.received': z.object({
    interactionId: Id,
    channel: Channel,
    matchedBy: MatchedBy,
    toSanitise: z.boolean(),
  }),
  'interaction.queued': z.object({ interactionId: Id, channel: Channel }),
  'interaction.undone': z.object({ interactionId: Id }),
  'interaction.sent': z.object({ interactionId: Id, channel: Channel }),
  'interaction.failed': z.object({ interactionId: Id, channel: Channel, reason: z.string() }),
  'interaction.delayed': z.object({ interactionId: Id, channel: Channel, reason: z.string() }),
  'interaction.sanitised': z.object({ interactionId: Id }),
  /** A file of it that could not be fetched when it came: there now, or it never will be. */
  'interaction.file_came': z.object({ interactionId: Id, fileId: Id, outcome: z.enum(['fetched', 'given_up']) }),
  /** Somebody put it on another case; `withSender`: the address it came from went along, from that customer. */
  'entry.moved_out': z.object({
    interactionId: Id,
    toCaseId: Id,
    toReference: z.string().optional(),
    reason: z.string(),
    withSender: z.object({ contactPointId: Id, fromCustomerId: Id }).nullable(),
  }),
  'entry.moved_in': z.object({
    interactionId: Id,
    fromCaseId: Id,
    fromReference: z.string().optional(),
    matchedBefore: MatchedBy.nullable(),
    reason: z.string(),
    withSender: z.object({ contactPointId: Id, fromCustomerId: Id }).nullable(),
  }),
  /** The mail as it came, with a code that everybody else sees as dots. */
  'entry.original_read': z.object({ interactionId: Id }),
  /** It names another case and comes from somebody else; a person looked and leaves it where it is. */
  'entry.review_dismissed': z.object({ interactionId: Id, caseReference: z.string().optional() }),
  /** A link to follow the case was made; `sentTo`: the address it is for, as it is written. */
  'link.issued': z.object({ linkId: Id, sentTo: z.string().nullable(), expiresAt: Instant }),
  'link.opened': z.object({ linkId: Id, contactPointId: Id.nullable() }),
  'link.revoked': z.object({ linkId: Id }),
  /** Its code was shown at a counter: the store sees the case until then. */
  'code.presented': z.object({ storeId: Id, storeName: z.string(), until: Instant }),
  /** Somebody opened a case that is none of theirs. */
  'glass.broken': z.object({ reason: z.string(), until: Instant }),
  /** A visit was written down to its typed reference and nothing else, at a store that had not seen it. */
  'case.reached': z.object({ reference: z.string(), storeId: Id, storeName: z.string() }),
  'note.added': z.object({ noteId: Id }),
  'impact.reported': z.object({ kinds: z.array(ImpactKind) }),
  'impact.moved': z.object({
    impactId: Id,
    kind: ImpactKind,
    from: ImpactState,
    to: ImpactState,
    /** Of one that is lacking again: what it was relieved by is gone. */
    reason: z.string().optional(),
  }),
  'problem.added': z.object({ problemId: Id, statement: z.string() }),
  'problem.corrected': z.object({ problemId: Id, from: z.string(), to: z.string() }),
  /** `agreed`: what the customer agreed with the statement by, on its way to understood. */
  'problem.moved': z.object({
    problemId: Id,
    statement: z.string(),
    from: ProblemStage,
    to: ProblemStage,
    agreed: Agreement.nullable(),
  }),
  'fact.added': z.object({ factId: Id, kind: FactKind, text: z.string().nullable() }),
  'fact.corrected': z.object({ factId: Id, before: Id, kind: FactKind, text: z.string().nullable() }),
  'fact.withdrawn': z.object({ factId: Id, kind: FactKind, reason: z.string() }),
  'promise.made': z.object({
    promiseId: Id,
    kind: PromiseKind,
    text: z.string().nullable(),
    byName: z.string(),
    dueAt: z.string(),
  }),
  'promise.moved': z.object({ promiseId: Id, from: z.string(), to: z.string() }),
  'promise.decided': z.object({
    promiseId: Id,
    kind: PromiseKind,
    text: z.string().nullable(),
    state: PromiseState,
    reason: z.string().nullable(),
    /** The message it was kept by, without anybody saying so; `late`: it left after the promise was due. */
    keptBy: z.object({ entryId: Id, late: z.boolean() }).optional(),
  }),
  're_explanation.recorded': z.object({
    id: Id,
    source: z.enum(['agent_asked', 'customer_said']),
    asked: z.array(z.string()),
  }),
  /** The customer was asked whether all is well; null: there was no way to ask. */
  'closing.asked': z.object({ channel: Channel.nullable() }),
  'closing.answered': z.object({ interactionId: Id, answer: z.enum(['yes', 'no', 'unclear']) }),
  /** The customer said it is solved, or said nothing for seven days. */
  'closing.confirmed': z.object({
    by: z.string(),
    how: z.enum([...AgreementHow.options, 'silence']),
    entryId: Id.nullable(),
  }),
  'contact_point.added': z.object({ contactPointId: Id, kind: z.string(), display: z.string() }),
  'contact_point.ended': z.object({ contactPointId: Id, kind: z.string(), display: z.string(), reason: z.string() }),
  'contact_point.shared': z.object({ contactPointId: Id, kind: z.string(), display: z.string(), shared: z.boolean() }),
  'contact_point.verified': z.object({ contactPointId: Id, kind: z.string(), display: z.string(), how: z.string() }),
  /** It was stated on their behalf by somebody who did not prove who they are: it is not theirs. */
  'contact_point.unproven': z.object({ kind: z.string(), display: z.string() }),
  /** Somebody read it whole. */
  'contact_point.shown': z.object({ contactPointId: Id, kind: z.string(), display: z.string() }),
  /** A document that is not the one on record. */
  'proof.refused': z.object({ method: z.string() }),
  'proof.given': z.object({
    proofId: Id,
    level: ProofLevel,
    method: ProofMethod,
    until: z.string(),
    display: z.string().nullable(),
  }),
  'one_time_code.sent': z.object({ contactPointId: Id, display: z.string(), interactionId: Id }),
  /** How the customer wants to be spoken to; the fields that changed. */
  'preferences.changed': z.object({ fields: z.array(z.string()) }),
  'contact_point.conflict': z.object({ customerId: Id, display: z.string() }),
  /** It became part of an incident, was taken out of it, or the incident is over. */
  'incident.joined': z.object({ incidentId: Id, title: z.string() }),
  'incident.left': z.object({ incidentId: Id, title: z.string() }),
  'incident.resolved': z.object({ incidentId: Id, title: z.string() }),
  ...NEWS_EVENTS,
  ...HANDOFF_EVENTS,
  ...LOAN_EVENTS,
  ...REPAIR_EVENTS,
  ...ORDER_EVENTS,
  ...COUNTER_EVENTS,
  ...GOODWILL_EVENTS,
  ...SLA_EVENTS,
} as const;
export type EventType = keyof typeof EVENTS;
export type EventData<T extends EventType> = z.infer<(typeof EVENTS)[T]>;
