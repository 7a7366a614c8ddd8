import type { IntlShape } from 'react-intl';
import type { HandoffMeasure, Scorecard } from '#contracts';

/** The figures of a scorecard, in the order they are read. */
export const FIGURES = [
  'given',
  'acknowledged_in_time',
  'acknowledged_late',
  'median',
  'rejected',
  'overrun',
  're_repaired',
  'open',
  'dead',
] as const;
export type Figure = (typeof FIGURES)[number];

/** What part of those it could be so of; null: a figure that is no part, or nothing to be a part of. */
export function shareOf({ counts }: Scorecard, measure: HandoffMeasure): number | null {
  if (measure !== 'acknowledged_in_time' && measure !== 'rejected') return null;
  const whole = measure === 'rejected' ? counts.given : counts.acknowledged_in_time + counts.acknowledged_late;
  return whole === 0 ? null : counts[measure] / whole;
}

/** Minutes as they are read: hours from an hour on, days from two days on. */
export function minutesText(intl: Pick<IntlShape, 'formatNumber'>, minutes: number | null): string {
  if (minutes === null) return '–';
  const [value, unit] =
    minutes < 60
      ? [Math.round(minutes), 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 6) / 10, 'hour']
        : [Math.round(minutes / 144) / 10, 'day'];
  return intl.formatNumber(value, { style: 'unit', unit, unitDisplay: 'short' });
}
