/** Case references: `H-7K2F-9Q`. Twin of `case_reference` in the intake migration; the tests hold them together. */
const ALPHABET = '023456789ACDEFGJKLMNPQRTUVWXY';
const OFFSET = 4;
const SHORTEST = 6;

/** What people write for letters that are not in the alphabet. */
const LOOKALIKES: Record<string, string> = { B: '8', O: '0', Z: '2', S: '5' };

function checkLetter(body: string): string {
  let total = OFFSET;
  for (let i = 0; i < body.length; i += 1) total += (i + 1) * ALPHABET.indexOf(body.charAt(i));
  return ALPHABET.charAt(total % ALPHABET.length);
}

/**
 * Reads a reference as people type or say it: any case, with or without dashes, spaces and the leading H.
 * @returns the canonical form, or null when it is none (wrong letters, wrong check letter)
 */
export function parseReference(typed: string): string | null {
  const letters = [...typed.toUpperCase().replace(/[\s\-–—.#]/gu, '')].map((letter) => LOOKALIKES[letter] ?? letter);
  // No letter of the body is an H: one in front is the prefix, said or left out.
  const code = (letters[0] === 'H' ? letters.slice(1) : letters).join('');
  const valid =
    code.length >= SHORTEST &&
    code.length <= SHORTEST + 4 &&
    [...code].every((letter) => ALPHABET.includes(letter)) &&
    checkLetter(code.slice(0, -1)) === code.slice(-1);
  return valid ? `H-${code.slice(0, -2)}-${code.slice(-2)}` : null;
}
