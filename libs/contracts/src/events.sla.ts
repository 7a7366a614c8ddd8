import { z } from 'zod';
import { ClockMetric, ClockSide } from './clocks.js';
import { EscalationEnd, EscalationReason } from './ladders.js';
import { Id, Instant } from './primitives.js';

/** What clocks, policies and the ladder say of a case. */
export const SLA_EVENTS = {
  /** A clock of the case was not met by the time it was due. */
  'clock.breached': z.object({
    metric: ClockMetric,
    side: ClockSide,
    dueAt: Instant,
    /** Of which handoff, and whose. */
    handoffId: Id.optional(),
    partnerName: z.string().optional(),
  }),
  /** Clocks made anew from what happened in the case are others than those it has. */
  'clock.mismatched': z.object({ differences: z.array(z.string()) }),
  /** Its running clocks go by another version; what counted is kept. `previous…`: the one they went by. */
  'policy.reapplied': z.object({
    policyId: Id,
    policyName: z.string(),
    version: z.number().int(),
    versionId: Id,
    previousName: z.string().nullable(),
    previousVersion: z.number().int().nullable(),
    previousVersionId: Id.nullable(),
  }),
  /** A rung of the ladder was climbed: who is told, and who answers for it from now on. */
  'escalation.raised': z.object({
    escalationId: Id,
    metric: ClockMetric,
    /** Of which handoff, and whose. */
    handoffId: Id.optional(),
    partnerName: z.string().optional(),
    round: z.number().int(),
    rung: z.number().int(),
    reason: EscalationReason,
    accountableId: Id.nullable(),
    accountableName: z.string().nullable(),
    toldIds: z.array(Id),
    queueId: Id.nullable(),
    acknowledgeBy: Instant.nullable(),
  }),
  'escalation.acknowledged': z.object({ escalationId: Id }),
  /** Its clock had ended with a case that was part of another, and runs again. Nobody is told of what was acknowledged. */
  'escalation.reopened': z.object({
    escalationId: Id,
    metric: ClockMetric,
    /** Of which handoff, and whose. */
    handoffId: Id.optional(),
    partnerName: z.string().optional(),
    round: z.number().int(),
    rung: z.number().int(),
    reason: EscalationReason,
    accountableId: Id.nullable(),
    toldIds: z.array(Id),
    acknowledgeBy: Instant.nullable(),
  }),
  'escalation.ended': z.object({ escalationId: Id, why: EscalationEnd }),
} as const;
