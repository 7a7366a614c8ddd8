import { z } from 'zod';
import { Accessory, Condition } from './counter.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Quote, QuoteCurrency, Shares } from './quotes.js';
import {
  ConsentHow,
  DataCategory,
  DataFate,
  DataResult,
  DataState,
  RepairHolder,
  RepairStage,
  RepairWay,
  ReliefKind,
  ReliefState,
} from './repairs.words.js';
import { ImpactKind } from './words.js';

/** Repair orders: where a device is, how far its repair has got, what the ways cost, and what becomes of the data on it. */

const words = (most: number) => z.string().trim().min(1).max(most);

export const NewRepairBody = z.object({
  deviceId: Id,
  storeId: Id,
  /** What is wrong with it, in a word of the house or in a sentence. */
  fault: words(200),
  condition: Condition.nullish(),
  accessories: z.array(Accessory).max(20).default([]),
  liquid: z.enum(['yes', 'no', 'unknown']).default('unknown'),
  activationLock: z.enum(['off', 'on', 'unknown']).default('unknown'),
  backUp: z.enum(['done', 'not_done', 'not_possible', 'unknown']).default('unknown'),
  photoIds: z.array(Id).max(20).default([]),
  /** Why something was not done, by the gate it belongs to. */
  waivers: z.record(z.string().max(60), words(300)).default({}),
  /** Who has the device now. */
  holder: RepairHolder.default('store'),
});
export type NewRepairBody = z.infer<typeof NewRepairBody>;

export const MoveRepairBody = z
  .object({ to: RepairStage, reason: words(500).optional(), holder: RepairHolder.optional() })
  .refine(({ to, reason }) => (to !== 'cancelled' && to !== 'unrepairable') || reason, {
    path: ['reason'],
    message: 'say why',
  });
export type MoveRepairBody = z.infer<typeof MoveRepairBody>;

export const PatchRepairBody = z
  .object({
    diagnosis: z.string().trim().max(2000).optional(),
    /** The repair wipes what is on the device. */
    erases: z.boolean().optional(),
    holder: RepairHolder.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' });
export type PatchRepairBody = z.infer<typeof PatchRepairBody>;

/** When the device is to be back. A date that was told once is only moved with a reason. */
export const PromiseReturnBody = z.object({ returnAt: Instant, reason: words(500).optional() });
export type PromiseReturnBody = z.infer<typeof PromiseReturnBody>;

export const HandBackBody = z.object({
  /** What was tried together with the customer, and whether it works. */
  works: z.partialRecord(ImpactKind, z.boolean()).default({}),
  dataBack: z.enum(['all', 'part', 'none', 'not_needed']),
  note: z.string().trim().max(2000).default(''),
  photoIds: z.array(Id).max(20).default([]),
  signatureId: Id.nullish(),
  waivers: z.record(z.string().max(60), words(300)).default({}),
});
export type HandBackBody = z.infer<typeof HandBackBody>;

/** One way out: what it costs whom, how long it takes, what becomes of the data. */
export const RepairOption = z.object({
  way: RepairWay,
  currency: QuoteCurrency.default('EUR'),
  shares: Shares,
  daysWithoutPhone: z.number().int().min(0).max(365),
  data: DataFate,
  note: z.string().trim().max(500).default(''),
});
export type RepairOption = z.infer<typeof RepairOption>;

export const OptionsBody = z.object({
  options: z
    .array(RepairOption)
    .max(4)
    .refine((options) => new Set(options.map(({ way }) => way)).size === options.length, { message: 'each way once' }),
});
export type OptionsBody = z.infer<typeof OptionsBody>;

export const DecideWayBody = z.object({ way: RepairWay, reason: words(500) });
export type DecideWayBody = z.infer<typeof DecideWayBody>;

/** What the customer wants back of what is on the device, and that it may be looked for and, if need be, wiped. */
export const DataConsentBody = z.object({
  byName: words(200),
  how: ConsentHow,
  entryId: Id.optional(),
  /** What they want back; the other categories are not wanted. */
  categories: z.array(DataCategory).max(5),
  /** The device may be wiped once that is done. */
  mayErase: z.boolean(),
});
export type DataConsentBody = z.infer<typeof DataConsentBody>;

export const DataResultsBody = z.object({
  results: z.partialRecord(DataCategory, DataResult),
  note: z.string().trim().max(500).optional(),
});
export type DataResultsBody = z.infer<typeof DataResultsBody>;

export const DataRecovery = z.object({
  state: DataState,
  askedBy: PersonRef,
  askedAt: Instant,
  consent: z
    .object({ byName: z.string(), how: ConsentHow, at: Instant, recordedBy: PersonRef, mayErase: z.boolean() })
    .nullable(),
  categories: z.array(z.object({ category: DataCategory, wanted: z.boolean(), result: DataResult.nullable() })),
  note: z.string().nullable(),
  doneAt: Instant.nullable(),
});
export type DataRecovery = z.infer<typeof DataRecovery>;

export const RepairOrder = z.object({
  id: Id,
  caseId: Id,
  device: z.object({ id: Id, name: z.string(), imeiEnd: z.string().nullable() }),
  store: z.object({ id: Id, name: z.string() }),
  stage: RepairStage,
  stageAt: Instant,
  holder: RepairHolder,
  fault: z.string(),
  diagnosis: z.string(),
  erases: z.boolean(),
  openedBy: PersonRef,
  openedAt: Instant,
  promisedReturnAt: Instant.nullable(),
  /** Newest first: each time the promised day was set or moved. */
  returnMoves: z.array(
    z.object({ from: Instant.nullable(), to: Instant, reason: z.string().nullable(), by: z.string(), at: Instant }),
  ),
  /** Oldest first: every stage it came to, who moved it and when. */
  stages: z.array(
    z.object({
      from: RepairStage.nullable(),
      to: RepairStage,
      by: z.string(),
      at: Instant,
      reason: z.string().nullable(),
    }),
  ),
  /** Newest version first. */
  quotes: z.array(Quote),
  options: z.array(RepairOption),
  way: z.object({ way: RepairWay, reason: z.string(), by: z.string(), at: Instant }).nullable(),
  data: DataRecovery.nullable(),
});
export type RepairOrder = z.infer<typeof RepairOrder>;

export const ReliefBody = z.object({
  kind: ReliefKind,
  /** What the customer can do again once it is done. */
  impact: ImpactKind,
  note: z.string().trim().max(300).default(''),
  /** Without it whoever plans it. */
  ownerId: Id.optional(),
  dueAt: Instant,
});
export type ReliefBody = z.infer<typeof ReliefBody>;

export const DecideReliefBody = z
  .object({ state: ReliefState.exclude(['planned']), reason: words(300).optional() })
  .refine(({ state, reason }) => state !== 'cancelled' || reason, { path: ['reason'], message: 'say why' });
export type DecideReliefBody = z.infer<typeof DecideReliefBody>;

/** Something that makes the customer whole before the cause is fixed. */
export const ReliefTask = z.object({
  id: Id,
  kind: ReliefKind,
  impact: ImpactKind,
  note: z.string(),
  owner: PersonRef,
  dueAt: Instant,
  state: ReliefState,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string().nullable(),
});
export type ReliefTask = z.infer<typeof ReliefTask>;

/** The repairs of a case, newest first, and what relieves its customer meanwhile, by when it is due. */
export const CaseRepairs = z.object({ items: z.array(RepairOrder), relief: z.array(ReliefTask) });
export type CaseRepairs = z.infer<typeof CaseRepairs>;
