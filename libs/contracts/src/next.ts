import { z } from 'zod';
import { CaseRow } from './cases.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { Away } from './queues.js';
import { CaseStatus } from './words.js';

/** What somebody takes up next, and what goes on without them while they are away. */

/** The next thing that is due: of mine, else of anybody's I may see. */
export const Upcoming = z.object({ id: Id, reference: z.string(), dueAt: Instant, mine: z.boolean() });
export type Upcoming = z.infer<typeof Upcoming>;
export const UpcomingAnswer = z.object({ upcoming: Upcoming.nullable() });
export type UpcomingAnswer = z.infer<typeof UpcomingAnswer>;

/** The case that is mine now; null: nothing waits that I could take. */
export const TakeNextAnswer = z.object({ case: CaseRow.nullable(), upcoming: Upcoming.nullable() });
export type TakeNextAnswer = z.infer<typeof TakeNextAnswer>;

export const AwayQuery = z.object({ until: Instant.optional() });

/** `handBack`: cases of mine that go back to their queues. */
export const AwayBody = z.object({
  until: Instant.optional(),
  reason: z.string().trim().min(1).max(200),
  handBack: z.array(Id).max(200).default([]),
});
export type AwayBody = z.infer<typeof AwayBody>;

/** A case of mine, and whether it should not wait until I am back: the customer waits, or it is due before. */
export const LeftCase = z.object({
  case: CaseRow,
  customerWaits: z.boolean(),
  dueBefore: z.boolean(),
});
export type LeftCase = z.infer<typeof LeftCase>;

/** What became of a case that was handed back. */
export const HandedBack = z.object({
  id: Id,
  reference: z.string(),
  customer: z.string(),
  problem: z.string().nullable(),
  at: Instant,
  queue: z.string(),
  status: CaseStatus,
  /** Who has it now; null: it waits. */
  assignee: PersonRef.nullable(),
  /** What was said since, either way, and notes. */
  entries: z.number().int(),
});
export type HandedBack = z.infer<typeof HandedBack>;

/** Whether I am away; with what would be left, or what was handed back when I last was. */
export const AwayAnswer = z.object({
  away: Away.nullable(),
  /** Open cases of mine, those first that should not wait. At most 200. */
  left: z.array(LeftCase),
  last: Away.extend({ endedAt: Instant.nullable(), handedBack: z.array(HandedBack) }).nullable(),
});
export type AwayAnswer = z.infer<typeof AwayAnswer>;

/** What came of each case that was to be handed back: `error` says why one stayed. */
export const HandBackResult = z.object({
  id: Id,
  reference: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type HandBackResult = z.infer<typeof HandBackResult>;
export const WentAway = z.object({ away: Away, results: z.array(HandBackResult) });
export type WentAway = z.infer<typeof WentAway>;
