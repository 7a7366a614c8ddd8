import { z } from 'zod';
import { Merge, MergeChoices } from './merges.js';
import { Id, Instant, page, PersonRef } from './primitives.js';
import { CaseStatus, Channel, IdentifierKind } from './words.js';

/**
 * What two records have in common. `twitter` only ever differs; `alike`: a handle and an address that read the same;
 * `shared_address`: an address several people have; `weak_code`: a one-time code that was sent to an address not known for long.
 */
export const EvidenceKind = z.enum([
  'signed_link',
  'one_time_code',
  'weak_code',
  'case_code',
  ...IdentifierKind.options,
  'name',
  'city',
  'alike',
  'shared_address',
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

/** What says that two are one: the words stand in the screens. */
export const MatchRule = z.enum([
  'signed_link',
  'one_time_code',
  'imei_and_name',
  'case_code_and_fact',
  'case_code',
  'identifier',
  'weak_code',
  'name_and_city',
  'alike',
  'shared_address',
]);
export type MatchRule = z.infer<typeof MatchRule>;

/** What is enough by itself; everything else asks a person. */
export const STRONG_RULES = ['signed_link', 'one_time_code', 'imei_and_name', 'case_code_and_fact'] as const;

/** One thing both records have, as the database keeps it with a suggestion. */
export const Evidence = z.object({
  kind: EvidenceKind,
  /** Names it among all evidence; holds nothing that would have to be masked. */
  key: z.string(),
  /** What the newcomer said or has, and what the known record has: as it may be shown to everybody. */
  newcomer: z.string(),
  known: z.string(),
  /** Where it was said; null: nobody said it, the records have it. */
  entryId: Id.nullable(),
  /** Said where everybody reads it. */
  isPublic: z.boolean(),
});
export type Evidence = z.infer<typeof Evidence>;

export const SuggestionState = z.enum(['open', 'confirmed', 'dismissed']);
export type SuggestionState = z.infer<typeof SuggestionState>;

/** One attribute of both, side by side. */
export const Comparison = z.object({
  attribute: EvidenceKind,
  newcomer: z.string().nullable(),
  known: z.string().nullable(),
  /** unknown: only one of them has any. */
  verdict: z.enum(['same', 'alike', 'different', 'unknown']),
  said: z.object({ entryId: Id, caseReference: z.string(), channel: Channel, at: Instant }).nullable(),
});
export type Comparison = z.infer<typeof Comparison>;

export const SuggestedPerson = z.object({
  id: Id,
  displayName: z.string(),
  /** Made by an arrival; nobody has spoken with them yet. */
  provisional: z.boolean(),
  since: Instant,
  /** Their open case, else their last one. */
  case: z.object({ id: Id, reference: z.string(), problem: z.string().nullable(), status: CaseStatus }).nullable(),
});
export type SuggestedPerson = z.infer<typeof SuggestedPerson>;

/** Two records that may be of one person. */
export const Suggestion = z.object({
  id: Id,
  state: SuggestionState,
  /** Whose messages gave rise to it. */
  newcomer: SuggestedPerson,
  known: SuggestedPerson,
  /** Which of the two goes on when they are merged. */
  into: Id,
  rules: z.array(MatchRule),
  comparisons: z.array(Comparison),
  askedAt: Instant,
  decided: z.object({ at: Instant, by: PersonRef.nullable(), reason: z.string().nullable() }).nullable(),
});
export type Suggestion = z.infer<typeof Suggestion>;
export const SuggestionPage = page(Suggestion);
export type SuggestionPage = z.infer<typeof SuggestionPage>;

/** Of one case: what is open, and what was dismissed and can be asked again. */
export const SuggestionList = z.object({ items: z.array(Suggestion) });
export type SuggestionList = z.infer<typeof SuggestionList>;

export const ConfirmSuggestionBody = z.object({ choices: MergeChoices.optional() });
export type ConfirmSuggestionBody = z.infer<typeof ConfirmSuggestionBody>;
export const ConfirmedSuggestion = z.object({ suggestion: Suggestion, merge: Merge });
export type ConfirmedSuggestion = z.infer<typeof ConfirmedSuggestion>;

export const DismissSuggestionBody = z.object({ reason: z.string().trim().min(1).max(500).optional() });
export type DismissSuggestionBody = z.infer<typeof DismissSuggestionBody>;
