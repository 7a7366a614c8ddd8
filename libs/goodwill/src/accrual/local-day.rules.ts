import { Temporal } from 'temporal-polyfill';
import { dayAfter } from './discount.rules.js';

/** Days as they begin and end where the customer lives. */

/** The local day an instant lies in. */
export const localDay = (at: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();

/** When a local day begins, whatever the clocks do that night. */
export const dayBegins = (date: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);

/**
 * The first local day that does not count any more of what lasted until `end`. A day that somebody was without for any part of
 * it counts whole; one that begins at that very moment does not.
 */
export const firstDayAfter = (end: Date, timeZone: string): string =>
  dayAfter(localDay(new Date(end.getTime() - 1), timeZone));

/** Whole days from one instant to another by the clock on the wall: none is lost in spring. */
export function wholeDays(from: Date, to: Date, timeZone: string): number {
  const [a, b] = [from, to].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone),
  );
  return a && b && from < to ? a.until(b, { largestUnit: 'days' }).days : 0;
}
