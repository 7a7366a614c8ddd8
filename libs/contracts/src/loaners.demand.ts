import { z } from 'zod';
import { LoanerModelRef, LoanerStoreRef } from './loaners.js';
import { Day } from './card.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';

/** Where a loaner was wanted and none was there: unmet demand. Each is a decision on a case. */

/** Without a period, the last eight weeks. */
export const LoanerDemandQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  storeId: Id.optional(),
});
export type LoanerDemandQuery = z.infer<typeof LoanerDemandQuery>;

export const UnmetDemand = z.object({
  store: LoanerStoreRef,
  /** Null: whichever. */
  model: LoanerModelRef.nullable(),
  count: z.number().int(),
  /** Of them, cases that are open and still without one. */
  waiting: z.number().int(),
  lastAt: Instant,
  /** By the week it was, from its Monday on the calendar of the store; oldest first, and only those there are. */
  weeks: z.array(z.object({ week: Day, count: z.number().int() })),
  /** What of it is free in other stores now, most first. */
  spare: z.array(z.object({ store: LoanerStoreRef, free: z.number().int() })),
});
export type UnmetDemand = z.infer<typeof UnmetDemand>;
export const LoanerDemand = z.object({ from: Instant, to: Instant, items: z.array(UnmetDemand) });
export type LoanerDemand = z.infer<typeof LoanerDemand>;

/** `lent`: they were lent one later on · `waiting`: they have none yet · `over`: the case ended without one. */
export const UnmetState = z.enum(['waiting', 'lent', 'over']);
export type UnmetState = z.infer<typeof UnmetState>;
export const UnmetRow = z.object({
  id: Id,
  at: Instant,
  store: LoanerStoreRef,
  model: LoanerModelRef.nullable(),
  case: z.object({ id: Id, reference: z.string(), customer: z.string() }),
  reason: z.string().nullable(),
  by: PersonRef,
  state: UnmetState,
});
export type UnmetRow = z.infer<typeof UnmetRow>;
export const UnmetRowPage = page(UnmetRow);
export type UnmetRowPage = z.infer<typeof UnmetRowPage>;
export const UnmetFileQuery = LoanerDemandQuery.extend({
  /** `any`: of those who would have taken whichever. */
  modelId: z.union([Id, z.literal('any')]).optional(),
  state: UnmetState.optional(),
});
export type UnmetFileQuery = z.infer<typeof UnmetFileQuery>;
export const UnmetRowsQuery = PageQuery.extend(UnmetFileQuery.shape);
export type UnmetRowsQuery = z.infer<typeof UnmetRowsQuery>;

/** So many free ones of a model, or of any, from one store to another: all of them or none. */
export const LoanerTransfersBody = z.object({
  fromStoreId: Id,
  toStoreId: Id,
  modelId: Id.optional(),
  count: z.number().int().min(1).max(50),
  note: z.string().trim().min(1).max(300).optional(),
});
export type LoanerTransfersBody = z.infer<typeof LoanerTransfersBody>;
export const LoanerTransfers = z.object({ sent: z.array(z.object({ id: Id, label: z.string() })) });
export type LoanerTransfers = z.infer<typeof LoanerTransfers>;
