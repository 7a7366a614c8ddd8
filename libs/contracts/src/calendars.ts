import { z } from 'zod';
import { WEEKDAYS } from './opening.rules.js';
import { Id, Instant, page, PageQuery, PersonRef } from './primitives.js';

/** When it is open, and which minutes count. */

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** An IANA name, `Europe/Madrid`; not an offset, which knows nothing of summer. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/u)
  .refine(isZone, 'is not a time zone');

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u);

/** `[from, to)` by the clock on the wall; `to` at or before `from` is on the day after. */
export const CalendarSpan = z
  .object({ from: TimeOfDay, to: z.union([TimeOfDay, z.literal('24:00')]) })
  .refine(({ from, to }) => from !== to, 'is as long as nothing: the whole day is 00:00 to 24:00');
const Spans = z.array(CalendarSpan).max(24);

/** A day that is not named is closed. */
export const CalendarWeek = z.partialRecord(z.enum(WEEKDAYS), Spans);
export type CalendarWeek = z.infer<typeof CalendarWeek>;

const LocalDate = z.iso.date();
const CalendarDay = z.object({
  date: LocalDate,
  /** What holds instead of the week; none: closed. A span that began the day before still ends. */
  spans: Spans,
  name: z.string().trim().min(1).max(120).nullish(),
});

/** Nobody knows the clocks of a time further away. */
const PlannableInstant = Instant.refine((text) => {
  const year = new Date(text).getUTCFullYear();
  return year >= 1970 && year < 2200;
}, 'is not between 1970 and 2200');
const Minutes = z.number().int().min(0).max(10_000_000);

export const CalendarPreviewBody = z.object({
  calendar: z.object({
    timeZone: TimeZone,
    weekly: CalendarWeek,
    exceptions: z.array(CalendarDay).max(2_000).default([]),
  }),
  startAt: PlannableInstant,
  minutes: Minutes,
});
export type CalendarPreviewBody = z.infer<typeof CalendarPreviewBody>;

export const CalendarDueBody = z.object({ startAt: PlannableInstant, minutes: Minutes });
export type CalendarDueBody = z.infer<typeof CalendarDueBody>;

/** `counted`: it is open · `closed` · `clock_change`: the clocks are put forward or back · `more`: the rest, untold. */
export const CalendarStepKind = z.enum(['counted', 'closed', 'clock_change', 'more']);
export type CalendarStepKind = z.infer<typeof CalendarStepKind>;

export const CalendarStep = z.object({
  kind: CalendarStepKind,
  from: Instant,
  to: Instant,
  /** What the clock on the wall shows then, `YYYY-MM-DDTHH:mm`. */
  localFrom: z.string(),
  localTo: z.string(),
  /** That count in this step; of a change of the clocks: by how many they are put forward. */
  minutes: z.number(),
  /** That have counted by its end. */
  total: z.number(),
  /** Days of this step that are not as the week says. */
  exceptions: z.array(z.object({ date: LocalDate, name: z.string().nullable() })),
});
export type CalendarStep = z.infer<typeof CalendarStep>;

export const CalendarPreview = z.object({ dueAt: Instant, steps: z.array(CalendarStep) });
export type CalendarPreview = z.infer<typeof CalendarPreview>;

/** `special`: said by us · `holiday`: from the list of a country or region. */
export const CalendarDayKind = z.enum(['special', 'holiday']);
export type CalendarDayKind = z.infer<typeof CalendarDayKind>;

/** Only what is `accepted` counts. `dismissed`: it is a day like any other here, and is not proposed again. */
export const CalendarDayState = z.enum(['proposed', 'accepted', 'dismissed']);
export type CalendarDayState = z.infer<typeof CalendarDayState>;

export const CalendarException = CalendarDay.extend({
  name: z.string().nullable(),
  kind: CalendarDayKind,
  state: CalendarDayState,
  decidedBy: PersonRef.nullable(),
});
export type CalendarException = z.infer<typeof CalendarException>;

export const CalendarVersion = z.object({
  /** The first one holds before its day too. */
  validFrom: LocalDate,
  timeZone: z.string(),
  weekly: CalendarWeek,
  by: PersonRef.nullable(),
  at: Instant,
});
export type CalendarVersion = z.infer<typeof CalendarVersion>;

export const CalendarRow = z.object({
  id: Id,
  name: z.string(),
  /** Of those who have no other. */
  isDefault: z.boolean(),
  /** Rises with everything that changes which minutes count. */
  revision: z.number().int(),
  timeZone: z.string(),
  /** Those that go by it. */
  stores: z.array(z.object({ id: Id, name: z.string() })),
  isOpen: z.boolean(),
  nextOpening: Instant.nullable(),
});
export type CalendarRow = z.infer<typeof CalendarRow>;
export const CalendarPage = page(CalendarRow);
export type CalendarPage = z.infer<typeof CalendarPage>;
export const CalendarListQuery = PageQuery;

export const Calendar = CalendarRow.extend({
  /** Oldest first. */
  versions: z.array(CalendarVersion),
  exceptions: z.array(CalendarException),
});
export type Calendar = z.infer<typeof Calendar>;

const Name = z.string().trim().min(1).max(120);
export const NewCalendarBody = z.object({ name: Name, timeZone: TimeZone, weekly: CalendarWeek });
export type NewCalendarBody = z.infer<typeof NewCalendarBody>;

/** `timeZone` or `weekly`: another version, from `validFrom` on; today unless told. */
export const PatchCalendarBody = z.object({
  revision: z.number().int(),
  name: Name.optional(),
  isDefault: z.literal(true).optional(),
  timeZone: TimeZone.optional(),
  weekly: CalendarWeek.optional(),
  validFrom: LocalDate.optional(),
});
export type PatchCalendarBody = z.infer<typeof PatchCalendarBody>;

export const CalendarExceptionBody = CalendarDay.omit({ date: true });
export type CalendarExceptionBody = z.infer<typeof CalendarExceptionBody>;
export const CalendarDate = LocalDate;

export const CalendarStoresBody = z.object({ storeIds: z.array(Id).max(2_000) });

/** Codes of ISO 3166: `ES`, `MD`. */
export const HolidayImportBody = z.object({
  country: z.string().regex(/^[A-Z]{2}$/u),
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/iu)
    .nullish(),
  year: z.number().int().min(1970).max(2199),
});
export type HolidayImportBody = z.infer<typeof HolidayImportBody>;

export const HolidayReviewBody = z.object({
  accept: z.array(LocalDate).max(400).default([]),
  dismiss: z.array(LocalDate).max(400).default([]),
});
export type HolidayReviewBody = z.infer<typeof HolidayReviewBody>;

export const HolidayRegionQuery = z.object({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/u)
    .optional(),
});
/** Countries, or the regions of one. */
export const HolidayRegions = z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) });
export type HolidayRegions = z.infer<typeof HolidayRegions>;
