import { z } from 'zod';
import { Id } from './primitives.js';
import { CaseStatus, Channel, ImpactKind, MatchedBy, Priority, WaitReason } from './words.js';

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
  'case.queued': z.object({ queueId: Id, queueName: z.string() }),
  'case.status_changed': z.object({ from: CaseStatus, to: CaseStatus, waitReason: WaitReason.nullable() }),
  'case.priority_changed': z.object({ from: Priority, to: Priority }),
  /** Another case of the same person was taken in; the lists allow to undo it. */
  'case.absorbed': z.object({
    caseId: Id,
    reference: z.string(),
    customerId: Id,
    contactPointIds: z.array(Id),
    interactionIds: z.array(Id),
    threadIds: z.array(Id),
    /** Cases of theirs that were over already. */
    caseIds: z.array(Id),
  }),
  /** Another record of the same person was taken in, with no case to join; the lists allow to undo it. */
  'customer.absorbed': z.object({
    customerId: Id,
    displayName: z.string(),
    contactPointIds: z.array(Id),
    caseIds: z.array(Id),
  }),
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
  /** It names another case and comes from somebody else; a person looked and leaves it where it is. */
  'entry.review_dismissed': z.object({ interactionId: Id, caseReference: z.string().optional() }),
  'note.added': z.object({ noteId: Id }),
  'impact.reported': z.object({ kinds: z.array(ImpactKind) }),
  'contact_point.added': z.object({ contactPointId: Id, kind: z.string(), display: z.string() }),
  'contact_point.conflict': z.object({ customerId: Id, display: z.string() }),
} as const;
export type EventType = keyof typeof EVENTS;
export type EventData<T extends EventType> = z.infer<(typeof EVENTS)[T]>;

/** Events the timeline shows as a line of their own; the rest is bookkeeping or shown by its entry. */
export const TIMELINE_EVENTS = [
  'case.opened',
  'case.reopened',
  'case.assigned',
  'case.queued',
  'case.status_changed',
  'case.priority_changed',
  'case.absorbed',
  'customer.absorbed',
  'impact.reported',
  'contact_point.added',
  'contact_point.conflict',
  'entry.moved_out',
  'entry.moved_in',
  'entry.review_dismissed',
] as const satisfies readonly EventType[];

/** An event as the relay hands it on. */
export const CaseEvent = z.object({
  id: Id,
  seq: z.string(),
  caseId: Id,
  caseVersion: z.number().int(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  at: z.string(),
  correlationId: z.string().nullable(),
});
export type CaseEvent = z.infer<typeof CaseEvent>;

/** The doorbell on namespace `/live`: what changed; REST says what it is now. */
export const CaseChanged = z.object({
  caseId: Id,
  version: z.number().int(),
  types: z.array(z.string()),
  at: z.string(),
});
export type CaseChanged = z.infer<typeof CaseChanged>;
/** Somebody calls: the number, and whose phone rings when that is known. */
export const CallRinging = z.object({ phone: z.string(), extension: z.string().nullable(), at: z.string() });
export type CallRinging = z.infer<typeof CallRinging>;
/** A way in or out works again, works no more, or is no more (`state` null); how it is doing now, REST says. */
export const ChannelChanged = z.object({
  channel: Channel,
  state: z.enum(['ok', 'trouble', 'stopped']).nullable(),
  at: z.string(),
});
export type ChannelChanged = z.infer<typeof ChannelChanged>;
export interface LiveEvents {
  'case.changed': (change: CaseChanged) => void;
  /** Instead of `case.changed` to who connects with `auth: {batched: true}`: what changed since the last ring, a case once. */
  'cases.changed': (changes: CaseChanged[]) => void;
  'channel.changed': (change: ChannelChanged) => void;
  'call.ringing': (call: CallRinging) => void;
}

/** Jobs, imperative `queue.verb`: the first segment is the queue. */
export const JOBS = {
  'delivery.send': z.object({ interactionId: Id, attempt: z.number().int(), correlationId: z.string().nullable() }),
  'call.attach': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'interaction.sanitise': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
} as const;
export type JobName = keyof typeof JOBS;
export type JobData<T extends JobName> = z.infer<(typeof JOBS)[T]>;
