import { checksOut, maskTold, type KnownName } from '#contracts';

/** What people wrote, without what a partner is not told. */

export interface Scrub {
  /** What identifies the customer, and the parts of their name; each of them is only told where it is in `told`. */
  known: readonly KnownName[];
  names: readonly string[];
  /** Numbers and addresses that are shared: they stay as they were written. */
  told: readonly string[];
  /** What stands for a name. */
  somebody: string;
}

const LEFT_OUT = '…';
const EMAIL = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/giu;
const HANDLE = /(?<![\p{L}\d@])@[A-Za-z0-9_]{2,30}/gu;
/** Nine digits of a Spanish telephone, or what begins with the code of a country. */
const PHONE = /(?<![\p{L}\d])(?:(?:\+|00)\d(?:[ .\-/]?\d){7,13}|[6-9](?:[ .\-/]?\d){8})(?![\p{L}\d])/gu;
/** Not anybody's name by themselves. */
const PARTICLES = new Set(['del', 'las', 'los', 'von', 'van', 'der', 'den', 'the', 'dos', 'san', 'user']);

const VARIANTS: Record<string, string> = {
  a: 'aáàâäã',
  e: 'eéèêë',
  i: 'iíìîï',
  o: 'oóòôöõ',
  u: 'uúùûü',
  n: 'nñ',
  c: 'cç',
};

const digits = (text: string): string => text.replace(/\D/gu, '');

/** Written with accents or without. */
function written(name: string): string {
  const bare = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return [...bare]
    .map((letter) =>
      VARIANTS[letter] ? `[${VARIANTS[letter]}]` : letter.replace(/[.*+?^${}()|[\]\\/-]/gu, String.raw`\$&`),
    )
    .join('');
}

/** The name and each word of it that can be told from other words. */
function nameParts(names: readonly string[]): string[] {
  const parts = names.flatMap((name) => [name.trim(), ...name.split(/[^\p{L}\d]+/u)]);
  return [...new Set(parts)]
    .filter((part) => part.length > 2 && !PARTICLES.has(part.toLowerCase()))
    .sort((a, b) => b.length - a.length);
}

const nameless = (text: string, names: readonly string[], somebody: string): string =>
  nameParts(names).reduce(
    (left, part) => left.replace(new RegExp(`(?<![\\p{L}\\d])${written(part)}(?![\\p{L}\\d])`, 'giu'), somebody),
    text,
  );

const isTold = (found: string, told: readonly string[]): boolean => {
  const number = digits(found);
  return told.some((one) =>
    one.includes('@')
      ? one.toLowerCase() === found.toLowerCase()
      : number.length >= 8 && (digits(one).endsWith(number) || number.endsWith(digits(one))),
  );
};

const numberless = (text: string, told: readonly string[], known: readonly KnownName[]): string =>
  maskTold(
    text
      .replace(EMAIL, (found) => (isTold(found, told) ? found : LEFT_OUT))
      .replace(HANDLE, LEFT_OUT)
      .replace(PHONE, (found) => (isTold(found, told) ? found : LEFT_OUT)),
    known.filter(({ value }) => !isTold(value, told)),
  );

const IMEI = /(?<![\p{L}\d])\d(?:[\s.\-/]{0,2}\d){14}(?![\p{L}\d])/gu;

/** The text without names, addresses, accounts, telephones, documents and IMEIs that are not told. */
export function scrub(text: string, { known, names, told, somebody }: Scrub): string {
  // An IMEI that is told stays whole; all others are masked with the rest of what is between them.
  let left = '';
  let from = 0;
  const clean = (part: string) => nameless(numberless(part, told, known), names, somebody);
  for (const match of text.matchAll(IMEI)) {
    const number = digits(match[0]);
    if (!checksOut(number) || !told.includes(number)) continue;
    left += clean(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return left + clean(text.slice(from));
}
