/** Case references: `H-7K2F-9Q`. Twin of `case_reference` in the migration of the cases; the tests hold them together. */
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

function readWritten(typed: string): string | null {
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

/**
 * The address in a QR code, `https://…/c/H-7K2F-9Q#proof`, also as a scanner writes it that types for another keyboard (a
 * Spanish one makes `-c-H'7K2F'9Q·` of it).
 */
const ADDRESS = /[/-]c[/-]h[-'’/?]?([0-9a-z]{4,8})[-'’/?]?([0-9a-z]{2})(?:[#·£§*3]([a-z2-7]{16}))?\s*$/iu;

/** What a case code says. */
export interface CaseCode {
  /** Canonical. */
  reference: string;
  /** What only our own codes carry; null when it was typed, or read out. */
  proof: string | null;
}

/**
 * Reads a case code as people type or say it, or as a scanner reads it off a receipt: any case, with or without dashes,
 * spaces and the leading H, alone or in the address of a QR code.
 * @returns null when it is none (wrong letters, wrong check letter)
 */
export function readCode(typed: string): CaseCode | null {
  const text = typed.trim();
  if (text.length > 200) return null;
  const address = ADDRESS.exec(text);
  const reference = readWritten(address ? `${address[1]}${address[2]}` : text);
  return reference === null ? null : { reference, proof: address?.[3]?.toLowerCase() ?? null };
}

/** @returns the canonical reference in what was typed or scanned, or null when there is none */
export const parseReference = (typed: string): string | null => readCode(typed)?.reference ?? null;

/**
 * What to search for when this was typed or scanned: a case code in whatever form becomes its reference, everything else stays.
 * A word or a number that could be read as a code by chance is no code.
 */
export function searchedAs(typed: string): string {
  const isCode = ADDRESS.test(typed.trim()) || (/[a-z]/iu.test(typed) && /[\d-]/u.test(typed));
  return (isCode && parseReference(typed)) || typed;
}
