import type { IntakeValues } from '#contracts';
import { calendarDay, fromTyped, type Zoned } from '../../i18n/moments.js';

type By = NonNullable<IntakeValues['take.by']>;
const DAY_MS = 86_400_000;

/** Working days one tap promises. */
export const WORKING_DAYS = [3, 5, 7, 10] as const;
/** By who works on it, what is likely: each way to somebody else and back takes days of its own. */
const LIKELY: Record<By, (typeof WORKING_DAYS)[number]> = { store: 3, lab: 5, partner: 10 };
/** A phone is back in the shop before it closes. */
const EVENING = '19:00';

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());

/** The evening of the last of so many working days after today, by the clock of the house. */
export const returnAfter = (zone: Zoned, now: Date, workingDays: number): string => {
  const today = Date.parse(`${calendarDay(zone, now)}T12:00:00Z`);
  const dayAt = (days: number) => new Date(today + days * DAY_MS).toISOString().slice(0, 10);
  let [left, days] = [workingDays, 0];
  while (left > 0) {
    days += 1;
    if (!isWeekend(dayAt(days))) left -= 1;
  }
  return eveningOf(zone, dayAt(days));
};

/** @param day 2026-11-26 */
export const eveningOf = (zone: Zoned, day: string): string => fromTyped(zone, `${day}T${EVENING}`);

/** A date as it is typed: whole, and not before that day; null: not yet, or none. */
export const dayTyped = (typed: string, first: string): string | null =>
  /^\d{4}-\d{2}-\d{2}$/u.test(typed) && typed >= first ? typed : null;

/** What is proposed before anybody has said otherwise. */
export const likelyReturn = (zone: Zoned, now: Date, by: By): string => returnAfter(zone, now, LIKELY[by]);

/**
 * What the date becomes by the decision: what nobody has to agree to first can be promised, a quote is waited for.
 * A day somebody chose stays; undefined: as it is.
 */
export const returnDecided = (
  zone: Zoned,
  now: Date,
  {
    outcome,
    by,
    stays,
    at,
  }: {
    outcome: NonNullable<IntakeValues['decide.outcome']>;
    by: By;
    stays: IntakeValues['device.stays'];
    at: IntakeValues['promise.returnAt'];
  },
): string | null | undefined => {
  const likely = likelyReturn(zone, now, by);
  if (outcome === 'covered' || outcome === 'goodwill') return stays === 'here' && at === undefined ? likely : undefined;
  return at === likely ? null : undefined;
};
