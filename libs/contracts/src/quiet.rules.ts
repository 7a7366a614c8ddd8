import { z } from 'zod';

/** Days of the week as calendars name them. */
export const QuietDay = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type QuietDay = z.infer<typeof QuietDay>;

const WallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/**
 * When somebody wants to be left alone, by the clock on their wall. `days`: on which it begins; one that ends before it
 * begins ends on the next day, one that ends when it begins lasts a whole day.
 */
export const QuietHours = z.object({
  from: WallTime,
  to: WallTime,
  days: z.array(QuietDay).min(1).max(7),
  timeZone: z.string().min(1).max(64).refine(isZone, 'must be the name of a time zone'),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** What the clock on the wall says: 2026-11-22 and 23:18. */
function wallOf(at: Date, timeZone: string): { day: QuietDay; before: QuietDay; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const day = QuietDay.parse(part('weekday').toLowerCase());
  const days = QuietDay.options;
  const before = days[(days.indexOf(day) + 6) % 7] ?? day;
  return { day, before, time: `${part('hour')}:${part('minute')}` };
}

/** Whether somebody is to be left alone at that moment; null: they never said so. */
export function isQuiet(at: Date, quiet: QuietHours | null): boolean {
  if (!quiet) return false;
  const { day, before, time } = wallOf(at, quiet.timeZone);
  const { from, to, days } = quiet;
  const overnight = to <= from;
  const today = days.includes(day) && time >= from && (overnight || time < to);
  return today || (overnight && days.includes(before) && time < to);
}
