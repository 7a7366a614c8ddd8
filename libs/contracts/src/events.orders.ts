import { z } from 'zod';
import { Id, Instant } from './primitives.js';
import {
  ApprovalHow,
  DataCategory,
  DataResult,
  ReliefKind,
  RepairHolder,
  RepairStage,
  RepairWay,
} from './repairs.words.js';
import { ImpactKind } from './words.js';

const quote = { quoteId: Id, repairId: Id, version: z.number().int() };
const price = { customerCents: z.number().int(), totalCents: z.number().int(), currency: z.string() };
const reason = z.string().nullable();

/** What happens to repair orders and their quotes. */
export const ORDER_EVENTS = {
  'repair.opened': z.object({ repairId: Id, deviceId: Id, storeId: Id, name: z.string() }),
  'repair.moved': z.object({ repairId: Id, from: RepairStage, to: RepairStage, reason }),
  /** Another has the device in their hands. */
  'repair.held': z.object({ repairId: Id, from: RepairHolder, to: RepairHolder }),
  /** When the device is to be back; `from` null: said for the first time. */
  'repair.promise_moved': z.object({ repairId: Id, from: Instant.nullable(), to: Instant, reason }),
  'repair.returned': z.object({ repairId: Id }),
  'repair.way_decided': z.object({ repairId: Id, way: RepairWay, reason: z.string() }),
  'quote.offered': z.object({ ...quote, ...price }),
  /** `goodwillCents`: what we put towards it for their trouble. */
  'quote.approved': z.object({
    ...{ ...quote, ...price },
    goodwillCents: z.number().int(),
    how: ApprovalHow,
    byName: z.string(),
  }),
  'quote.declined': z.object({ ...quote, how: ApprovalHow, byName: z.string(), reason: z.string() }),
  'quote.expired': z.object(quote),
  'quote.withdrawn': z.object(quote),
  /** The customer was reminded that it runs out. */
  'quote.nudged': z.object({ ...quote, nudge: z.number().int() }),
  'data_recovery.asked': z.object({ repairId: Id }),
  'data_recovery.agreed': z.object({
    repairId: Id,
    byName: z.string(),
    categories: z.array(DataCategory),
    mayErase: z.boolean(),
  }),
  'data_recovery.done': z.object({ repairId: Id, results: z.partialRecord(DataCategory, DataResult) }),
  'relief.planned': z.object({ taskId: Id, kind: ReliefKind, impact: ImpactKind, dueAt: Instant }),
  'relief.done': z.object({ taskId: Id, kind: ReliefKind, impact: ImpactKind }),
  'relief.cancelled': z.object({ taskId: Id, kind: ReliefKind, impact: ImpactKind, reason: z.string() }),
} as const;

export const ORDER_TIMELINE = Object.keys(ORDER_EVENTS) as (keyof typeof ORDER_EVENTS)[];
