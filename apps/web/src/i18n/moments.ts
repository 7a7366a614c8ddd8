import type { IntlShape } from 'react-intl';

/** How moments read: never "3 minutes ago", which goes stale; the clock, the day, or the date. */

const dayOf = (moment: Date): number => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();

/** Calendar days between two moments in the reader's zone; 0 is the same day. */
export const daysBetween = (earlier: Date, later: Date): number =>
  Math.round((dayOf(later) - dayOf(earlier)) / 86_400_000);

/** 12:00 */
export const clock = (intl: IntlShape, at: string | Date): string =>
  intl.formatDate(at, { hour: '2-digit', minute: '2-digit', hour12: false });

/** 16 nov, 09:12 */
export const moment = (intl: IntlShape, at: string | Date): string => `${day(intl, at)}, ${clock(intl, at)}`;

/** 16 nov, or 16 nov 2024 in another year. */
export const day = (intl: IntlShape, at: string | Date, now = new Date()): string => {
  const date = new Date(at);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return intl.formatDate(date, { day: 'numeric', month: 'short', ...year });
};

/** In a row: 12:00 today, "ayer", "mar", 16 nov. */
export const brief = (intl: IntlShape, at: string, now = new Date()): string => {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days <= 0) return clock(intl, date);
  if (days === 1) return intl.formatRelativeTime(-1, 'day', { numeric: 'auto' });
  if (days < 7) return intl.formatDate(date, { weekday: 'short' });
  return day(intl, date, now);
};

/** The whole of it, for the hover. */
export const whole = (intl: IntlShape, at: string): string =>
  intl.formatDate(at, { dateStyle: 'full', timeStyle: 'short' });
