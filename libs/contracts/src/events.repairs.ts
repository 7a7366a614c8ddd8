import { z } from 'zod';
import { OwnerReason, ReplaceReason } from './devices.js';
import { FaultKind } from './devices.words.js';
import { Id } from './primitives.js';
import { DecisionOutcome, ReviewVerdict, TermKind } from './warranty.js';

const device = { deviceId: Id, name: z.string() };
const decision = { decisionId: Id, deviceId: Id, outcome: DecisionOutcome };

/** What happens to a phone of a case: it is shown, a warranty is decided on, it is repaired. */
export const REPAIR_EVENTS = {
  /** A phone was shown or named; `known`: it had been here before · `another`: it is another customer's. */
  'device.presented': z.object({ ...device, known: z.boolean(), another: z.boolean() }),
  'device.fault_stated': z.object({ ...device, fault: FaultKind }),
  /** The same fault of the same phone as on an earlier case. `clause`: what says that repairing it is free. */
  'device.fault_returned': z.object({
    ...device,
    fault: FaultKind,
    earlierCaseId: Id,
    earlierReference: z.string(),
    months: z.number().int(),
    clause: z.string().nullable(),
  }),
  'device.owner_changed': z.object({ ...device, reason: OwnerReason }),
  'device.replaced': z.object({ ...device, byDeviceId: Id, byName: z.string(), reason: ReplaceReason }),
  /** Two records were one phone. */
  'device.joined': z.object({ ...device, otherId: Id, reason: z.string() }),
  'device.purchase_set': z.object({ ...device, boughtOn: z.string() }),
  /** Somebody wrote down who answers for it until when, or took that back. */
  'device.term_added': z.object({ ...device, kind: TermKind, provider: z.string(), endsOn: z.string() }),
  'device.term_removed': z.object({ ...device, kind: TermKind, provider: z.string() }),
  /** Somebody read its numbers whole. */
  'device.shown': z.object(device),
  'warranty.proposed': z.object(decision),
  'warranty.decided': z.object({ ...decision, supersedes: Id.nullable() }),
  'warranty.withdrawn': z.object(decision),
  /** `reviewerIds`: who may give it. */
  'warranty.review_asked': z.object({ ...decision, reason: z.string(), reviewerIds: z.array(Id) }),
  'warranty.reviewed': z.object({ ...decision, verdict: ReviewVerdict, reason: z.string(), askedById: Id.nullable() }),
  /** The customer may read it on the page of their case, or no longer. */
  'warranty.told': z.object({ ...decision, told: z.boolean() }),
} as const;
