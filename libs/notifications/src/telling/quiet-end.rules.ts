import { Temporal } from 'temporal-polyfill';
import { isQuiet, isUrgent, QuietDay, type NotificationPreferences, type QuietHours } from '#contracts';
import type { Telling } from './telling.rules.js';

/** More than a week of quiet days without a gap never ends. */
const LONGEST_SPANS = 8;

/** When the quiet ends that began on this day: by the clock on the wall, whatever daylight saving makes of the night. */
function endOf(day: Temporal.PlainDate, { from, to, timeZone }: QuietHours): Date {
  const last = to <= from ? day.add({ days: 1 }) : day;
  const plainTime = Temporal.PlainTime.from(to);
  const end = last.toZonedDateTime({ timeZone, plainTime });
  // An hour that is left out in spring has no such time: it is over when the clock is put forward.
  const isThere = end.toPlainTime().equals(plainTime);
  const forward = isThere ? null : end.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return new Date((forward ?? end).epochMilliseconds);
}

/**
 * When somebody may be told by mail again: now, unless they want to be left alone.
 * @returns null when they always want to be
 */
export function quietEndsAt(now: Date, quiet: QuietHours | null): Date | null {
  if (!quiet) return now;
  let at = now;
  for (let spans = 0; isQuiet(at, quiet); spans += 1) {
    if (spans > LONGEST_SPANS) return null;
    const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
    const today = instant.toZonedDateTimeISO(quiet.timeZone).toPlainDate();
    const began = [today.subtract({ days: 1 }), today].filter((day) =>
      quiet.days.includes(QuietDay.options[day.dayOfWeek - 1] ?? 'mon'),
    );
    const after = began.map((day) => endOf(day, quiet)).filter((end) => end > at);
    // An hour that comes twice in autumn can be quiet once more after its end.
    at = after.reduce((first, end) => (end < first ? end : first), after[0] ?? new Date(at.getTime() + 60_000));
  }
  return at;
}

/** When what somebody is told may leave by mail as well; null: not at all. */
export function mailAt(
  telling: Pick<Telling, 'kind' | 'values'>,
  preferences: NotificationPreferences,
  now: Date,
): Date | null {
  // What came to a whole store is read in the list: a mail to each of them would say it to those who need do nothing.
  if (!preferences.mail.includes(telling.kind) || telling.values.store !== undefined) return null;
  return isUrgent(telling, preferences) ? now : quietEndsAt(now, preferences.quiet);
}
