import { HandoffState } from './handoffs.words.js';
import { z } from 'zod';
import { BenefitState } from './benefits.js';
import { ClockMetric, ClockState } from './clocks.js';
import { LoanState } from './loaners.js';
import { UntoldNews } from './news.js';
import { NextAction } from './ownership.js';
import { Id, Instant, PageQuery, page, PersonRef } from './primitives.js';
import { RepairStage } from './repairs.words.js';
import { Agreement, Problem, StoryFact } from './story.js';
import { TimelinePage } from './timeline.js';
import {
  CaseStatus,
  Channel,
  ContactPointKind,
  Direction,
  ImpactKind,
  ImpactPart,
  ImpactState,
  Language,
  Priority,
  SettableCaseStatus,
  ThreadReason,
  Tier,
  WaitReason,
} from './words.js';

/**
 * next: mine, and what waits in the queues I work · update_due: a promised word is due · without_service: they cannot use their line ·
 * waiting_partner: a partner has it · quiet: nobody has said a word for long.
 */
export const CaseView = z.enum([
  'next',
  'mine',
  'unassigned',
  'open',
  'update_due',
  'without_service',
  'waiting_partner',
  'quiet',
  'failed',
  'closed',
]);
export type CaseView = z.infer<typeof CaseView>;

export const CasesQuery = PageQuery.extend({
  view: CaseView.optional(),
  q: z.string().trim().min(1).max(200).optional(),
  status: CaseStatus.optional(),
  customerId: Id.optional(),
  assigneeId: Id.optional(),
  lacks: ImpactKind.optional(),
});
export type CasesQuery = z.infer<typeof CasesQuery>;

export const NextDue = z.object({
  metric: ClockMetric,
  dueAt: Instant,
  state: ClockState.extract(['running', 'due', 'breached', 'paused']),
});

/** Where a row stands in a list of what is due: by the minute it is due, then by what they cannot do, then by tier. */
export const CaseOrder = z.object({
  dueAt: Instant.nullable(),
  impact: z.enum(['calls', 'data', 'apps', 'other', 'none']),
  tier: Tier,
});
export type CaseOrder = z.infer<typeof CaseOrder>;

/** One row of a list: what the inbox shows, denormalised. */
export const CaseRow = z.object({
  id: Id,
  reference: z.string(),
  status: CaseStatus,
  waitReason: WaitReason.nullable(),
  /** Of whom it waits for, where that is a partner that has work of it. */
  partnerName: z.string().nullable().optional(),
  priority: Priority,
  problem: z.string().nullable(),
  customer: z.object({ id: Id, displayName: z.string(), tier: Tier, language: Language }),
  channels: z.array(Channel),
  assignee: PersonRef.nullable(),
  queue: z.object({ id: Id, name: z.string() }).nullable(),
  lacks: z.array(ImpactKind),
  nextDue: NextDue.nullable(),
  lastInteractionAt: Instant,
  lastDirection: Direction.nullable(),
  lastChannel: Channel.nullable(),
  preview: z.string(),
  unread: z.number().int(),
  failedSends: z.number().int(),
  openedAt: Instant,
  version: z.number().int(),
  /** In lists of what is due only. */
  order: CaseOrder.optional(),
});
export type CaseRow = z.infer<typeof CaseRow>;
export const CasePage = page(CaseRow);
export type CasePage = z.infer<typeof CasePage>;

/** Counts stop at 1,000: `capped` says there are more. */
export const ViewCounts = z.object({
  counts: z.array(z.object({ view: CaseView, count: z.number().int(), capped: z.boolean() })),
  /** Of what the reader is told: lines they have not read, at most 100. */
  notifications: z.number().int(),
});
export type ViewCounts = z.infer<typeof ViewCounts>;

export const Impact = z.object({
  id: Id,
  kind: ImpactKind,
  /** Of calls only: in or out; null: both. */
  part: ImpactPart.nullable(),
  state: ImpactState,
  problemId: Id.nullable(),
  reportedAt: Instant,
  /** When it came to the state it is in. */
  stateAt: Instant,
  restoredAt: Instant.nullable(),
});
export type Impact = z.infer<typeof Impact>;

