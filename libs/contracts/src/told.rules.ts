import { isMasked, maskOf } from './proof.js';
import type { IdentifierKind } from './words.js';

/** What people write into the story of a case, without what is read out only to somebody who has proven who they are. */

/** What identifies a customer, as far as it is masked: kind and normalised value of a contact point. */
export interface KnownName {
  kind: IdentifierKind;
  value: string;
}

/** Spanish identity documents: eight digits and a letter; X, Y or Z, seven digits and a letter. */
export const DOCUMENT = /\b(?:\d{2}[.\s]?\d{3}[.\s]?\d{3}|[XYZ][-\s]?\d{7})[-\s]?[A-Z]\b/giu;
const IMEI = /(?<![\p{L}\d])\d(?:[\s.\-/]{0,2}\d){14}(?![\p{L}\d])/gu;

/** IMEIs and card numbers end in a check digit (ISO/IEC 7812-1, Luhn). */
export function checksOut(digits: string): boolean {
  let total = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits.charAt(digits.length - 1 - place));
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total % 10 === 0;
}

/** Of a Spanish identity document; an IMEI has more. */
const LEAST_DIGITS = 7;

/** A line is written with its country or without. */
const NATIONAL_DIGITS = 9;

/** The value however people group it: spaces, dots, dashes, brackets and slashes between its letters and digits. */
function writtenAs({ kind, value }: KnownName): RegExp | null {
  const bare = value.replace(/[^\p{L}\d]/gu, '');
  if (bare.length < 4) return null;
  const grouped = (text: string) => [...text].join('[\\s.\\-()/]{0,2}');
  const end = kind === 'line' && bare.length > NATIONAL_DIGITS ? bare.slice(-NATIONAL_DIGITS) : bare;
  const country = bare.slice(0, bare.length - end.length);
  const before = country === '' ? '' : `(?:(?:\\+|00)?${grouped(country)}[\\s.\\-()/]{0,2})?`;
  return new RegExp(`(?<![\\p{L}\\d])${before}${grouped(end)}(?![\\p{L}\\d])`, 'giu');
}

const digitsOf = (text: string): number => text.length - text.replace(/\d/gu, '').length;

function replaced(text: string, known: readonly KnownName[], mask: (kind: IdentifierKind, found: string) => string) {
  // Most of what people write has no such number in it: without its digits nothing is looked for letter by letter.
  const digits = digitsOf(text);
  let told = text;
  for (const name of known) {
    const least = name.kind === 'line' ? Math.min(digitsOf(name.value), NATIONAL_DIGITS) : digitsOf(name.value);
    const written = isMasked(name.kind) && digits >= least ? writtenAs(name) : null;
    if (written) told = told.replace(written, (found) => mask(name.kind, found));
  }
  if (digits < LEAST_DIGITS) return told;
  return told
    .replace(DOCUMENT, (found) => mask('document', found))
    .replace(IMEI, (found) => (checksOut(found.replace(/\D/gu, '')) ? mask('imei', found) : found));
}

/**
 * The text with the customer's documents, customer numbers, lines and IMEIs masked as their contact points are, and whatever else
 * is an IMEI or a Spanish identity document.
 */
export const maskTold = (text: string, known: readonly KnownName[]): string => replaced(text, known, maskOf);

/** What somebody made of a masked text, with what the whole one says in the places they left masked. */
export function wholeAgain(edited: string, whole: string, known: readonly KnownName[]): string {
  let told = edited;
  replaced(whole, known, (kind, found) => {
    const mask = maskOf(kind, found);
    told = told.replace(mask, () => found);
    return mask;
  });
  return told;
}
