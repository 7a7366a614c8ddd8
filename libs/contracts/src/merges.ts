import { z } from 'zod';
import { ContactPoint } from './cases.js';
import { MERGE_FIELDS } from './merges.words.js';
import { Id, Instant, page, PersonRef } from './primitives.js';
import { CaseStatus, ImpactKind, Language, Tier } from './words.js';

/** What two records of one person may say differently: a person chooses whose word stands. */
export const MergeField = z.enum(MERGE_FIELDS);
export type MergeField = z.infer<typeof MergeField>;

export const MergeSide = z.enum(['kept', 'taken']);
export type MergeSide = z.infer<typeof MergeSide>;

/** Where nothing is chosen the kept side's word stands. */
export const MergeChoices = z.partialRecord(MergeField, MergeSide);
export type MergeChoices = z.infer<typeof MergeChoices>;

/** One side as it stands before a merge. */
export const MergePerson = z.object({
  id: Id,
  displayName: z.string(),
  language: Language,
  tier: Tier,
  /** Made by an arrival; nobody has spoken with them yet. */
  provisional: z.boolean(),
  since: Instant,
  contactPoints: z.array(ContactPoint),
  openCase: z
    .object({
      id: Id,
      reference: z.string(),
      problem: z.string().nullable(),
      status: CaseStatus,
      assignee: PersonRef.nullable(),
      unread: z.number().int(),
      lastInteractionAt: Instant,
    })
    .nullable(),
  /** Of the open case. */
  problems: z.array(z.object({ id: Id, statement: z.string() })),
  lacks: z.array(ImpactKind),
  /** Cases that are over. */
  pastCases: z.number().int(),
});
export type MergePerson = z.infer<typeof MergePerson>;

export const MergePreview = z.object({
  kept: MergePerson,
  taken: MergePerson,
  conflicts: z.array(z.object({ field: MergeField, kept: z.string(), taken: z.string() })),
});
export type MergePreview = z.infer<typeof MergePreview>;

export const MergePreviewQuery = z.object({ with: Id });

export const MergeBody = z.object({
  /** Who turned out to be this person too; they are taken in. */
  withCustomerId: Id,
  reason: z.string().trim().min(1).max(500),
  choices: MergeChoices.optional(),
});
export type MergeBody = z.infer<typeof MergeBody>;

const Side = z.object({ customerId: Id, displayName: z.string(), reference: z.string().nullable() });

/** A merge of customers, or of two cases of one customer. */
export const Merge = z.object({
  id: Id,
  kind: z.enum(['customer', 'case']),
  kept: Side,
  taken: Side,
  by: z.object({ kind: z.enum(['agent', 'customer', 'system']), id: Id.nullable(), displayName: z.string() }),
  /** One of MERGE_REASONS, or what a person typed. */
  reason: z.string(),
  at: Instant,
  undoUntil: Instant,
  undone: z.object({ at: Instant, by: PersonRef }).nullable(),
  /** A later merge of the same people, which has to be undone before this one. */
  undoFirst: z.object({ id: Id, displayName: z.string(), at: Instant }).nullable(),
});
export type Merge = z.infer<typeof Merge>;
export const MergePage = page(Merge);
export type MergePage = z.infer<typeof MergePage>;

/** Joins two cases of one customer; by reference, as people tell them. */
export const MergeCasesBody = z.object({
  withCaseReference: z.string().trim().min(1).max(40),
  reason: z.string().trim().min(1).max(500),
});
export type MergeCasesBody = z.infer<typeof MergeCasesBody>;

export const SplitBody = z
  .object({
    /** Goes with its impacts. */
    problemId: Id.optional(),
    entryIds: z.array(Id).max(100).optional(),
    to: z.union([z.object({ customerId: Id }), z.object({ displayName: z.string().trim().min(1).max(200) })]),
    reason: z.string().trim().min(1).max(500),
    /** The addresses these entries came by are that person's. */
    withSender: z.boolean().default(false),
  })
  .refine((body) => body.problemId !== undefined || (body.entryIds?.length ?? 0) > 0, {
    path: ['entryIds'],
    message: 'name a problem or entries',
  });
export type SplitBody = z.infer<typeof SplitBody>;

/** Where it is now. */
export const SplitAnswer = z.object({ caseId: Id, reference: z.string(), customerId: Id, entries: z.number().int() });
export type SplitAnswer = z.infer<typeof SplitAnswer>;
