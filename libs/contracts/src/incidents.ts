import { z } from 'zod';
import { UPDATE_TEXT_LIMIT } from './limits.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';
import { CaseStatus, Channel, ImpactKind, Language, ReplyChannel } from './words.js';

/** Many cases of one cause, and what is written to all of them at once. */

export const IncidentKind = z.enum(['network', 'service', 'billing', 'device', 'other']);
export type IncidentKind = z.infer<typeof IncidentKind>;

export const IncidentState = z.enum(['open', 'resolved']);
export type IncidentState = z.infer<typeof IncidentState>;

/** How a case belongs to an incident: part of it, or somebody who may not decide says it should be. */
export const MembershipState = z.enum(['in', 'proposed']);
export type MembershipState = z.infer<typeof MembershipState>;

const Title = z.string().trim().min(1).max(120);
const Told = z.string().trim().min(1).max(500);

/** Open cases of which all of this is true; by it cases are found, and arrivals suggested. */
export const IncidentFilter = z
  .object({
    /** Words somebody of theirs wrote or said, as in a search: `cobertura or señal`. */
    q: z.string().trim().min(1).max(200).optional(),
    channel: Channel.optional(),
    lacks: ImpactKind.optional(),
    city: z.string().trim().min(1).max(120).optional(),
    /** Its beginning: `500` is all of Zaragoza. */
    postcode: z.string().trim().min(1).max(20).optional(),
    /** Last heard of since; without it for a day. */
    since: Instant.optional(),
  })
  .refine(({ since: _, ...asked }) => Object.values(asked).some((value) => value !== undefined), {
    message: 'says nothing: name words, a channel, what they lack, or a place',
  });
export type IncidentFilter = z.infer<typeof IncidentFilter>;

/** So many cases are added at once. */
export const INCIDENT_CASES_AT_ONCE = 5000;
const CaseIds = z.array(Id).min(1).max(INCIDENT_CASES_AT_ONCE);

export const Incident = z.object({
  id: Id,
  /** What others call it: the number of the network ticket. */
  reference: z.string().nullable(),
  title: z.string(),
  kind: IncidentKind,
  /** What customers are told while it lasts. */
  told: z.record(Language, z.string()),
  state: IncidentState,
  /** By what new arrivals are suggested; null: none are. */
  look: IncidentFilter.nullable(),
  openedBy: PersonRef,
  openedAt: Instant,
  resolvedBy: PersonRef.nullable(),
  resolvedAt: Instant.nullable(),
  cases: z.number().int(),
  /** Of them open, and of those who still lack something. */
  openCases: z.number().int(),
  lacking: z.number().int(),
  proposed: z.number().int(),
});
export type Incident = z.infer<typeof Incident>;
export const IncidentPage = page(Incident);
export type IncidentPage = z.infer<typeof IncidentPage>;
export const IncidentsQuery = PageQuery.extend({ state: IncidentState.optional() });
export type IncidentsQuery = z.infer<typeof IncidentsQuery>;

export const NewIncidentBody = z.object({
  title: Title,
  kind: IncidentKind,
  reference: z.string().trim().min(1).max(60).optional(),
  told: z.object({ es: Told, en: Told }),
  look: IncidentFilter.optional(),
  caseIds: CaseIds.optional(),
});
export type NewIncidentBody = z.infer<typeof NewIncidentBody>;

/** What happens next on every open case of an incident that is over: somebody makes sure, by then. */
export const AfterIncident = z.object({ dueAt: Instant });

export const PatchIncidentBody = z
  .object({
    title: Title.optional(),
    kind: IncidentKind.optional(),
    reference: z.string().trim().min(1).max(60).nullable().optional(),
    told: z.object({ es: Told, en: Told }).optional(),
    look: IncidentFilter.nullable().optional(),
    state: z.literal('resolved').optional(),
    /** With `state`: of each case that somebody makes sure that it works; without it their next action stays. */
    next: AfterIncident.optional(),
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), { message: 'nothing to change' })
  .refine(({ next, state }) => next === undefined || state !== undefined, {
    path: ['next'],
    message: 'only when it is resolved',
  });
export type PatchIncidentBody = z.infer<typeof PatchIncidentBody>;

export const IncidentCase = z.object({
  caseId: Id,
  reference: z.string(),
  customer: z.string(),
  problem: z.string().nullable(),
  status: CaseStatus,
  lacks: z.array(ImpactKind),
  channels: z.array(Channel),
  assignee: PersonRef.nullable(),
  state: MembershipState,
  by: PersonRef,
  at: Instant,
});
export type IncidentCase = z.infer<typeof IncidentCase>;
export const IncidentCasePage = page(IncidentCase);
export type IncidentCasePage = z.infer<typeof IncidentCasePage>;
export const IncidentCasesQuery = PageQuery.extend({ state: MembershipState.default('in') });

export const AddCasesBody = z.union([z.strictObject({ caseIds: CaseIds }), z.strictObject({ filter: IncidentFilter })]);
export type AddCasesBody = z.infer<typeof AddCasesBody>;
export const RemoveCasesBody = z.object({ caseIds: CaseIds });

