import { z } from 'zod';
import { Id, Instant, PersonRef } from './primitives.js';
import { Author } from './timeline.js';
import { ImpactKind, ImpactPart, ImpactState, Language, ProblemStage } from './words.js';

/** What somebody must know before the first word to a customer, and what stands between a case and its end. */

export const FactKind = z.enum(['broke', 'lost', 'tried', 'decided', 'promised', 'owed']);
export type FactKind = z.infer<typeof FactKind>;

/** Facts from structured actions; their words stand in `factText`. */
export const FactCode = z.enum([
  'impact',
  'device',
  'call_attempt',
  'next_update',
  'warranty',
  'loan',
  'benefit',
  'handoff',
]);
export type FactCode = z.infer<typeof FactCode>;

export const PromiseState = z.enum(['open', 'kept', 'broken', 'withdrawn']);
export type PromiseState = z.infer<typeof PromiseState>;

/** `update`: that we write again by then. */
export const PromiseKind = z.enum(['update', 'other']);
export type PromiseKind = z.infer<typeof PromiseKind>;

export const StoryPromise = z.object({
  id: Id,
  kind: PromiseKind,
  state: PromiseState,
  by: PersonRef,
  dueAt: Instant,
  /** The message that kept it, and when that left; null: not kept, or a person said so. After `dueAt`: kept late. */
  keptBy: z.object({ entryId: Id, at: Instant }).nullable(),
});
export type StoryPromise = z.infer<typeof StoryPromise>;

/** One fact of the story as it holds now. */
export const StoryFact = z.object({
  /** Of the fact, or of what it is told from: the problem, the impact. */
  id: Id,
  kind: FactKind,
  code: FactCode.nullable(),
  values: z.record(z.string(), z.unknown()),
  /** As a person wrote it; null where the code says it all. */
  text: z.string().nullable(),
  /** Of the text. */
  language: Language.nullable(),
  /** When it happened or was said. */
  at: Instant,
  author: Author,
  entryId: Id.nullable(),
  promise: StoryPromise.nullable(),
  /** Whether there are earlier versions of it. */
  corrected: z.boolean(),
  /** `fact`: can be corrected and withdrawn; the others are told from the problem or the impact itself. */
  source: z.enum(['fact', 'problem', 'impact']),
});
export type StoryFact = z.infer<typeof StoryFact>;

/** A fact with all it ever said, newest first. */
export const FactVersion = z.object({
  id: Id,
  kind: FactKind,
  code: FactCode.nullable(),
  values: z.record(z.string(), z.unknown()),
  text: z.string().nullable(),
  language: Language.nullable(),
  at: Instant,
  recordedAt: Instant,
  author: Author,
  entryId: Id.nullable(),
  promise: StoryPromise.nullable(),
  supersededBy: Id.nullable(),
  withdrawn: z.object({ by: z.string(), at: Instant, reason: z.string() }).nullable(),
});
export type FactVersion = z.infer<typeof FactVersion>;
export const FactList = z.object({ items: z.array(FactVersion) });

const FactText = z.string().trim().min(1).max(500);
export const FactBody = z.object({
  kind: FactKind.exclude(['promised']),
  text: FactText,
  entryId: Id.optional(),
  /** When it happened; without it when its entry was written, else now. */
  at: Instant.optional(),
  /** Of the text; without it the writer's. */
  language: Language.optional(),
});
export type FactBody = z.infer<typeof FactBody>;
export const CorrectFactBody = z
  .object({ text: FactText.optional(), kind: FactKind.exclude(['promised']).optional(), at: Instant.optional() })
  .refine(({ text, kind, at }) => text ?? kind ?? at, { message: 'nothing to correct' });
export type CorrectFactBody = z.infer<typeof CorrectFactBody>;
export const ReasonBody = z.object({ reason: z.string().trim().min(1).max(500) });

export const PromiseBody = z
  .object({
    kind: PromiseKind.default('other'),
    text: FactText.optional(),
    /** Who keeps it; without it whoever writes it down. */
    byId: Id.optional(),
    dueAt: Instant,
    entryId: Id.optional(),
  })
  .refine(({ kind, text }) => kind === 'update' || text !== undefined, { path: ['text'], message: 'say what' });
