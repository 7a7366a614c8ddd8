import { escapeHtml } from './outgoing.rules.js';
import { HtmlWords, shownHtml } from './html.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';

/** A part of a mail as the parser keeps it. */
export interface MailPart {
  contentType?: string | false;
  charset?: string;
  disposition?: string;
  isAttachment?: boolean;
  textContent?: string;
  headers: Map<string, unknown>;
  children: MailPart[];
}

/** The body as intake and the browser want it. */
export interface MailBody {
  text: string;
  html: string | null;
  /** There was more than is kept. */
  cut: boolean;
  /** It is no body its writer meant: a multipart without its parts. */
  broken?: boolean;
}

/** Something to read: as text, as html, or the same in both. */
interface Piece {
  text?: string;
  html?: string;
}

const paragraph = (text: string): string => `<p style="white-space:pre-wrap">${escapeHtml(text)}</p>`;

/** The readable pieces of a part in their order; of alternatives one piece, with both its forms. */
function piecesOf(part: MailPart): Piece[] {
  const content = part.isAttachment ? undefined : part.textContent;
  if (content?.trim()) return [part.contentType === 'text/html' ? { html: content } : { text: content }];
  const pieces = part.children.flatMap(piecesOf);
  if (part.contentType !== 'multipart/alternative' || pieces.length === 0) return pieces;
  const texts = pieces.flatMap((piece) => piece.text ?? []);
  const htmls = pieces.flatMap((piece) => piece.html ?? []);
  return [
    { ...(texts.length > 0 && { text: texts.join('\n') }), ...(htmls.length > 0 && { html: htmls.join('<br>\n') }) },
  ];
}

/**
 * What there is to read of a mail, put together from its parts.
 * @param words turns html into text, as long as the budget of this mail lasts
 */
export function bodyOf(root: MailPart, words = new HtmlWords()): MailBody {
  const pieces = piecesOf(root);
  const html = pieces.some((piece) => piece.html !== undefined)
    ? pieces.map((piece) => piece.html ?? paragraph(piece.text ?? '')).join('<br>\n')
    : null;
  const text = pieces.map((piece) => piece.text ?? words.of(piece.html ?? '')).join('\n');
  const limit = MAIL_LIMITS.textLength;
  const kept = html === null ? null : shownHtml(html.slice(0, limit));
  return {
    text: text.slice(0, limit),
    html: kept,
    cut: words.cut || text.length > limit || (html?.length ?? 0) > (kept?.length ?? 0),
  };
}
