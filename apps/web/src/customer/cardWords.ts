import type { IntlShape } from 'react-intl';
import type { Hours, Money } from '#contracts';
import type { Translate } from '../i18n/Words.js';

const ORDER = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** 84,00 € · €84.00; what is not known says so and is never a zero. */
export const money = (intl: IntlShape, amount: Money | null, t: Translate): string =>
  amount === null
    ? t('card.unknown')
    : intl.formatNumber(amount.cents / 100, { style: 'currency', currency: amount.currency });

/** A day of the calendar, the same in every zone: 12 mar 2027. */
export const dayOf = (intl: IntlShape, day: string): string =>
  intl.formatDate(`${day}T00:00:00Z`, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** lun, mar, mié, de 09:00 a 14:00; three days and more in a row by the first and the last. */
export function hoursText({ days, from, to }: Hours, t: Translate): string {
  const places = ORDER.flatMap((day, at) => (days.includes(day) ? [at] : []));
  const [first = 0] = places;
  const last = places.at(-1) ?? first;
  const word = (at: number) => t(`prefer.day.${ORDER[at] ?? 'mon'}`);
  const inARow = places.length > 2 && last - first === places.length - 1;
  const said = inARow ? `${word(first)}–${word(last)}` : places.map(word).join(', ');
  return t('prefer.hours.said', { days: said, from, to });
}
