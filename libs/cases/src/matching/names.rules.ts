/** Lower case, without accents and marks, single spaces; the eñe stays a letter. */
const words = (text: string): string[] =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/n\u0303/gu, 'ñ')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** First name and surname at least: by one word many are called. */
const ENOUGH = 2;
const LONGEST = 8;

/** Whether two names can be one person's: the words of the shorter, two at least, begin the longer. */
export function sameName(one: string, other: string): boolean {
  const [short, long] = [words(one), words(other)].toSorted((a, b) => a.length - b.length);
  if (!short || !long || short.length < ENOUGH) return false;
  return short.every((word, at) => long[at] === word);
}

/** Whether first name and surname are said in a text, beside each other. */
export function saysName(text: string, name: string): boolean {
  const [first, second] = words(name);
  if (!first || !second) return false;
  const said = words(text);
  return said.some((word, at) => word === first && said[at + 1] === second);
}

/** The name as `customer_name` keeps it (name_words in the migration of the cases). */
export const nameKey = (name: string): string => words(name).slice(0, LONGEST).join(' ').slice(0, 60);

/** Those of these cities that are named in a text. */
export function citiesIn(text: string, cities: readonly string[]): string[] {
  const said = ` ${words(text).join(' ')} `;
  return cities.filter((city) => {
    const name = words(city).join(' ');
    return name !== '' && said.includes(` ${name} `);
  });
}
