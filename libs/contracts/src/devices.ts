import { z } from 'zod';
import { Currency, Day } from './card.js';
import { FaultKind } from './devices.words.js';
import { LoanState } from './loaners.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { DecisionOutcome, WarrantyDecision, WarrantyTermView } from './warranty.js';
import { CaseStatus } from './words.js';

/** Phones: what they are, whose, what is wrong with them, and what was done about it before. */

const words = (most: number) => z.string().trim().min(1).max(most);

export const DeviceOs = z.enum(['android', 'ios', 'other']);
export type DeviceOs = z.infer<typeof DeviceOs>;
export const SimKind = z.enum(['nano', 'micro', 'mini', 'esim']);
export type SimKind = z.infer<typeof SimKind>;

export const DeviceModel = z.object({
  id: Id,
  brand: z.string(),
  name: z.string(),
  os: DeviceOs,
  sim: z.array(SimKind),
  /** How many type allocation codes are known to be of it. */
  tacs: z.number().int(),
});
export type DeviceModel = z.infer<typeof DeviceModel>;
export const DeviceModelPage = page(DeviceModel);
export type DeviceModelPage = z.infer<typeof DeviceModelPage>;
export const ModelTacs = z.object({ tacs: z.array(z.string()) });
export const DeviceModelsQuery = PageQuery.extend({ q: z.string().trim().max(100).optional() });
export const DeviceModelBody = z.object({
  brand: words(60),
  name: words(120),
  os: DeviceOs.default('other'),
  sim: z.array(SimKind).max(4).default([]),
  tacs: z
    .array(z.string().regex(/^\d{8}$/u))
    .max(200)
    .default([]),
});
export type DeviceModelBody = z.infer<typeof DeviceModelBody>;

/** What became of each line of a table of models. */
export const ModelImportRow = z.object({
  row: z.number().int(),
  outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
  tac: z.string().nullable(),
  model: z.string().nullable(),
  reasons: z.array(z.object({ code: z.string(), column: z.string().nullable(), es: z.string(), en: z.string() })),
});
export type ModelImportRow = z.infer<typeof ModelImportRow>;
export const ModelImportAnswer = z.object({
  dryRun: z.boolean(),
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  /** Refused ones first, then in the order of the file; no more than 500. */
  results: z.array(ModelImportRow),
});
export type ModelImportAnswer = z.infer<typeof ModelImportAnswer>;
export const ModelImportQuery = z.object({ dryRun: z.enum(['true', 'false']).default('false') });

export const DeviceCondition = z.enum(['new', 'second_hand']);
export type DeviceCondition = z.infer<typeof DeviceCondition>;

export const Purchase = z.object({
  boughtOn: Day,
  /** Terms run from here; without it from the day it was bought. */
  deliveredOn: Day.nullable().default(null),
  /** ISO 3166-1; whose law answers for it. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u)
    .default('ES'),
  condition: DeviceCondition.default('new'),
  /** Of second-hand goods: the term both agreed on. */
  agreedMonths: z.number().int().min(1).max(120).nullable().default(null),
  /** We sold it, or somebody else did. */
  sellerKind: z.enum(['carrier', 'other']),
  seller: z.string().trim().max(120).default(''),
  proof: z.enum(['receipt', 'contract', 'own_records', 'none']),
  /** A photo or a file on one of its cases. */
  proofId: Id.nullable().default(null),
  priceCents: z.number().int().min(0).nullable().default(null),
  currency: Currency.default('EUR'),
});
export type Purchase = z.infer<typeof Purchase>;
export type PurchaseBody = z.input<typeof Purchase>;

const identifiers = {
  imei: z.string().max(40).optional(),
  imei2: z.string().max(40).optional(),
  meid: z.string().max(40).optional(),
  serial: z.string().trim().max(60).optional(),
  modelId: Id.nullish(),
  modelName: z.string().trim().max(120).optional(),
};

/** Without any number it is "a phone of theirs": one on a case. */
export const PresentDeviceBody = z.object({
  ...identifiers,
  purchase: Purchase.optional(),
  fault: FaultKind.optional(),
  /** In their own words. */
  said: z.string().trim().max(500).optional(),
});
export type PresentDeviceBody = z.infer<typeof PresentDeviceBody>;

export const PatchDeviceBody = z
  .object({ ...identifiers, purchase: Purchase.optional() })
  .refine((body) => Object.keys(body).length > 0, { message: 'nothing to change' });
export type PatchDeviceBody = z.infer<typeof PatchDeviceBody>;

export const FaultBody = z.object({ kind: FaultKind, said: z.string().trim().max(500).optional() });
export type FaultBody = z.infer<typeof FaultBody>;

/** Why a phone is another customer's now. */
export const OwnerReason = z.enum(['bought_used', 'given', 'family', 'mistake']);
export type OwnerReason = z.infer<typeof OwnerReason>;
export const OwnerBody = z.object({ reason: OwnerReason });
export type OwnerBody = z.infer<typeof OwnerBody>;

export const JoinDevicesBody = z.object({ otherId: Id, reason: words(500) });
export type JoinDevicesBody = z.infer<typeof JoinDevicesBody>;

export const ReplaceReason = z.enum(['warranty', 'insurance', 'goodwill', 'bought', 'lost']);
export type ReplaceReason = z.infer<typeof ReplaceReason>;
export const ReplaceDeviceBody = z.object({ ...identifiers, reason: ReplaceReason });
export type ReplaceDeviceBody = z.infer<typeof ReplaceDeviceBody>;
export const RevealedDevice = z.object({
  imei: z.string().nullable(),
  imei2: z.string().nullable(),
  meid: z.string().nullable(),
  serial: z.string().nullable(),
});
export type RevealedDevice = z.infer<typeof RevealedDevice>;

