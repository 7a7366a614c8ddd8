import { shortened } from './incoming.rules.js';

/** Any number of answer and forward marks in the languages our customers' programs speak. */
const MARKS = /^(?:\s*(?:re|rv|fw|fwd|aw|wg|tr|sv|res|enc|r|ré)\s*(?:\[\d{1,3}\])?\s*[:：])+\s*/iu;

/**
 * The subject of an answer: one `Re:` before the customer's own words, however often the thread went back and forth.
 * @param fallback what to say when the thread never had a subject
 */
export function replySubject(subject: string | null, fallback: string): string {
  const bare = (subject ?? '').replace(/\s+/gu, ' ').replace(MARKS, '').trim();
  return `Re: ${bare || fallback}`;
}

/** What an answer refers to: the thread's chain and the mail it answers, at most 20 (the first and the newest). */
export function answeredChain(references: string[], lastMessageId: string | null): string[] {
  const chain = references.filter((id) => id !== lastMessageId);
  return shortened([...new Set(lastMessageId ? [...chain, lastMessageId] : chain)]);
}

/** Who the mail is from, as its reader sees it. */
export const senderName = (author: string, brand: string): string =>
  author.trim() ? `${author.trim()} · ${brand}` : brand;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/gu, (mark) => ESCAPES[mark] ?? mark);

/** The same words as html: paragraphs at empty lines, line breaks kept, everything escaped. */
export function htmlOf(text: string, language: string): string {
  const paragraphs = text
    .replace(/\r\n?/gu, '\n')
    .split(/\n{2,}/u)
    .filter((paragraph) => paragraph.trim());
  const body = paragraphs
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n');
  return `<!doctype html>\n<html lang="${language}"><body>\n${body}\n</body></html>\n`;
}
