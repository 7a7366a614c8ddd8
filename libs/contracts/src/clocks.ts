import { z } from 'zod';
import { Id, Instant } from './primitives.js';
import { WaitReason } from './words.js';

/**
 * What is measured: until somebody did something useful, answered again, wrote when they had promised to, said a word to who is
 * without service, the customer could use their line again, and until it was solved; and until a partner said that they have
 * it, answered, gave it back.
 */
export const ClockMetric = z.enum([
  'first_useful_action',
  'next_response',
  'next_update',
  'silence',
  'relief',
  'resolution',
  'partner_acknowledge',
  'partner_answer',
  'partner_return',
]);
export type ClockMetric = z.infer<typeof ClockMetric>;

/**
 * Whose wait: the customer's stands still only while we wait for them, the team's also while others have it in hand; a
 * partner's is ours for them.
 */
export const ClockSide = z.enum(['customer', 'team', 'partner']);
export type ClockSide = z.infer<typeof ClockSide>;

/** For whom a clock stands still: whoever the case waits for; `us`: a partner waits for what they asked us. */
export const PauseReason = z.enum([...WaitReason.options, 'us']);
export type PauseReason = z.infer<typeof PauseReason>;

/** What can happen to a clock. `ended`: nobody waits for it any more, and it was not met. `reapplied`: to another target. */
export const ClockLineType = z.enum(['started', 'paused', 'resumed', 'met', 'breached', 'ended', 'reapplied']);
export type ClockLineType = z.infer<typeof ClockLineType>;

/** How a clock stands. `due`: it runs, and less than a fifth of its time is left. */
export const ClockState = z.enum(['running', 'due', 'breached', 'paused', 'met', 'ended']);
export type ClockState = z.infer<typeof ClockState>;

export const ClockLine = z.object({
  at: Instant,
  type: ClockLineType,
  actor: z.object({ kind: z.enum(['agent', 'customer', 'system']), id: Id.nullable(), name: z.string() }),
  reason: PauseReason.nullable(),
  /** That had counted by then, by the calendar of the clock. */
  businessMinutes: z.number(),
});
export type ClockLine = z.infer<typeof ClockLine>;

/** One running or ended target of a case, with every thing that happened to it. */
export const CaseClock = z.object({
  metric: ClockMetric,
  side: ClockSide,
  /** The how manieth of its metric and side in this case. */
  round: z.number().int(),
  /** Of a partner: the handoff it is about; null: the case waits for them without one. */
  handoff: z.object({ id: Id, reference: z.string(), partnerName: z.string() }).nullable(),
  state: ClockState,
  startedAt: Instant,
  dueAt: Instant.nullable(),
  /** Minutes it may take; null: it has a fixed time. */
  minutes: z.number().int().nullable(),
  pausedFor: PauseReason.nullable(),
  metAt: Instant.nullable(),
  breachedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  policy: z.object({ name: z.string(), version: z.number().int() }).nullable(),
  ledger: z.array(ClockLine),
});
export type CaseClock = z.infer<typeof CaseClock>;

export const CaseClocks = z.object({ items: z.array(CaseClock) });
export type CaseClocks = z.infer<typeof CaseClocks>;

/** By what minutes are counted: the calendar of the house, another one, or the clock on the wall alone. */
export const TargetCalendar = z.union([z.literal('house'), z.literal('always'), Id]);
export type TargetCalendar = z.infer<typeof TargetCalendar>;

/** How many minutes each may take; what is not named has no clock. */
export const PolicyTargets = z.partialRecord(
  ClockMetric.exclude(['next_update']),
  z.object({ minutes: z.number().int().positive(), calendar: TargetCalendar }),
);
export type PolicyTargets = z.infer<typeof PolicyTargets>;