/**
 * What is to be known of a phone somebody holds: it is another customer's · it was replaced by another · its TAC is in no table ·
 * its model is not what was said · the same fault is back.
 */
export const DeviceWarning = z.enum(['another_owner', 'replaced', 'tac_unknown', 'model_differs', 'fault_returned']);
export type DeviceWarning = z.infer<typeof DeviceWarning>;

/** A phone as it is named. Its numbers are masked: whoever has proven who they are is told them whole. */
export const DeviceRef = z.object({
  id: Id,
  /** Brand and model, or what it was called. */
  name: z.string(),
  imei: z.string().nullable(),
  imei2: z.string().nullable(),
  meid: z.string().nullable(),
  serial: z.string().nullable(),
});
export type DeviceRef = z.infer<typeof DeviceRef>;

/** A phone of those that took one another's place; the last of them is the one that is there now. */
export const DeviceLink = DeviceRef.extend({
  /** When and why the next one took its place; null of the last. */
  replacedAt: Instant.nullable(),
  reason: ReplaceReason.nullable(),
});
export type DeviceLink = z.infer<typeof DeviceLink>;

/** What shows when a phone was bought. */
export const ProofFile = z.object({ id: Id, fileName: z.string(), contentType: z.string() });
export type ProofFile = z.infer<typeof ProofFile>;

/** A fault said on a case, and the earlier one it comes back from. */
export const DeviceFault = z.object({
  id: Id,
  kind: FaultKind,
  said: z.string().nullable(),
  at: Instant,
  returned: z
    .object({
      /** Of the case it was on before; null: not theirs to see. */
      caseReference: z.string().nullable(),
      at: Instant,
      /** It came back within so many months. */
      months: z.number().int(),
      /** What says that repairing it costs the customer nothing; null: nothing does. */
      free: z.object({ clause: z.string(), source: z.string(), es: z.string(), en: z.string() }).nullable(),
    })
    .nullable(),
});
export type DeviceFault = z.infer<typeof DeviceFault>;

/** What was before: newest first. Of cases the reader may not see, when and what, not whose. */
export const DeviceHistory = z.object({
  cases: z.array(
    z.object({
      caseId: Id.nullable(),
      reference: z.string().nullable(),
      status: CaseStatus,
      openedAt: Instant,
      problem: z.string().nullable(),
      faults: z.array(FaultKind),
      outcome: DecisionOutcome.nullable(),
    }),
  ),
  repairs: z.array(
    z.object({
      id: Id,
      stage: z.string(),
      openedAt: Instant,
      returnedAt: Instant.nullable(),
      fault: z.string().nullable(),
    }),
  ),
  /** Lent while it was away, newest first. */
  loans: z.array(
    z.object({
      id: Id,
      state: LoanState,
      loaner: z.string(),
      /** Null: it was kept for them, and they never had it. */
      from: Instant.nullable(),
      until: Instant.nullable(),
    }),
  ),
});
export type DeviceHistory = z.infer<typeof DeviceHistory>;

export const DeviceOwner = z.object({
  /** Null: not theirs to see. */
  customer: PersonRef.nullable(),
  from: Instant,
  until: Instant.nullable(),
  reason: OwnerReason.nullable(),
});
export type DeviceOwner = z.infer<typeof DeviceOwner>;

export const Device = DeviceRef.extend({
  model: z.object({ id: Id, brand: z.string(), name: z.string(), os: DeviceOs, sim: z.array(SimKind) }).nullable(),
  purchase: Purchase.nullable(),
  terms: z.array(WarrantyTermView),
  owners: z.array(DeviceOwner),
  replacedBy: DeviceRef.nullable(),
  replaces: z.array(DeviceRef),
  /** Oldest first, this one among them; empty: it took nobody's place and nobody took its. */
  chain: z.array(DeviceLink),
  /** Null: none, or not theirs to see. */
  proofFile: ProofFile.nullable(),
  warnings: z.array(DeviceWarning),
  history: DeviceHistory,
});
export type Device = z.infer<typeof Device>;

/** A phone of a case, with all that is to be decided about it. */
export const CaseDevice = DeviceRef.extend({
  presentedAt: Instant,
  warnings: z.array(DeviceWarning),
  purchase: Purchase.nullable(),
  proofFile: ProofFile.nullable(),
  replacedBy: DeviceRef.nullable(),
  terms: z.array(WarrantyTermView),
  faults: z.array(DeviceFault),
  /** Newest first: what holds, what was proposed, what was decided before. */
  decisions: z.array(WarrantyDecision),
  /** How many other cases it was on. */
  earlierCases: z.number().int(),
});
export type CaseDevice = z.infer<typeof CaseDevice>;
export const CaseDeviceList = z.object({ items: z.array(CaseDevice) });
export type CaseDeviceList = z.infer<typeof CaseDeviceList>;

export const DeviceList = z.object({ items: z.array(DeviceRef) });
export const DevicesQuery = z.object({ imei: z.string().trim().min(1).max(60) });
export const PresentedDevice = z.object({ deviceId: Id, warnings: z.array(DeviceWarning), history: DeviceHistory });
export type PresentedDevice = z.infer<typeof PresentedDevice>;
