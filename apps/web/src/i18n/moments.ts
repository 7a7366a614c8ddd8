import type { CustomFormats, IntlShape } from 'react-intl';

/**
 * How moments read: never "3 minutes ago", which goes stale; the clock, the day, or the date. Always by the clock of the
 * workspace (`intl.timeZone`), so that two people in two places talk about the same hour.
 */

export type Zoned = Pick<IntlShape, 'timeZone'>;

const calendars = new Map<string | undefined, Intl.DateTimeFormat>();
const calendarOf = (timeZone: string | undefined): Intl.DateTimeFormat => {
  const known = calendars.get(timeZone);
  if (known) return known;
  // The locale only decides the form: ISO 8601.
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  calendars.set(timeZone, made);
  return made;
};

/** The date on the calendar of the workspace: 2026-11-16. */
export const calendarDay = ({ timeZone }: Zoned, at: string | Date): string =>
  calendarOf(timeZone).format(new Date(at));

const walls = new Map<string | undefined, Intl.DateTimeFormat>();
/** What the clock of the workspace says at that moment, as a field for moments writes it: 2026-11-16T09:12. */
export const asTyped = ({ timeZone }: Zoned, at: string | Date): string => {
  const wall =
    walls.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  walls.set(timeZone, wall);
  return wall.format(new Date(at)).replace(' ', 'T');
};

/**
 * The moment that was typed by the clock of the workspace, wherever this browser is.
 * @param typed 2026-11-16T09:12; an hour that is left out in spring is the one after it, one that comes twice in autumn the first
 */
export const fromTyped = (zone: Zoned, typed: string): string => {
  const wall = Date.parse(`${typed}Z`);
  const ahead = (at: number) => Date.parse(`${asTyped(zone, new Date(at))}Z`) - at;
  const offsets = [ahead(wall - 86_400_000), ahead(wall + 86_400_000)];
  const exact = offsets.map((offset) => wall - offset).find((at) => at + ahead(at) === wall);
  return new Date(exact ?? wall - Math.min(...offsets)).toISOString();
};

/** Calendar days between two moments; 0 is the same day. */
export const daysBetween = (zone: Zoned, earlier: string | Date, later: string | Date): number =>
  Math.round((Date.parse(calendarDay(zone, later)) - Date.parse(calendarDay(zone, earlier))) / 86_400_000);

export const sameYear = (zone: Zoned, one: string | Date, other: string | Date): boolean =>
  calendarDay(zone, one).slice(0, 4) === calendarDay(zone, other).slice(0, 4);

/** A moment in the middle of a sentence reads as any other: 16 nov, 09:12. */
export const FORMATS: CustomFormats = {
  date: { medium: { day: 'numeric', month: 'short', year: undefined } },
  time: { short: { hour: '2-digit', minute: '2-digit', hour12: false } },
};

/** 12:00 */
export const clock = (intl: IntlShape, at: string | Date): string =>
  intl.formatDate(at, { hour: '2-digit', minute: '2-digit', hour12: false });

/** 16 nov, 09:12 */
export const moment = (intl: IntlShape, at: string | Date): string => `${day(intl, at)}, ${clock(intl, at)}`;

/** 16 nov 2026, of a day as a date field writes it: it has no clock and no zone. */
export const writtenDay = (intl: IntlShape, written: string): string =>
  intl.formatDate(written, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** 16 nov, or 16 nov 2024 in another year. */
export const day = (intl: IntlShape, at: string | Date, now = new Date()): string =>
  intl.formatDate(at, {
    day: 'numeric',
    month: 'short',
    ...(sameYear(intl, at, now) ? {} : { year: 'numeric' as const }),
  });

/** In a row: 12:00 today, "ayer", "mar", 16 nov. */
export const brief = (intl: IntlShape, at: string, now = new Date()): string => {
  const days = daysBetween(intl, at, now);
  if (days <= 0) return clock(intl, at);
  if (days === 1) return intl.formatRelativeTime(-1, 'day', { numeric: 'auto' });
  if (days < 7) return intl.formatDate(at, { weekday: 'short' });
  return day(intl, at, now);
};

const WHOLE = { dateStyle: 'full', timeStyle: 'short' } as const;

/** The whole of it, for the hover; with the name of the zone where this browser's clock says something else. */
export const whole = (intl: IntlShape, at: string): string => {
  const words = intl.formatDate(at, WHOLE);
  const here = new Intl.DateTimeFormat(intl.locale, WHOLE).format(new Date(at));
  if (words === here) return words;
  const zone = intl.formatDateToParts(at, { timeZoneName: 'long' }).find(({ type }) => type === 'timeZoneName');
  return `${words} (${zone?.value ?? intl.timeZone ?? ''})`;
};
