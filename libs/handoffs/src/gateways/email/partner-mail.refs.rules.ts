/** How a mail of a partner is called among all that was said: once however often it comes. */

/** Longest name that leaves room for the number of the word. */
const MOST = 280;

/**
 * What the `nth` thing said in a mail is called.
 * @param externalId of the mail: its Message-ID and a print of what it says
 */
export function refOfWord(externalId: string, nth: number): string {
  const id = externalId.length <= MOST ? externalId : `${externalId.slice(0, MOST - 13)}${externalId.slice(-13)}`;
  return `${id}#${nth}`;
}

/** The Message-ID of the mail in which it was said; null when it had none, or one too long to be kept. */
export const messageIdOfRef = (ref: string): string | null => /^(<[^<>\s]+>)\/[0-9a-f]+#\d+$/u.exec(ref)?.[1] ?? null;
