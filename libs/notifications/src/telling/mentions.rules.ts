/** Somebody who can be named in a note. */
export interface Mentionable {
  id: string;
  displayName: string;
}

/** Lower case, without accents; the eñe stays a letter. As long as it was, so that what is found can be cut out. */
const folded = (text: string): string =>
  [...text]
    .map((letter) => {
      const plain = letter.toLowerCase();
      if (plain === 'ñ') return plain;
      const bare = plain.normalize('NFD').replace(/\p{M}/gu, '');
      return bare.length === letter.length ? bare : letter;
    })
    .join('');

const isWord = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);

/**
 * Who is named in a note by `@` and their name: the longest name that fits; by the first name alone where only one person
 * has it. What stands in a mail address names nobody.
 */
export function mentionedIn(text: string, people: readonly Mentionable[]): string[] {
  const said = folded(text);
  const firstNames = new Map<string, string[]>();
  const names: [string, string][] = [];
  for (const { id, displayName } of people) {
    const name = folded(displayName.trim());
    const first = name.split(/\s+/u)[0] ?? '';
    if (name !== '') names.push([name, id]);
    firstNames.set(first, [...(firstNames.get(first) ?? []), id]);
  }
  for (const [first, ids] of firstNames) if (first !== '' && ids.length === 1 && ids[0]) names.push([first, ids[0]]);
  names.sort(([one], [other]) => other.length - one.length);
  const found = new Set<string>();
  for (let at = said.indexOf('@'); at >= 0; at = said.indexOf('@', at + 1)) {
    if (isWord(said[at - 1])) continue;
    const rest = said.slice(at + 1);
    const named = names.find(([name]) => rest.startsWith(name) && !isWord(rest[name.length]));
    if (named) found.add(named[1]);
  }
  return [...found];
}
