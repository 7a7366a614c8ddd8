import { Temporal } from 'temporal-polyfill';

/** Who was never off shift has not been away longer than a night. */
const USUAL_HOURS = 16;
const LONGEST_HOURS = 14 * 24;
/** What is due within so long after they come is said; then up to the full hour. */
const AHEAD_HOURS = 2;

/** Since when what happened is news to somebody who comes on shift. */
export function awaySince(now: Date, offSince: Date | null): Date {
  const hours = offSince === null ? USUAL_HOURS : LONGEST_HOURS;
  return new Date(Math.max(now.getTime() - hours * 3_600_000, offSince?.getTime() ?? 0));
}

/** Until when what is due is worth saying: a full hour by the clock on the wall. */
export function saidUntil(now: Date, timeZone: string): Date {
  const soon = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const hour = soon.add({ hours: AHEAD_HOURS }).round({ smallestUnit: 'hour', roundingMode: 'ceil' });
  return new Date(hour.epochMilliseconds);
}
