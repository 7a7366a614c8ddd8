import { Transform, type TransformCallback } from 'node:stream';
import { MailParser } from 'mailparser';
import { decodeText } from './charset.rules.js';
import { escapeHtml } from './outgoing.rules.js';
import { textOfHtml } from './html.js';
import { MAX_TEXT } from './incoming.rules.js';

/** A part of the mail as the splitter sees it. */
interface MimePart {
  filename: string | false;
  disposition: string | false;
  root: boolean;
}

/** A part as the parser keeps it. */
interface ParsedPart {
  contentType?: string | false;
  charset?: string;
  disposition?: string;
  isAttachment?: boolean;
  textContent?: string;
  children: ParsedPart[];
}

interface RawHeader {
  key: string;
  line: string;
}

declare module 'mailparser' {
  // What the parser calls on itself and lets a subclass replace; the published types name only its outside.
  interface MailParser {
    tree: ParsedPart | false;
    createNode(part: MimePart): ParsedPart;
    processHeaders(lines: RawHeader[]): Headers;
  }
}

/** Says that the charset is to be found out by `decodeText`; the declared one follows. */
const DECLARED = 'declared:';

/** The body as intake and the browser want it. */
export interface MailBody {
  text: string;
  html: string | null;
}

/** Collects a text part and reads it once all its bytes are known. */
class CharsetDecoder extends Transform {
  private readonly chunks: Buffer[] = [];

  constructor(private readonly charset: string) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.chunks.push(chunk);
    done();
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.from(decodeText(Buffer.concat(this.chunks), this.charset)));
  }
}

/** Headers with raw 8-bit letters, whatever charset their writer used, as the UTF-8 the parser expects. */
function repaired(header: RawHeader): RawHeader {
  if (!/[\u0080-\u00ff]/u.test(header.line)) return header;
  const text = decodeText(Buffer.from(header.line, 'latin1'), '');
  return { key: header.key, line: Buffer.from(text).toString('latin1') };
}

/**
 * mailparser, streaming, with four things done our way: charsets are found out, not believed; a named text file beside
 * the body is a file; messages inside the message stay whole; the body is put together from bounded pieces.
 */
export class MimeParser extends MailParser {
  constructor() {
    super({ ignoreEmbedded: true, keepDeliveryStatus: true, checksumAlgo: 'md5' } as ConstructorParameters<
      typeof MailParser
    >[0]);
  }

  override processHeaders(lines: RawHeader[]) {
    return super.processHeaders(lines.map(repaired));
  }

  override createNode(part: MimePart): ParsedPart {
    const node = super.createNode(part);
    if (node.isAttachment === false) {
      node.isAttachment = !part.root && part.disposition === 'inline' && part.filename !== false;
      node.charset = `${DECLARED}${node.charset ?? ''}`;
    }
    return node;
  }

  /** Called by the parser for its own use. */
  getDecoder() {
    return { decodeStream: (charset: string) => new CharsetDecoder(charset.slice(DECLARED.length)) };
  }

  /** Called by the parser once, at the end: what it pushes as the text of the mail. */
  getTextContent(): MailBody & { type: 'text' } {
    const pieces = this.tree ? bodyOf(this.tree) : [];
    const html = pieces.some((piece) => piece.html !== undefined)
      ? pieces
          .map((piece) => piece.html ?? paragraph(piece.text ?? ''))
          .join('<br>\n')
          .slice(0, MAX_TEXT)
      : null;
    const text = pieces.map((piece) => piece.text ?? textOfHtml(piece.html ?? '')).join('\n');
    return { type: 'text', text: text.slice(0, MAX_TEXT), html };
  }
}

/** Something to read: as text, as html, or the same in both. */
interface Piece {
  text?: string;
  html?: string;
}

const paragraph = (text: string): string => `<p style="white-space:pre-wrap">${escapeHtml(text)}</p>`;

/** The readable pieces of a part in their order; of alternatives one piece, with both its forms. */
function bodyOf(part: ParsedPart): Piece[] {
  const content = part.isAttachment ? undefined : part.textContent?.slice(0, MAX_TEXT);
  if (content?.trim()) return [part.contentType === 'text/html' ? { html: content } : { text: content }];
  const pieces = part.children.flatMap(bodyOf);
  if (part.contentType !== 'multipart/alternative' || pieces.length === 0) return pieces;
  const texts = pieces.flatMap((piece) => piece.text ?? []);
  const htmls = pieces.flatMap((piece) => piece.html ?? []);
  return [
    { ...(texts.length > 0 && { text: texts.join('\n') }), ...(htmls.length > 0 && { html: htmls.join('<br>\n') }) },
  ];
}
