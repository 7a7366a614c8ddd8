import { z } from 'zod';
import type { DashboardChanged } from './dashboard.js';
import type { CasePresence } from './presence.js';
import { Id } from './primitives.js';
import { Channel } from './words.js';

/** What travels of events: to those who react, and to those who watch. */

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
/** What somebody is told of has changed: more of it, or some was read. REST says what it is. */
export const NotificationsChanged = z.object({ at: z.string() });
export type NotificationsChanged = z.infer<typeof NotificationsChanged>;
export interface LiveEvents {
  'case.changed': (change: CaseChanged) => void;
  /** Instead of `case.changed` to who connects with `auth: {batched: true}`: what changed since the last ring, a case once. */
  'cases.changed': (changes: CaseChanged[]) => void;
  'channel.changed': (change: ChannelChanged) => void;
  'call.ringing': (call: CallRinging) => void;
  /** To those who supervise, twice a second at most. */
  'dashboard.changed': (change: DashboardChanged) => void;
  /** To the person it is about alone, wherever they are signed in. */
  'notifications.changed': (change: NotificationsChanged) => void;
  /** Who is at a case now: to who sees the case, or, connected with `batched`, who watches it (`presence.watch`) as well. */
  presence: (presence: CasePresence) => void;
}

/** Jobs, imperative `queue.verb`: the first segment is the queue. */
export const JOBS = {
  'delivery.send': z.object({ interactionId: Id, attempt: z.number().int(), correlationId: z.string().nullable() }),
  'case.route': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'call.attach': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'match.suggest': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'loan.follow': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'handoff.told': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'handoff.answer_quote': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'repair.follow': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'promise.keep': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  /** Reads what happened itself: with more than that a job of many would cost more than to tell of them. */
  'notify.tell': z.object({ events: z.array(z.object({ id: Id })), correlationId: z.string().nullable() }),
  'benefit.contribute': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'benefit.settle': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
  'interaction.sanitise': z.object({ events: z.array(CaseEvent), correlationId: z.string().nullable() }),
} as const;
export type JobName = keyof typeof JOBS;
export type JobData<T extends JobName> = z.infer<(typeof JOBS)[T]>;
