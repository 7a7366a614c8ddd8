import { z } from 'zod';
import { Id } from './primitives.js';

/** What was done at a counter as a whole; each deed of it has its own event as well. */
export const COUNTER_EVENTS = {
  /** `waived`: what was not done, and why. */
  'intake.finished': z.object({
    intakeId: Id,
    kind: z.enum(['intake', 'pick_up']),
    storeId: Id,
    storeName: z.string(),
    repairId: Id.nullable(),
    loanId: Id.nullable(),
    waived: z.record(z.string(), z.string()),
  }),
  /** By which way the receipt went, and by which it could not. */
  'receipt.sent': z.object({ intakeId: Id, by: z.array(z.string()), unreachable: z.array(z.string()) }),
} as const;
