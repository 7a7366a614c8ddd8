import type { Person } from '#contracts';
import { plain } from '../app/plain.rules.js';

/** How many are offered. */
const OFFERED = 5;
/** A name that is being typed at the end: an `@` that begins a word, and two words at most. */
const TYPED = /(?:^|[^\p{L}\p{N}_])@(?<typed>[\p{L}'’-]*(?: [\p{L}'’-]*)?)$/u;

/** What was typed of a name at the end of a note; null: nobody is being named. */
export const namedAt = (text: string): string | null => TYPED.exec(text)?.groups?.['typed'] ?? null;

/** Who may be meant: every word begins one of theirs. Not who has been named whole already, nor oneself. */
export function meant(typed: string, people: readonly Person[], meId: string): Person[] {
  const words = plain(typed).split(' ').filter(Boolean);
  return people
    .filter(({ id, displayName }) => {
      const name = plain(displayName);
      const parts = name.split(' ');
      return (
        id !== meId &&
        name !== plain(typed).trim() &&
        words.every((word) => parts.some((part) => part.startsWith(word)))
      );
    })
    .slice(0, OFFERED);
}

/** The note with the whole name in the place of what was typed of it. */
export const withName = (text: string, name: string): string => `${text.slice(0, text.lastIndexOf('@'))}@${name} `;
