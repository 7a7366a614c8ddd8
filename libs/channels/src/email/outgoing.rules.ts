import { shortened } from './incoming.rules.js';

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
