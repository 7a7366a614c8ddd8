import { plain } from '../app/plain.rules.js';

/** Whether every word typed is somewhere in the label or its synonyms; accents and case do not matter. */
export const matches = (typed: string, label: string, words: string): boolean => {
  const haystack = plain(`${label} ${words}`);
  return plain(typed)
    .split(' ')
    .every((word) => haystack.includes(word));
};
