import { z } from 'zod';
import { EXTENSION_LIMIT } from './limits.js';
import { Id, Instant, PersonRef } from './primitives.js';
import { CallOutcome, CaseStatus, Direction, MatchedBy } from './words.js';

/** ISO 8601; without an offset (`2026-11-21 10:04:00`) it is the clock on the wall where the switchboard hangs. */
const Moment = z
  .string()
  .transform((text) => text.trim().replace(' ', 'T'))
  .pipe(z.iso.datetime({ offset: true, local: true, error: 'is no date and time' }));

/** A call as a switchboard tells it. */
export const LoggedCall = z.object({
  /** The switchboard's own name of the call: the same call again has the same one. */
  id: z.string().trim().min(1).max(200),
  /** The customer's number; empty when it was withheld. */
  phone: z.string().trim().max(40),
  direction: Direction,
  outcome: CallOutcome,
  startedAt: Moment,
  durationSeconds: z.coerce.number().int().min(0).max(86_400).default(0),
  /** Who of ours spoke or was rung. */
  extension: z.string().trim().max(EXTENSION_LIMIT).optional(),
});
export type LoggedCall = z.infer<typeof LoggedCall>;

/** Lines are checked one by one: a bad one does not stop the others. */
export const CallImportBody = z.object({ calls: z.array(z.unknown()).min(1).max(5000) });

/** What a line of calls says. */
export const CallColumn = z.enum([
  'call',
  'id',
  'phone',
  'direction',
  'outcome',
  'startedAt',
  'durationSeconds',
  'extension',
]);

export const CallImportAnswer = z.object({
  imported: z.number().int(),
  /** Known from before. */
  duplicates: z.number().int(),
  /** Of those imported, how many are entries on a case now. */
  onCases: z.number().int(),
  /** By its column; `call` when the whole of it is none. `message` is for whoever mends the switchboard. */
  refused: z.array(z.object({ line: z.number().int(), column: CallColumn, message: z.string() })),
});
export type CallImportAnswer = z.infer<typeof CallImportAnswer>;

/** Somebody calls at this moment; `extension` says whose phone rings, nobody's in particular without it. */
export const RingingBody = z.object({
  phone: z.string().trim().min(3).max(40),
  extension: z.string().trim().max(EXTENSION_LIMIT).optional(),
});

export const CallerQuery = z.object({ phone: z.string().trim().min(3).max(40) });

/** Who is behind a number, as far as we know, for the one who answers. */
export const Caller = z.object({
  /** E.164, or as typed when it is no number. */
  phone: z.string(),
  customer: z.object({ id: Id, displayName: z.string() }).nullable(),
  /** Of a telephone several people have, who they are as far as we know: whoever answers asks. */
  sharedBy: z.array(PersonRef).optional(),
  openCase: z.object({ id: Id, reference: z.string(), problem: z.string().nullable(), status: CaseStatus }).nullable(),
  /** The newest calls of this number, newest first. */
  calls: z.array(z.object({ direction: Direction, outcome: CallOutcome, startedAt: Instant })),
});
export type Caller = z.infer<typeof Caller>;

/** What somebody found elsewhere: a post in a forum, a blog, another network. */
export const ElsewhereBody = z
  .object({
    /** Where: "Foro Móvil", "Bluesky". */
    place: z.string().trim().min(1).max(80),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    text: z.string().trim().min(1).max(20_000),
    /** What they are called there. */
    authorName: z.string().trim().min(1).max(200).optional(),
    occurredAt: Instant.optional(),
    customerId: Id.optional(),
    caseReference: z.string().trim().max(40).optional(),
    displayName: z.string().trim().min(1).max(200).optional(),
  })
  .refine((body) => body.customerId ?? body.caseReference ?? body.displayName, {
    path: ['customer'],
    message: 'say who: customerId, caseReference or displayName',
  });
export type ElsewhereBody = z.infer<typeof ElsewhereBody>;
export const ElsewhereAnswer = z.object({
  interactionId: Id,
  caseId: Id,
  customerId: Id,
  caseReference: z.string(),
  matchedBy: MatchedBy,
});
