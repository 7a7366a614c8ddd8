import { z } from 'zod';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';

/** Phones that customers have while theirs is away: the pool, what is decided of them, and each loan. */

export const LoanerOs = z.enum(['android', 'ios', 'other']);
export type LoanerOs = z.infer<typeof LoanerOs>;
export const LoanerSim = z.enum(['nano', 'esim']);
export type LoanerSim = z.infer<typeof LoanerSim>;
/** How it looks, the same word in every language: A as new, B used, C well used, D works and no more. */
export const LoanerGrade = z.enum(['A', 'B', 'C', 'D']);
export type LoanerGrade = z.infer<typeof LoanerGrade>;

/** `hygiene`: it came back, and somebody's things may still be on it. */
export const LoanerState = z.enum([
  'available',
  'reserved',
  'on_loan',
  'hygiene',
  'in_transfer',
  'in_repair',
  'lost',
  'retired',
]);
export type LoanerState = z.infer<typeof LoanerState>;

/** `released`: nobody came for it in time · `lost`: written off. */
export const LoanState = z.enum(['reserved', 'active', 'returned', 'released', 'cancelled', 'lost']);
export type LoanState = z.infer<typeof LoanState>;

/** What has to be so before a loaner that came back is lent again. */
export const HygieneStep = z.enum(['signed_out', 'lock_off', 'sim_removed', 'erased']);
export type HygieneStep = z.infer<typeof HygieneStep>;

export const LoanerAccessory = z.enum(['charger', 'cable', 'case', 'box', 'sim_adapter']);
export type LoanerAccessory = z.infer<typeof LoanerAccessory>;

/** `offered`: they have not said yet. */
export const LoanOutcome = z.enum(['offered', 'accepted', 'declined', 'none_available', 'not_eligible']);
export type LoanOutcome = z.infer<typeof LoanOutcome>;

/** Whose turn it is while a loaner is out for longer than it was meant to be. */
export const LoanFault = z.enum(['ours', 'customer']);
export type LoanFault = z.infer<typeof LoanFault>;
/** What is done about a loaner that does not come back. */
export const LoanRung = z.enum(['reminder', 'call', 'supervisor']);
export type LoanRung = z.infer<typeof LoanRung>;

const words = (most: number) => z.string().trim().min(1).max(most);

export const LoanerModel = z.object({
  id: Id,
  brand: z.string(),
  name: z.string(),
  os: LoanerOs,
  sims: z.array(LoanerSim),
  retired: z.boolean(),
  /** Of this model, all that are neither lost nor retired. */
  loaners: z.number().int(),
});
export type LoanerModel = z.infer<typeof LoanerModel>;
export const LoanerModelList = z.object({ items: z.array(LoanerModel) });
export const LoanerModelBody = z.object({
  brand: words(60),
  name: words(80),
  os: LoanerOs,
  sims: z.array(LoanerSim).min(1).max(2),
});
export type LoanerModelBody = z.infer<typeof LoanerModelBody>;
export const PatchLoanerModelBody = LoanerModelBody.partial().extend({ retired: z.boolean().optional() });
export type PatchLoanerModelBody = z.infer<typeof PatchLoanerModelBody>;

export const LoanerModelRef = LoanerModel.pick({ id: true, brand: true, name: true, os: true, sims: true });
export const LoanerStoreRef = z.object({ id: Id, name: z.string() });

/** The loan a loaner is in; of the case only what its reader may see. */
export const LoanBrief = z.object({
  id: Id,
  state: LoanState,
  caseId: Id.nullable(),
  reference: z.string().nullable(),
  customer: z.string().nullable(),
  keepUntil: Instant.nullable(),
  dueAt: Instant.nullable(),
  /** Null: it is not late. */
  fault: LoanFault.nullable(),
});
export type LoanBrief = z.infer<typeof LoanBrief>;

const Deed = z.object({ by: PersonRef.nullable(), at: Instant });

