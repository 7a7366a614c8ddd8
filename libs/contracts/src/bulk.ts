import { z } from 'zod';
import { BULK_LIMIT } from './limits.js';
import { Id } from './primitives.js';
import { Priority, SettableCaseStatus, WaitReason } from './words.js';

/** One deed on many cases, each by itself: what cannot be done to one is done to the others. */

export const BulkDeed = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('assign'), assigneeId: Id.nullable() }),
    z.strictObject({ type: z.literal('queue'), queueId: Id }),
    z.strictObject({ type: z.literal('priority'), priority: Priority }),
    z.strictObject({
      type: z.literal('status'),
      status: SettableCaseStatus,
      waitReason: WaitReason.optional(),
    }),
    z.strictObject({ type: z.literal('incident'), incidentId: Id }),
  ])
  .refine((deed) => deed.type !== 'status' || deed.status !== 'waiting' || deed.waitReason !== undefined, {
    path: ['waitReason'],
    message: 'waiting needs a reason',
  });
export type BulkDeed = z.infer<typeof BulkDeed>;

export const BulkBody = z.object({
  ids: z.array(Id).min(1).max(BULK_LIMIT),
  /** As the list showed each case; one that has changed since is left alone. Without it as it stands. */
  versions: z.record(Id, z.number().int().min(0)).default({}),
  deed: BulkDeed,
});
export type BulkBody = z.infer<typeof BulkBody>;

/** `unchanged`: it was so already. */
export const BulkOutcome = z.enum(['done', 'unchanged', 'refused']);
export type BulkOutcome = z.infer<typeof BulkOutcome>;

export const BulkItem = z.object({
  id: Id,
  /** Null: it is not theirs to see. */
  reference: z.string().nullable(),
  outcome: BulkOutcome,
  /** Of a refused one: the code and its words in the reader's language. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** What it was before, to be put back by the same deed; null: nothing changed, or it cannot be put back. */
  undo: BulkDeed.nullable(),
});
export type BulkItem = z.infer<typeof BulkItem>;
export const BulkResult = z.object({ items: z.array(BulkItem) });
export type BulkResult = z.infer<typeof BulkResult>;
