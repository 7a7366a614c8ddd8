import { minorDigits } from '#contracts';

/** Money as people type it: `30`, `29,90`, `29.90`. */

/** In the smallest part of the currency; null: no amount, or of parts there are none of. */
export function centsTyped(typed: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,9})(?:[.,](\d+))?$/u.exec(typed.replaceAll(/[\s€]/gu, ''));
  if (!match?.[1] || (match[2]?.length ?? 0) > digits) return null;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(digits, '0')}`);
}

/** As it is typed: `29,90` with a comma, as both languages read it. */
export const typedOf = (cents: number, currency: string): string => {
  const digits = minorDigits(currency);
  return (cents / 10 ** digits).toFixed(digits).replace('.', ',');
};

/** `70`, `33,5`: of a hundred; null: nothing of the kind. */
export function percentTyped(typed: string): number | null {
  const value = /^\d{1,3}(?:[.,]\d{1,2})?$/u.test(typed.trim()) ? Number(typed.trim().replace(',', '.')) : Number.NaN;
  return value > 0 && value <= 100 ? value : null;
}

/** The calendar day after this one. */
export const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The local day of a zone. */
export const todayIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(now));