export const Loaner = z.object({
  id: Id,
  /** What is written on it. */
  label: z.string(),
  imei: z.string().nullable(),
  model: LoanerModelRef,
  grade: LoanerGrade,
  state: LoanerState,
  stateAt: Instant,
  store: LoanerStoreRef,
  note: z.string().nullable(),
  loan: LoanBrief.nullable(),
  /** Of one to be cleaned: which time that is; null: there is nothing to clean. */
  cleaningId: Id.nullable(),
  /** What has been done of it. */
  cleaned: z.array(Deed.extend({ step: HygieneStep })),
  /** On its way: who sent it, and where to. */
  transfer: Deed.extend({ to: LoanerStoreRef }).nullable(),
});
export type Loaner = z.infer<typeof Loaner>;
export const LoanerPage = page(Loaner);
export const LoanersQuery = PageQuery.extend({
  storeId: Id.optional(),
  state: LoanerState.optional(),
  modelId: Id.optional(),
});
export type LoanersQuery = z.infer<typeof LoanersQuery>;

/** What became of one loaner, newest first. */
export const LoanerMove = Deed.extend({
  from: LoanerState.nullable(),
  to: LoanerState,
  store: LoanerStoreRef,
  reason: z.string().nullable(),
  loanId: Id.nullable(),
});
export type LoanerMove = z.infer<typeof LoanerMove>;
export const LoanerHistory = Loaner.extend({ moves: z.array(LoanerMove) });
export type LoanerHistory = z.infer<typeof LoanerHistory>;

/** The pool of a store, as it stands on a counter. */
export const StoreLoaners = z.object({
  store: LoanerStoreRef,
  items: z.array(Loaner),
  /** Coming from other stores. */
  coming: z.array(Loaner),
  /** How often in thirty days somebody wanted one and there was none. */
  unmet: z.number().int(),
});
export type StoreLoaners = z.infer<typeof StoreLoaners>;

export const NewLoanerBody = z.object({
  storeId: Id,
  modelId: Id,
  label: words(40),
  imei: z
    .string()
    .trim()
    .regex(/^\d{15}$/u)
    .optional(),
  grade: LoanerGrade.default('B'),
  note: words(300).optional(),
});
export type NewLoanerBody = z.infer<typeof NewLoanerBody>;
export const PatchLoanerBody = z.object({
  label: words(40).optional(),
  imei: z
    .string()
    .trim()
    .regex(/^\d{15}$/u)
    .nullable()
    .optional(),
  grade: LoanerGrade.optional(),
  note: words(300).nullable().optional(),
});
export type PatchLoanerBody = z.infer<typeof PatchLoanerBody>;

/** A list of loaners, row by row: what was taken and what not, and why. */
export const LoanerImportRow = z.object({
  row: z.number().int(),
  label: z.string().nullable(),
  outcome: z.enum(['created', 'unchanged', 'refused']),
  reasons: z.array(z.string()),
  /** Of one that was refused: as it stands in the file, to be put right. */
  cells: z.array(z.string()),
});
export type LoanerImportRow = z.infer<typeof LoanerImportRow>;
export const LoanerImport = z.object({
  /** The first line of the file. */
  header: z.array(z.string()),
  created: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  rows: z.array(LoanerImportRow),
});
export type LoanerImport = z.infer<typeof LoanerImport>;

/** Moves a person makes of a loaner that is in no loan. */
export const MoveLoanerBody = z.object({
  to: LoanerState.extract(['hygiene', 'in_repair', 'lost', 'retired']),
  reason: words(300),
});
export type MoveLoanerBody = z.infer<typeof MoveLoanerBody>;
/** A step of one cleaning: what was meant for an earlier one counts for none that follows. */
export const HygieneBody = z.object({ cleaningId: Id, step: HygieneStep });
export type HygieneBody = z.infer<typeof HygieneBody>;
export const LoanerTransferBody = z.object({ toStoreId: Id, note: words(300).optional() });
export type LoanerTransferBody = z.infer<typeof LoanerTransferBody>;
