import { z } from 'zod';
import { ClockMetric } from './clocks.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { Priority } from './words.js';

/** What happens when a clock runs out, step by step, and who has been told by now. */

const DAYS_60 = 60 * 24 * 60;
const Minutes = z.number().int().min(0).max(DAYS_60);

/**
 * When a rung is reached. `share` of the minutes the clock may take, which moves with its pauses · `afterBreachMinutes`, counted
 * as the clock counts · `elapsedMinutes` since it started, paused or not · `unacknowledged`: only when the rung below was not
 * acknowledged in time.
 */
export const RungWhen = z.union([
  z.strictObject({ share: z.number().min(0.05).max(1) }),
  z.strictObject({ afterBreachMinutes: Minutes }),
  z.strictObject({ elapsedMinutes: Minutes.min(1) }),
  z.strictObject({ unacknowledged: z.literal(true) }),
]);
export type RungWhen = z.infer<typeof RungWhen>;

/** Who is told. `owner`: who has the case, the supervisors where nobody does · `queue`: the members of its queue. */
export const RungAudience = z.enum(['owner', 'supervisors', 'admins', 'queue']);
export type RungAudience = z.infer<typeof RungAudience>;

export const Rung = z.object({
  when: RungWhen,
  /** The clocks it looks at. */
  metrics: z.array(ClockMetric).min(1).max(20),
  tell: z.array(z.union([RungAudience, Id])).max(20),
  /** Who has the case from then on: the supervisor on shift with the least on their hands, or a person. Null: who has it. */
  accountable: z.union([z.literal('supervisor'), Id]).nullable(),
  /** Where the case goes. */
  queueId: Id.nullable(),
  priority: Priority.nullable(),
  /** Somebody has to acknowledge it within so many minutes, or the next rung is reached at once. */
  acknowledgeMinutes: z.number().int().min(1).max(DAYS_60).nullable(),
});
export type Rung = z.infer<typeof Rung>;

export const MAX_RUNGS = 20;
const Rungs = z
  .array(Rung)
  .max(MAX_RUNGS)
  .refine((rungs) => !rungs[0] || !('unacknowledged' in rungs[0].when), 'begins with a rung nobody can reach');

const Name = z.string().trim().min(1).max(80);

export const LadderBody = z.object({ name: Name, queueId: Id.nullable(), rungs: Rungs });
export type LadderBody = z.infer<typeof LadderBody>;

export const LadderChange = z.object({
  name: Name.optional(),
  rungs: Rungs,
  /** The version it was read as. */
  version: z.number().int().min(1),
});
export type LadderChange = z.infer<typeof LadderChange>;

/** Of a queue, or (null) of all that have no other. A clock keeps the version it began with. */
export const Ladder = z.object({
  id: Id,
  name: z.string(),
  queue: z.object({ id: Id, name: z.string() }).nullable(),
  version: z.number().int(),
  rungs: z.array(Rung),
  by: PersonRef.nullable(),
  at: Instant,
});
export type Ladder = z.infer<typeof Ladder>;

export const LadderPage = page(Ladder);
export type LadderPage = z.infer<typeof LadderPage>;

export const EscalationState = z.enum(['open', 'acknowledged', 'ended']);
export type EscalationState = z.infer<typeof EscalationState>;

/** Why it was raised: a share of the time has passed, it was late, a time since the start, or nobody acknowledged the one below. */
export const EscalationReason = z.enum(['share', 'breach', 'elapsed', 'unacknowledged']);
export type EscalationReason = z.infer<typeof EscalationReason>;

/** Why nobody has to look at it any more: its clock was met, or nobody waits for it. */
export const EscalationEnd = z.enum(['met', 'dropped']);
export type EscalationEnd = z.infer<typeof EscalationEnd>;

export const Escalation = z.object({
  id: Id,
  case: z.object({ id: Id, reference: z.string(), customerName: z.string(), problem: z.string().nullable() }),
  metric: ClockMetric,
  /** Of a partner: whose. */
  partnerName: z.string().nullable(),
  round: z.number().int(),
  /** Its place in the ladder, from 1 on. */
  rung: z.number().int(),
  rungs: z.number().int(),
  reason: EscalationReason,
  /** When the rung was reached; `raisedAt`: when we said so. */
  dueAt: Instant,
  raisedAt: Instant,
  accountable: PersonRef.nullable(),
  told: z.array(PersonRef),
  queue: z.object({ id: Id, name: z.string() }).nullable(),
  acknowledgeBy: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: PersonRef.nullable(),
  endedAt: Instant.nullable(),
  /** Whether who asks may acknowledge it. */
  mine: z.boolean(),
});
export type Escalation = z.infer<typeof Escalation>;

export const EscalationQuery = PageQuery.extend({ state: EscalationState.default('open'), queueId: Id.optional() });
export type EscalationQuery = z.infer<typeof EscalationQuery>;

export const EscalationPage = page(Escalation);
export type EscalationPage = z.infer<typeof EscalationPage>;

const Ids = z.array(Id).min(1).max(200);
export const EscalationIds = z.object({ ids: Ids });
export type EscalationIds = z.infer<typeof EscalationIds>;

export const EscalationReassign = z
  .object({
    ids: Ids,
    assigneeId: Id.optional(),
    queueId: Id.optional(),
    reason: z.string().trim().min(1).max(300),
  })
  .refine(({ assigneeId, queueId }) => (assigneeId === undefined) !== (queueId === undefined), {
    path: ['assigneeId'],
    message: 'either a person or a queue',
  });
export type EscalationReassign = z.infer<typeof EscalationReassign>;

/** What became of each, in the order they were asked for; `code`: why not. */
export const EscalationOutcomes = z.object({
  items: z.array(z.object({ id: Id, done: z.boolean(), code: z.string().nullable() })),
});
export type EscalationOutcomes = z.infer<typeof EscalationOutcomes>;
