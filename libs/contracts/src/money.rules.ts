import type { Language } from './words.js';

/** Money is an integer of the smallest part of its currency, which is not everywhere a hundredth. */

let known: Set<string> | undefined;

/** Whether there is such a currency (ISO 4217). */
export const isCurrency = (code: string): boolean => (known ??= new Set(Intl.supportedValuesOf('currency'))).has(code);

const digits = new Map<string, number>();

/** Digits behind the point: 2 of the euro, none of the yen, 3 of the dinar of Kuwait. */
export function minorDigits(currency: string): number {
  const found = digits.get(currency);
  if (found !== undefined) return found;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  digits.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** As the reader's language writes it: `7,00 €`, `€7.00`. @param cents smallest parts of the currency */
export const amountText = (cents: number, currency: string, language: Language): string =>
  new Intl.NumberFormat(language === 'es' ? 'es-ES' : 'en-GB', { style: 'currency', currency }).format(
    cents / 10 ** minorDigits(currency),
  );
