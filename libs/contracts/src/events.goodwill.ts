import { z } from 'zod';
import { ApprovalReason, BenefitKind, BenefitValues } from './benefits.js';
import { CompensatedService } from './goodwill.js';
import { Id } from './primitives.js';
import { ReplyChannel } from './words.js';

const what = { benefitId: Id, kind: BenefitKind, values: BenefitValues };

/** What is proposed, given and owed on a case. */
export const GOODWILL_EVENTS = {
  /** By a rule (`ruleName`), or by somebody who may not give so much: then `approverIds` are told. */
  'benefit.proposed': z.object({
    ...what,
    ruleName: z.string().nullable(),
    needs: z.array(ApprovalReason),
    approverIds: z.array(Id),
  }),
  /** `askedById`: who had asked for it, when that was somebody else. */
  'benefit.approved': z.object({ ...what, reason: z.string().nullable(), askedById: Id.nullable() }),
  'benefit.refused': z.object({
    ...what,
    by: z.enum(['us', 'customer']),
    reason: z.string(),
    askedById: Id.nullable(),
  }),
  'benefit.cancelled': z.object({ ...what, reason: z.string() }),
  'benefit.started': z.object(what),
  'benefit.issued': z.object(what),
  /** Somebody saw the code of the voucher, to tell the customer. */
  'benefit.code_shown': z.object(what),
  /** The customer was written the code; null: there was no way that is open, and somebody has to tell them. */
  'benefit.code_sent': z.object({ ...what, channel: ReplyChannel.nullable() }),
  /** Its amount is final. */
  'benefit.stopped': z.object({
    ...what,
    totalCents: z.number().int(),
    currency: z.string(),
    days: z.number().int(),
    reason: z.string().nullable(),
  }),
  'benefit.ended': z.object({ ...what, reason: z.string().nullable() }),
  'compensation.recorded': z.object({ compensationId: Id, service: CompensatedService }),
  'compensation.owed': z.object({
    compensationId: Id,
    service: CompensatedService,
    totalCents: z.number().int(),
    currency: z.string(),
  }),
  'compensation.withdrawn': z.object({ compensationId: Id, service: CompensatedService, reason: z.string() }),
} as const;
