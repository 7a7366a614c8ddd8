/** What stands on the label of a shipment: `L-7K2F-9Q3M`, in bars, in a QR code and in letters. */

/** As of case references: no letter that is taken for another one. */
const ALPHABET = '023456789ACDEFGJKLMNPQRTUVWXY';
const LENGTH = 7;
const OFFSET = 11;

/** What people write for letters that are not in the alphabet. */
const LOOKALIKES: Record<string, string> = { B: '8', O: '0', Z: '2', S: '5' };

function checkLetter(body: string): string {
  let total = OFFSET;
  for (let i = 0; i < body.length; i += 1) total += (i + 1) * ALPHABET.indexOf(body.charAt(i));
  return ALPHABET.charAt(total % ALPHABET.length);
}

/** @param draw a whole number from 0 up to, not including, its argument */
export function newLegCode(draw: (below: number) => number): string {
  const body = Array.from({ length: LENGTH }, () => ALPHABET.charAt(draw(ALPHABET.length))).join('');
  return `L-${body.slice(0, 4)}-${body.slice(4)}${checkLetter(body)}`;
}

/**
 * Reads a code as a scanner types it (also for another keyboard, which writes other signs for the dashes) or as people do.
 * @returns as it stands on the label; null when it is none
 */
export function readLegCode(typed: string): string | null {
  if (typed.length > 40) return null;
  const letters = [...typed.toUpperCase().replace(/[^0-9A-Z]/gu, '')].map((letter) => LOOKALIKES[letter] ?? letter);
  if (letters.length !== LENGTH + 2 || letters[0] !== 'L') return null;
  const code = letters.slice(1).join('');
  if (![...code].every((letter) => ALPHABET.includes(letter))) return null;
  if (checkLetter(code.slice(0, -1)) !== code.slice(-1)) return null;
  return `L-${code.slice(0, 4)}-${code.slice(4)}`;
}
