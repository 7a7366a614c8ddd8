import { z } from 'zod';
import { LoanOutcome, LoanRung } from './loaners.js';
import { Id, Instant } from './primitives.js';
import { ImpactKind } from './words.js';

/** Which phone, as one says it. */
const which = { loanId: Id, loanerId: Id, name: z.string() };
const why = z.string().nullable();

/** What is decided of lending the customer a phone, and what becomes of each loan. */
export const LOAN_EVENTS = {
  'loan.decided': z.object({
    decisionId: Id,
    outcome: LoanOutcome,
    storeId: Id,
    storeName: z.string(),
    rule: z.string().nullable(),
    reason: why,
  }),
  'loan.reserved': z.object({ ...which, storeId: Id, storeName: z.string(), keepUntil: Instant }),
  /** The customer was told that it is kept for so long and no longer; `told`: there was a way. */
  'loan.warned': z.object({ ...which, keepUntil: Instant, told: z.boolean() }),
  /** Nobody came for it. */
  'loan.released': z.object({ ...which, keepUntil: Instant }),
  'loan.cancelled': z.object({ ...which, reason: why }),
  'loan.started': z.object({ ...which, dueAt: Instant, relieves: z.array(ImpactKind) }),
  /** `repair`: what was promised of the repair moved · `extended`: somebody agreed so with the customer. */
  'loan.due_moved': z.object({
    ...which,
    from: Instant,
    to: Instant,
    because: z.enum(['repair', 'extended']),
    reason: why,
  }),
  /** It is late, and the customer could bring it. */
  'loan.overdue': z.object({
    ...which,
    dueAt: Instant,
    rung: LoanRung,
    /** Whether the customer was written to. */
    told: z.boolean(),
    /** Of the last step: who is to look at it. */
    supervisorIds: z.array(Id).default([]),
  }),
  'loan.swapped': z.object({ ...which, toLoanId: Id, toName: z.string(), reason: why }),
  'loan.returned': z.object({ ...which, late: z.boolean() }),
  'loan.lost': z.object({ ...which, reason: why }),
  'loan.damaged': z.object({ ...which, chargeId: Id, text: z.string() }),
} as const;

export const LOAN_TIMELINE = Object.keys(LOAN_EVENTS) as (keyof typeof LOAN_EVENTS)[];
