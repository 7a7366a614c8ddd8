import type { WallWord } from '#contracts';

/** What a wall says of people: first names, and of those only what is certainly one. */

const NAME = /^\p{Lu}\p{L}*(?:[-'’·]\p{L}+)*$/u;

/**
 * The first name in how a customer is called. "Ferrer Gil, Lucía" has it behind the comma; a handle, an address, a number or
 * initials are no name.
 * @returns null where none can be told
 */
export function firstNameOf(displayName: string): string | null {
  const [before = '', behind] = displayName.split(',', 2);
  const word = (behind ?? before).trim().split(/\s+/u)[0] ?? '';
  if (word.length < 2 || word.length > 20 || !NAME.test(word)) return null;
  // One word alone may as well be what a family or a firm is called; whole in capitals it is most often a surname.
  return word === word.toLocaleUpperCase('es') ? null : word;
}

/** What is lost first, of several. */
const LOST = ['calls', 'data', 'apps', 'photos', 'other'] as const;

/** What they wait for: word of us where that is overdue, else what they lost, else what their nearest clock is for. */
export function wordOf(row: { updateLate: boolean; lacks: readonly string[]; metric: string | null }): WallWord {
  if (row.updateLate || row.metric === 'next_update') return 'update';
  return LOST.find((kind) => row.lacks.includes(kind)) ?? (row.metric === 'resolution' ? 'solution' : 'answer');
}