/** What a reply by a thread may be, known before it is written. */
export const ThreadLimits = z.object({
  /** Characters. */
  textLength: z.number().int(),
  /** How many files and of which content types, up to how many bytes each; null: any. */
  files: z.object({ most: z.number().int(), types: z.record(z.string(), z.number().int()) }).nullable(),
  /** Replies that wait before it, and when it would leave; null: no queue. `eta` null: at once, or nobody knows (health says). */
  queue: z.object({ waiting: z.number().int(), eta: Instant.nullable() }).nullable(),
});
export type ThreadLimits = z.infer<typeof ThreadLimits>;

/** A reply path: one contact point inside the case. */
export const Thread = z.object({
  id: Id,
  channel: Channel,
  contactPointId: Id,
  address: z.string(),
  /** Whether a reply can leave by it now; when not, `reason` says why. */
  open: z.boolean(),
  reason: ThreadReason.nullable(),
  lastInboundAt: Instant.nullable(),
  /** Null where nothing is written: counter and phone. */
  limits: ThreadLimits.nullable(),
});
export type Thread = z.infer<typeof Thread>;

export const ContactPoint = z.object({
  id: Id,
  kind: ContactPointKind,
  value: z.string().nullable(),
  handle: z.string().nullable(),
  display: z.string(),
});

/** A way to reach the customer of a case. */
export const CaseContactPoint = ContactPoint.extend({
  /** Of an account on X: handles it had before, newest first. */
  handles: z.array(z.object({ handle: z.string(), until: Instant })),
});

export const CaseQuery = z.object({ include: z.enum(['timeline']).optional() });

export const CaseDetail = CaseRow.extend({
  owner: PersonRef.nullable(),
  /** In a word, or as somebody wrote it; `next` says all of it. */
  nextAction: z.string(),
  next: NextAction,
  mergedInto: Id.nullable(),
  closedAt: Instant.nullable(),
  stages: z.array(z.object({ status: CaseStatus, at: Instant })),
  /** What holds now, oldest first; corrected and withdrawn facts are in its history (`GET /cases/:id/facts`). */
  story: z.array(StoryFact),
  problems: z.array(Problem),
  /** How often the customer had to say again what is held. */
  reExplanations: z.number().int(),
  /** By when we promised to write again; null: nothing is promised. */
  nextUpdateDueAt: Instant.nullable(),
  impacts: z.array(Impact),
  threads: z.array(Thread),
  contactPoints: z.array(CaseContactPoint),
  otherCases: z.array(
    z.object({ id: Id, reference: z.string(), problem: z.string().nullable(), status: CaseStatus, openedAt: Instant }),
  ),
  repairs: z.array(z.object({ id: Id, state: RepairStage })),
  loans: z.array(z.object({ id: Id, state: LoanState })),
  handoffs: z.array(z.object({ id: Id, reference: z.string(), state: HandoffState, partnerName: z.string() })),
  /** Who answers to the customer instead of us; null: we do. */
  answeredBy: z.object({ id: Id, name: z.string() }).nullable(),
  benefits: z.array(z.object({ id: Id, state: BenefitState })),
  /** What they have to be told and could not be written, oldest first. */
  untold: z.array(UntoldNews),
  /** The newest page of it, with `include=timeline` only. */
  timeline: TimelinePage.optional(),
});
export type CaseDetail = z.infer<typeof CaseDetail>;

export const PatchCaseBody = z
  .object({
    status: SettableCaseStatus.optional(),
    waitReason: WaitReason.optional(),
    /** On closing: that the customer said it is solved, and how. */
    confirmation: Agreement.optional(),
    assigneeId: Id.nullable().optional(),
    queueId: Id.optional(),
    priority: Priority.optional(),
    version: z.number().int().min(0),
  })
  .refine((body) => body.status !== 'waiting' || body.waitReason !== undefined, {
    path: ['waitReason'],
    message: 'waiting needs a reason',
  });
export type PatchCaseBody = z.infer<typeof PatchCaseBody>;

export const ReadCaseBody = z.object({ entryId: Id.optional() });

export const CustomersQuery = PageQuery.extend({ q: z.string().trim().min(1).max(200) });
export const CustomerRow = z.object({
  id: Id,
  displayName: z.string(),
  tier: Tier,
  contactPoints: z.array(ContactPoint),
  openCase: z
    .object({ id: Id, reference: z.string(), problem: z.string().nullable(), status: CaseStatus, openedAt: Instant })
    .nullable(),
});
export type CustomerRow = z.infer<typeof CustomerRow>;
export const CustomerPage = page(CustomerRow);
