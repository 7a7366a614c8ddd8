import type { IntlShape } from 'react-intl';
import { calendarDay, fromTyped } from '../../i18n/moments.js';

type Zoned = Pick<IntlShape, 'timeZone'>;
const DAY_MS = 86_400_000;

/** The hours by which one writes: in the evening of a day that has just begun, at noon of those after it. */
const NOON = '12:00';
const EVENING = '19:00';
/** A promise for in a moment is none. */
const LEAST_MS = 3 * 3_600_000;

/**
 * When one may promise to write again: never later than in two days, for nobody is left without a word for longer.
 * @returns moments, the likeliest first
 */
export const updateChoices = (zone: Zoned, now: Date): string[] => {
  const on = (days: number, hour: string) =>
    fromTyped(zone, `${calendarDay(zone, new Date(now.getTime() + days * DAY_MS))}T${hour}`);
  const evening = on(0, EVENING);
  const tomorrow = on(1, NOON);
  const today = Date.parse(evening) - now.getTime() >= LEAST_MS ? [evening] : [on(1, EVENING)];
  return [tomorrow, ...today, on(2, NOON)];
};
