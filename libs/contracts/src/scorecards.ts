import { z } from 'zod';
import { PartnerRef } from './handoffs.js';
import { HandoffMeasure } from './handoffs.words.js';

/** How a partner does, in figures each of which is the count of the handoffs it opens. */

export const ScorecardsQuery = z.object({ days: z.coerce.number().int().min(1).max(730).default(90) });

const Count = z.number().int().min(0);
export const Scorecard = z.object({
  partner: PartnerRef,
  counts: z.record(HandoffMeasure, Count),
  /** From sent to acknowledged, of those that were; null: none was. */
  medianAcknowledgeMinutes: z.number().min(0).nullable(),
  /** Open now, whenever it was given, either way. */
  open: Count,
  /** Handoffs of which something could not be brought to them. */
  dead: Count,
});
export type Scorecard = z.infer<typeof Scorecard>;
export const Scorecards = z.object({ days: z.number().int(), items: z.array(Scorecard) });
export type Scorecards = z.infer<typeof Scorecards>;
