import type { Money } from '#contracts';

/** Adds money exactly. Null ("unknown") makes the sum unknown, as do two currencies: nothing is ever taken for zero. */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  const [first] = amounts;
  if (!first) return null;
  let cents = 0;
  for (const amount of amounts) {
    if (amount === null || amount.currency !== first.currency) return null;
    cents += amount.cents;
  }
  return { cents, currency: first.currency };
}

export const moneyOf = (cents: number | null | undefined, currency: string | undefined): Money | null =>
  cents === null || cents === undefined ? null : { cents, currency: currency ?? 'EUR' };

/**
 * Cents of what people write: `30`, `29,90`, `1.234,50`, `1,234.50 €`. A single mark before exactly three digits groups thousands.
 * @returns null when it is no amount, or of fractions of a cent
 */
export function centsOf(typed: string): number | null {
  const bare = typed.replace(/[\s€]|EUR/gu, '');
  const match = /^(-?)(\d{1,3}(?:([.,])\d{3})*|\d+)(?:([.,])(\d{1,2}))?$/u.exec(bare);
  if (!match?.[2]) return null;
  const [, sign, whole, group, mark, part = ''] = match;
  if (group && mark === group) return null;
  if (group && new Set(whole.replace(/\d/gu, '')).size > 1) return null;
  const cents = Number(whole.replace(/\D/gu, '')) * 100 + Number(part.padEnd(2, '0'));
  if (!Number.isSafeInteger(cents)) return null;
  return sign && cents > 0 ? -cents : cents;
}

/** As the reader's language writes it: `84,00 €`, `€84.00`. */
export const moneyText = ({ cents, currency }: Money, language: 'es' | 'en'): string =>
  new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { style: 'currency', currency }).format(cents / 100);