/** `proposed`: a supervisor decides · `already`: it was · `over`: only open cases are added · `not_found`: also when it is not theirs to see. */
export const AddOutcome = z.enum(['added', 'proposed', 'already', 'over', 'not_found']);
export type AddOutcome = z.infer<typeof AddOutcome>;
export const AddedCases = z.object({ items: z.array(z.object({ caseId: Id, outcome: AddOutcome })) });
export type AddedCases = z.infer<typeof AddedCases>;

export const FilterPreviewBody = z.object({ filter: IncidentFilter });
export const FilterPreview = z.object({
  /** Not counting those that are part of it. */
  count: z.number().int(),
  already: z.number().int(),
  /** Counting stopped: there are more. */
  capped: z.boolean(),
  /** The first of them, newest word first. */
  cases: z.array(
    z.object({
      caseId: Id,
      reference: z.string(),
      customer: z.string(),
      problem: z.string().nullable(),
      preview: z.string(),
      channels: z.array(Channel),
      lacks: z.array(ImpactKind),
    }),
  ),
});
export type FilterPreview = z.infer<typeof FilterPreview>;

const ForCase = Incident.pick({ id: true, reference: true, title: true, kind: true, told: true, state: true });
/** What a case is part of, and what it may be part of: its words or its place are those of an incident that goes on. */
export const CaseIncidents = z.object({
  items: z.array(ForCase.extend({ membership: MembershipState })),
  suggested: z.array(ForCase),
});
export type CaseIncidents = z.infer<typeof CaseIncidents>;

/** `restored` asks them to say so if it is not. */
export const UpdateKind = z.enum(['update', 'restored']);
export type UpdateKind = z.infer<typeof UpdateKind>;

const UpdateText = z.string().trim().min(1).max(UPDATE_TEXT_LIMIT);
export const UpdateBody = z.object({
  kind: UpdateKind.default('update'),
  /** `{name}` and `{reference}` are the customer's name and their case's reference. */
  text: z.object({ es: UpdateText, en: UpdateText }),
  /** By when every one of them is promised the next; the text has to say so itself. */
  nextUpdateAt: Instant.optional(),
});
export type UpdateBody = z.infer<typeof UpdateBody>;

/** Who has not said in which language they are written to is written to in both. */
export const UpdateLanguage = z.enum([...Language.options, 'both']);
export type UpdateLanguage = z.infer<typeof UpdateLanguage>;

/** Why somebody gets none; the words stand in UPDATE_SKIPS. */
export const UpdateSkip = z.enum([
  'case_over',
  'left',
  'duplicate',
  'unreachable',
  'never_wrote',
  'recipient_closed',
  'prefers_person',
  'quiet_hours',
  'too_long',
  'refused',
]);
export type UpdateSkip = z.infer<typeof UpdateSkip>;

export const UpdatePreview = z.object({
  total: z.number().int(),
  /** How many get it. */
  reached: z.number().int(),
  by: z.array(z.object({ channel: ReplyChannel, language: UpdateLanguage, count: z.number().int() })),
  skipped: z.array(z.object({ reason: UpdateSkip, count: z.number().int() })),
  /** Who gets none, the first of them. */
  skippedCases: z.array(z.object({ caseId: Id, reference: z.string(), customer: z.string(), reason: UpdateSkip })),
  /** As three of them will read it. */
  examples: z.array(
    z.object({
      caseId: Id,
      reference: z.string(),
      customer: z.string(),
      channel: ReplyChannel,
      language: UpdateLanguage,
      text: z.string(),
    }),
  ),
});
export type UpdatePreview = z.infer<typeof UpdatePreview>;

/** `stopping`: what has not left is being taken back. */
export const UpdateState = z.enum(['running', 'stopping', 'stopped', 'done']);
export type UpdateState = z.infer<typeof UpdateState>;

/** `waiting`: its turn has not come · `queued`: written, and held or being sent · `stopped`: taken back before it left. */
export const UpdateItemState = z.enum(['waiting', 'queued', 'sent', 'failed', 'skipped', 'stopped']);
export type UpdateItemState = z.infer<typeof UpdateItemState>;

export const IncidentUpdate = z.object({
  id: Id,
  incidentId: Id,
  kind: UpdateKind,
  text: z.record(Language, z.string()),
  nextUpdateAt: Instant.nullable(),
  state: UpdateState,
  by: PersonRef,
  at: Instant,
  finishedAt: Instant.nullable(),
  stoppedBy: PersonRef.nullable(),
  total: z.number().int(),
  counts: z.record(UpdateItemState, z.number().int()),
});
export type IncidentUpdate = z.infer<typeof IncidentUpdate>;
export const IncidentUpdatePage = page(IncidentUpdate);
export type IncidentUpdatePage = z.infer<typeof IncidentUpdatePage>;

export const UpdateItem = z.object({
  caseId: Id,
  reference: z.string(),
  customer: z.string(),
  state: UpdateItemState,
  channel: ReplyChannel.nullable(),
  language: UpdateLanguage.nullable(),
  /** Why it was skipped (UpdateSkip), or why it failed (a code of DELIVERY_REASONS). */
  reason: z.string().nullable(),
  at: Instant.nullable(),
});
export type UpdateItem = z.infer<typeof UpdateItem>;
export const UpdateItemPage = page(UpdateItem);
export type UpdateItemPage = z.infer<typeof UpdateItemPage>;
export const UpdateItemsQuery = PageQuery.extend({ state: UpdateItemState.optional() });
