import type { Language } from './words.js';

/** What can stand in the text of a mass update in braces. */
export const UPDATE_PLACEHOLDERS = ['name', 'reference'] as const;
type Placeholder = (typeof UPDATE_PLACEHOLDERS)[number];

const IN_BRACES = /\{([^{}\n]{0,40})\}/gu;
const isPlaceholder = (word: string): word is Placeholder => (UPDATE_PLACEHOLDERS as readonly string[]).includes(word);

/** What stands in braces in a text and is none of the placeholders, each once: most likely a slip of the pen. */
export const unknownPlaceholders = (text: string): string[] => [
  ...new Set([...text.matchAll(IN_BRACES)].flatMap(([, word = '']) => (isPlaceholder(word) ? [] : [word]))),
];

const LONGEST_NAME = 80;
/** Addresses, handles and numbers are how somebody is reached, not what they are called. */
const IS_ADDRESS = /@|^[+\d][\d\s().-]+$|:\/\//u;

/** A name one can write at the head of a letter, on one line; null: nobody knows how they are called. */
export function spokenName(displayName: string): string | null {
  const name = displayName
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  if (name === '' || IS_ADDRESS.test(name) || !/\p{L}/u.test(name)) return null;
  return name.length <= LONGEST_NAME ? name : `${[...name].slice(0, LONGEST_NAME - 1).join('')}…`;
}

/**
 * The text as one of them reads it. Each placeholder is filled once, from the text as it was written: a name that has braces in it
 * stays as it is. Without a name the word goes, with the comma and the space that led to it.
 */
export function renderUpdate(text: string, values: { name: string | null; reference: string }): string {
  const named = values.name === null ? withoutName(text) : text;
  return named.replace(IN_BRACES, (whole, word: string) => {
    if (word === 'reference') return values.reference;
    return word === 'name' ? (values.name ?? '') : whole;
  });
}

/** `Hola, {name}:` is `Hola:` and `{name}, te escribimos` is `Te escribimos`. */
const withoutName = (text: string): string =>
  text
    .replace(
      /^([ \t]*)\{name\}[ \t]*[,:;.]?[ \t]*(\p{L}?)/gmu,
      (_whole, space: string, letter: string) => space + letter.toUpperCase(),
    )
    .replace(/,?[ \t]*\{name\}/gu, '');

/** In the customer's language, or in both where nobody has said which is theirs: first in the one we suppose. */
export function inLanguages(
  text: Record<Language, string>,
  customer: { language: Language; languageKnown: boolean },
): string {
  if (customer.languageKnown) return text[customer.language];
  const other: Language = customer.language === 'es' ? 'en' : 'es';
  return `${text[customer.language]}\n\n---\n\n${text[other]}`;
}