export type PromiseBody = z.infer<typeof PromiseBody>;
export const PatchPromiseBody = z
  .object({
    state: PromiseState.exclude(['open']).optional(),
    dueAt: Instant.optional(),
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .refine(({ state, dueAt }) => state ?? dueAt, { message: 'nothing to change' })
  .refine(({ state, reason }) => state !== 'withdrawn' || reason, { path: ['reason'], message: 'say why' });
export type PatchPromiseBody = z.infer<typeof PatchPromiseBody>;

/** How the customer said so: `message` is an entry of theirs, the others were heard by one of us. */
export const AgreementHow = z.enum(['message', 'phone', 'store']);
export type AgreementHow = z.infer<typeof AgreementHow>;
export const Agreement = z.object({
  how: AgreementHow,
  /** Who said it; without it the customer. */
  by: z.string().trim().min(1).max(200).optional(),
  entryId: Id.optional(),
});
export type Agreement = z.infer<typeof Agreement>;

export const Problem = z.object({
  id: Id,
  statement: z.string(),
  stage: ProblemStage,
  stageAt: Instant,
  createdAt: Instant,
  /** That the customer agreed with the statement, and who wrote that down; null: not yet. */
  agreed: z
    .object({ by: z.string(), how: AgreementHow, entryId: Id.nullable(), at: Instant, recordedBy: z.string() })
    .nullable(),
});
export type Problem = z.infer<typeof Problem>;
export const ProblemBody = z.object({ statement: z.string().trim().min(1).max(200) });
export const PatchProblemBody = z
  .object({
    statement: z.string().trim().min(1).max(200).optional(),
    stage: ProblemStage.optional(),
    /** Understood means agreed: needed for that stage. */
    agreement: Agreement.optional(),
  })
  .refine(({ statement, stage }) => statement ?? stage, { message: 'nothing to change' })
  .refine(({ stage, agreement }) => stage !== 'understood' || agreement, {
    path: ['agreement'],
    message: 'understood needs the agreement of the customer',
  });
export type PatchProblemBody = z.infer<typeof PatchProblemBody>;

export const ImpactBody = z.object({
  kind: ImpactKind,
  /** Of calls only: in or out; without it both. */
  part: ImpactPart.optional(),
  problemId: Id.optional(),
});
export type ImpactBody = z.infer<typeof ImpactBody>;
export const PatchImpactBody = z.object({ state: ImpactState });

export const AskedFact = z.enum(['imei', 'model', 'phone', 'email', 'name', 'reference', 'problem']);
export type AskedFact = z.infer<typeof AskedFact>;

/** `dismissed`: somebody looked at what the customer wrote and says it is none. */
export const ReExplanationBody = z
  .object({
    source: z.enum(['agent_asked', 'customer_said']),
    /** What was asked although it is held. */
    asked: z.array(AskedFact).max(7).default([]),
    entryId: Id.optional(),
    dismissed: z.boolean().default(false),
  })
  .refine(({ source, entryId }) => source === 'agent_asked' || entryId, { path: ['entryId'], message: 'say where' });
export type ReExplanationBody = z.infer<typeof ReExplanationBody>;
export const ReExplanation = z.object({
  id: Id,
  source: z.enum(['agent_asked', 'customer_said']),
  asked: z.array(AskedFact),
  entryId: Id.nullable(),
  dismissed: z.boolean(),
  recordedBy: PersonRef,
  at: Instant,
});
export type ReExplanation = z.infer<typeof ReExplanation>;
export const ReExplanationList = z.object({ items: z.array(ReExplanation) });

/** What a case cannot be closed with. Later rooms add theirs. */
export const BlockerKind = z.enum(['impact', 'promise', 'repair', 'data', 'loan', 'handoff', 'benefit']);
export type BlockerKind = z.infer<typeof BlockerKind>;
export const Blocker = z.object({ kind: BlockerKind, id: Id, text: z.object({ es: z.string(), en: z.string() }) });
export type Blocker = z.infer<typeof Blocker>;

/** planned: about to be asked · unreachable: there is no way to ask, a person must · denied: they said no. */
export const ClosingState = z.enum(['planned', 'asked', 'answered', 'denied', 'unreachable', 'cancelled', 'closed']);
export type ClosingState = z.infer<typeof ClosingState>;
/** Whether a case can be closed, and how far the question to the customer is. */
export const Closing = z.object({
  blockers: z.array(Blocker),
  question: z
    .object({
      state: ClosingState,
      askedAt: Instant.nullable(),
      /** When it closes by itself if nobody says anything. */
      dueAt: Instant.nullable(),
      /** What they answered. */
      answerId: Id.nullable(),
    })
    .nullable(),
});
export type Closing = z.infer<typeof Closing>;
