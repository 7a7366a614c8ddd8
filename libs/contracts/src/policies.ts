import { z } from 'zod';
import { CalendarPreview } from './calendars.js';
import { ClockMetric, PolicyTargets, TargetCalendar } from './clocks.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { Channel, ImpactKind, Priority, Tier } from './words.js';

/** How long things may take, and for which cases. */

/** Ten years of minutes. */
const MOST_MINUTES = 5_256_000;

const someOf = <T extends z.ZodEnum>(word: T) =>
  z
    .array(word)
    .min(1)
    .refine((words) => new Set(words).size === words.length, 'names one twice')
    .optional();

/** Of each list one has to be true of a case; a list that is not there asks nothing. None at all: it is for every case. */
export const PolicyConditions = z.strictObject({
  priorities: someOf(Priority),
  tiers: someOf(Tier),
  channels: someOf(Channel),
  /** What its problems are about: what the customer cannot do. */
  lacks: someOf(ImpactKind),
});
export type PolicyConditions = z.infer<typeof PolicyConditions>;
export const PolicyCondition = PolicyConditions.keyof();
export type PolicyCondition = z.infer<typeof PolicyCondition>;

/** What a policy may name; when news were promised is said by whoever promises. */
export const PolicyMetric = ClockMetric.exclude(['next_update']);
export type PolicyMetric = z.infer<typeof PolicyMetric>;

const Targets = z
  .partialRecord(
    PolicyMetric,
    z.object({ minutes: z.number().int().min(1).max(MOST_MINUTES), calendar: TargetCalendar }),
  )
  .refine((targets) => Object.keys(targets).length > 0, 'names no time');

export const NewPolicyBody = z.object({
  name: z.string().trim().min(1).max(120),
  conditions: PolicyConditions.default({}),
  targets: Targets,
});
export type NewPolicyBody = z.infer<typeof NewPolicyBody>;

/** `version`: the one that was read. Other conditions or targets are another version; what is the same is none. */
export const PutPolicyBody = NewPolicyBody.extend({ version: z.number().int() });
export type PutPolicyBody = z.infer<typeof PutPolicyBody>;

/** `place`: where it stands among all, from 0. */
export const PatchPolicyBody = z
  .object({ isActive: z.boolean(), place: z.number().int().min(0) })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'changes nothing');
export type PatchPolicyBody = z.infer<typeof PatchPolicyBody>;

const version = {
  version: z.number().int(),
  conditions: PolicyConditions,
  targets: PolicyTargets,
  by: PersonRef.nullable(),
  at: Instant,
};

export const PolicyVersion = z.object({
  ...version,
  /** Open cases that run by it. */
  cases: z.number().int(),
});
export type PolicyVersion = z.infer<typeof PolicyVersion>;
export const PolicyVersionPage = page(PolicyVersion);
export type PolicyVersionPage = z.infer<typeof PolicyVersionPage>;

/** A policy is given to cases that run already: `running` until all of them have had their turn. */
export const ReapplyState = z.enum(['running', 'done']);
export type ReapplyState = z.infer<typeof ReapplyState>;

/** What became of one: `changed`, or nothing: it was `over` or ran by it by then; `failed`: it runs on as it did. */
export const ReapplyOutcome = z.enum(['changed', 'unchanged', 'over', 'failed']);
export type ReapplyOutcome = z.infer<typeof ReapplyOutcome>;

export const PolicyReapply = z.object({
  id: Id,
  policyId: Id,
  version: z.number().int(),
  state: ReapplyState,
  by: PersonRef,
  at: Instant,
  finishedAt: Instant.nullable(),
  total: z.number().int(),
  done: z.number().int(),
  changed: z.number().int(),
  failed: z.number().int(),
  /** The first of those that failed. */
  failures: z.array(z.object({ caseId: Id, reference: z.string(), code: z.string(), message: z.string() })),
});
export type PolicyReapply = z.infer<typeof PolicyReapply>;

export const Policy = z.object({
  id: Id,
  name: z.string(),
  isActive: z.boolean(),
  ...version,
  /** Open cases by the version they run by, newest first; versions nobody runs by are left out. */
  running: z.array(z.object({ version: z.number().int(), cases: z.number().int() })),
  /** The one that runs, or the last that was. */
  reapplyId: Id.nullable(),
});
export type Policy = z.infer<typeof Policy>;
export const PolicyPage = page(Policy);
export type PolicyPage = z.infer<typeof PolicyPage>;
export const PolicyListQuery = PageQuery;

/** `preview`: only tells what would be. `version`: the newest, as it was read. */
export const ReapplyBody = z.object({ preview: z.boolean().default(false), version: z.number().int() });
export type ReapplyBody = z.infer<typeof ReapplyBody>;

export const ReapplyPreview = z.object({
  version: z.number().int(),
  cases: z.number().int(),
  /** Running clocks of theirs that get another target. */
  clocks: z.number().int(),
  becomeLate: z.number().int(),
  stopBeingLate: z.number().int(),
  /** Clocks of what it names anew. */
  begin: z.number().int(),
  /** Running clocks of what it does not name: they end. */
  end: z.number().int(),
});
export type ReapplyPreview = z.infer<typeof ReapplyPreview>;
export const ReapplyAnswer = z.union([ReapplyPreview, PolicyReapply]);
export type ReapplyAnswer = z.infer<typeof ReapplyAnswer>;

/** What is asked of a case that is kept nowhere. */
export const PolicyPreviewBody = z.object({
  caseFacts: z.object({
    priority: Priority.default('normal'),
    tier: Tier.default('standard'),
    channels: z.array(Channel).default([]),
    lacks: z.array(ImpactKind).default([]),
  }),
  /** When it is opened; now unless told. */
  startAt: Instant.refine((text) => {
    const year = new Date(text).getUTCFullYear();
    return year >= 1970 && year < 2200;
  }, 'is not between 1970 and 2200').optional(),
});
export type PolicyPreviewBody = z.input<typeof PolicyPreviewBody>;
export type PolicyPreviewAsked = z.output<typeof PolicyPreviewBody>;

export const PolicyPreview = z.object({
  startAt: Instant,
  /** Null: no active policy is for it, it would have no clocks. */
  policy: z.object({ id: Id, name: z.string(), version: z.number().int() }).nullable(),
  /** Those that stand before it, and what in them is not true of the case. */
  passed: z.array(z.object({ id: Id, name: z.string(), not: z.array(PolicyCondition) })),
  targets: z.array(
    z.object({
      metric: PolicyMetric,
      minutes: z.number().int(),
      calendar: TargetCalendar,
      timeZone: z.string(),
      ...CalendarPreview.shape,
    }),
  ),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;
