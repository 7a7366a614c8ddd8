import type { IntlShape } from 'react-intl';
import type { Weekday } from '#contracts';
import { WEEK } from './week.rules.js';

/** Dates are the same everywhere: vie, 25 dic 2026. */
export const dateText = (intl: IntlShape, date: string): string =>
  intl.formatDate(`${date}T12:00:00Z`, {
    ...{ timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  });

/** 2024 began on a Monday. */
export const weekdayText = (intl: IntlShape, day: Weekday): string =>
  intl.formatDate(`2024-01-0${WEEK.indexOf(day) + 1}T12:00:00Z`, { timeZone: 'UTC', weekday: 'long' });
