import { LETTER_WORDS, type Language } from '#contracts';
import { shortened } from './incoming.rules.js';

/** What an answer refers to: the thread's chain and the mail it answers, at most 20 (the first and the newest). */
export function answeredChain(references: string[], lastMessageId: string | null): string[] {
  const chain = references.filter((id) => id !== lastMessageId);
  return shortened([...new Set(lastMessageId ? [...chain, lastMessageId] : chain)]);
}

/** Who the mail is from, as its reader sees it. */
export const senderName = (author: string | null, brand: string): string =>
  author?.trim() ? `${author.trim()} · ${brand}` : brand;

/** A file that did not fit: where it can be had instead. */
export interface LinkedFile {
  fileName: string;
  size: number;
  url: string;
}

export interface Letter {
  text: string;
  language: Language;
  /** Whether it is the customer's; what nobody wrote is else said in both. */
  languageKnown: boolean;
  reference: string;
  brand: string;
  /** The person who wrote it; null when nobody did. */
  author: { displayName: string; signature: string | null } | null;
  links: LinkedFile[];
  /** Until when the links lead somewhere. */
  linksUntil: Date;
  timeZone: string;
}

const filled = (words: Record<Language, string>, language: Language, values: Record<string, string>): string =>
  words[language].replace(/\{(\w+)\}/gu, (_whole, name: string) => values[name] ?? '');

/** What a person wrote stands in one language, and so does what is around it; of the rest nobody knows better. */
const said = (
  { author, language, languageKnown }: Letter,
  words: Record<Language, string>,
  values: Record<string, string>,
): string =>
  (author || languageKnown ? [language] : (['es', 'en'] as const))
    .map((each) => filled(words, each, values))
    .join('\n');

const lettersOnly = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim();

/** Whether the text ends with the name of its writer: then nobody writes it a second time. */
function isSigned(text: string, name: string): boolean {
  const last = lettersOnly(text.trimEnd().split('\n').at(-1) ?? '');
  return last !== '' && [name, name.split(/\s+/u)[0] ?? ''].some((one) => last === lettersOnly(one));
}

/** The lines below the text: the writer's own, else their first name and the team; the team alone for what nobody wrote. */
function signatureLines(letter: Letter): string[] {
  const { author, text, brand } = letter;
  const own = author?.signature?.trim();
  if (own) return own.split('\n');
  const team = said(letter, LETTER_WORDS.team, { brand });
  const name = author?.displayName.trim() ?? '';
  return name === '' || isSigned(text, name) ? [team] : [name.split(/\s+/u)[0] ?? name, team];
}

function sizeOf(bytes: number, language: Language): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const value = Math.max(1, bytes / (unit === 'kilobyte' ? 1000 : 1_000_000));
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: 1 }).format(value);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/gu, (mark) => ESCAPES[mark] ?? mark);

/** An address in a text, without the marks of the sentence it stands in. */
const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}'»”]/giu;

/** Text as html: everything escaped, line breaks kept, addresses to click on. */
function inHtml(text: string): string {
  let [html, from] = ['', 0];
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    html += `${escapeHtml(text.slice(from, index))}<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
    from = index + address.length;
  }
  return (html + escapeHtml(text.slice(from))).replaceAll('\n', '<br>\n');
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\n{2,}/u)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');

/**
 * A mail in its two forms that say the same: the words of the writer, files to download, signature, and how to answer.
 * In the text the signature stands behind the mark by which mail programs know one (`-- `, RFC 3676 §4.3).
 */
export function letterOf(letter: Letter): { text: string; html: string } {
  const { language, links, reference, author } = letter;
  const text = letter.text.replace(/\r\n?/gu, '\n').trim();
  const signature = signatureLines({ ...letter, text });
  const answer = said(letter, author ? LETTER_WORDS.answer : LETTER_WORDS.automatic, { reference });
  const until = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: letter.timeZone });
  const heading = filled(LETTER_WORDS.files, language, { until: until.format(letter.linksUntil) });
  const files = links.map((file) => ({ ...file, size: sizeOf(file.size, language) }));
  const list = files.map(({ fileName, size, url }) => `- ${fileName} (${size})\n  ${url}`);
  const items = files.map(
    ({ fileName, size, url }) =>
      `<li><a href="${escapeHtml(url)}">${escapeHtml(fileName)}</a> (${escapeHtml(size)})</li>`,
  );
  const body = [
    ...paragraphs(text).map((paragraph) => `<p>${inHtml(paragraph)}</p>`),
    ...(files.length > 0 ? [`<p>${escapeHtml(heading)}</p>\n<ul>\n${items.join('\n')}\n</ul>`] : []),
    `<p style="margin-top:24px">${inHtml(signature.join('\n'))}</p>`,
    `<p style="color:#666;font-size:85%">${inHtml(answer)}</p>`,
  ];
  return {
    text:
      [
        text,
        ...(files.length > 0 ? [`${heading}\n${list.join('\n')}`] : []),
        `-- \n${signature.join('\n')}\n\n${answer}`,
      ].join('\n\n') + '\n',
    html: `<!doctype html>\n<html lang="${language}"><body>\n${body.join('\n')}\n</body></html>\n`,
  };
}
