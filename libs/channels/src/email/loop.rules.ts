/** How much of a text counts when two are compared. */
const COMPARED = 2000;

/** What is looked at of a mail when storms are. */
export interface MailInStorm {
  text: string;
  isAutomatic: boolean;
  /** It answers something, or a program says that it wrote it. */
  isAnswer: boolean;
}

/**
 * A text as it is compared with earlier ones. Programs that answer change numbers, dates and references, never the words; what
 * nobody asked for (an order, a form) may differ in its number alone.
 */
export function comparable(text: string, isAnswer: boolean): string {
  const begun = text.slice(0, COMPARED).toLowerCase();
  return begun.replace(isAnswer ? /[^\p{L}]+/gu : /\s+/gu, ' ').trim();
}

/** FNV-1a, 32 bits: enough to notice that something may be a repetition; PostgreSQL tells whether it is. */
export function fingerprint(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export const HOUR_MS = 3_600_000;
export const AUTOMATIC_WINDOW_MS = 600_000;
/** Mails no person wrote, from one address in ten minutes. */
export const AUTOMATIC_LIMIT = 20;
/** The same words from one address in an hour; shorter ones ("ok", "gracias") people repeat. */
export const REPEAT_LIMIT = 3;
const SHORTEST = 20;

/** What PostgreSQL knows of an address: of the last hour, and of mails no person wrote in the last ten minutes. */
export interface SenderHistory {
  inAnHour: number;
  automatic: number;
  /** The newest texts of the hour. */
  texts: string[];
}

/**
 * Why a mail is kept back; null: it goes its way.
 * @param senderLimit mails an hour, 0: any number
 */
export function stormOf(
  mail: MailInStorm,
  history: SenderHistory,
  senderLimit: number,
): 'mail.rate' | 'mail.repeated' | null {
  if (mail.isAutomatic && history.automatic >= AUTOMATIC_LIMIT) return 'mail.rate';
  if (senderLimit > 0 && history.inAnHour >= senderLimit) return 'mail.rate';
  const words = comparable(mail.text, mail.isAnswer);
  if (words.length < SHORTEST) return null;
  const same = history.texts.filter((text) => comparable(text, mail.isAnswer) === words);
  return same.length >= REPEAT_LIMIT ? 'mail.repeated' : null;
}
