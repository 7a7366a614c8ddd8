import { Transform, type TransformCallback } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { MailParser } from 'mailparser';
import { decodeText } from './charset.rules.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';
import { HtmlWords } from './html.js';
import { bodyOf, type MailBody, type MailPart } from './mail.body.js';
import { UuencodeSieve, type UuencodedFile } from './uuencode.rules.js';

/** A part of the mail as the splitter sees it. */
interface MimePart {
  filename: string | false;
  disposition: string | false;
  root: boolean;
  multipart: string | false;
  contentType: string | false;
  parentNode: MimePart | false;
}

/** What the splitter hands on: a part begins, its bytes, or what stands between parts. */
type Chunk =
  (MimePart & { type: 'node' }) | { type: 'body'; value: Buffer } | { type: 'data'; value: Buffer; node: MimePart };

interface RawHeader {
  key: string;
  line: string;
}

/** A part whose header is being read, line by line. */
interface HeaderCollector {
  addHeaderChunk(line: Buffer | false): void;
}

declare module 'mailparser' {
  // What the parser calls on itself and lets a subclass replace; the published types name only its outside.
  interface MailParser {
    tree: MailPart | false;
    createNode(part: MimePart): MailPart;
    processHeaders(lines: RawHeader[]): Headers;
    processChunk(chunk: Chunk, done: (error?: Error) => void): void;
    /** Splits the bytes; what comes to the parser goes through the other one to it. */
    splitter: Transform & { node: HeaderCollector; newNode(parent?: unknown): void };
    chunkedPassthrough: Transform;
    endReceived: boolean;
    reading: boolean;
    readData(): void;
  }
}

/** Says that the charset is to be found out by `decodeText`; the declared one follows. In plain text there may be files. */
const DECLARED = { plain: 'plain-declared:', other: 'other-declared:' } as const;
const declared = (stated: string) => stated.slice(stated.indexOf(':') + 1);

/** Bytes of text that may still be read. */
interface Budget {
  left: number;
  /** Something was left out. */
  spent: boolean;
}

/** Up to the last whole line: half a letter would make the rest look like another charset. */
const wholeLines = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length);

/** Collects a text part, as far as the budget goes, and reads it once its bytes are known. */
class CharsetDecoder extends Transform {
  private readonly chunks: Buffer[] = [];
  private cut = false;

  constructor(
    private readonly charset: string,
    private readonly budget: Budget,
    /** Takes the files out of a plain text. */
    private readonly sieve: UuencodeSieve | null,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.collect(this.sieve?.take(chunk) ?? chunk);
    done();
  }

  private collect(text: Buffer): void {
    const taken = text.subarray(0, this.budget.left);
    this.budget.left -= taken.length;
    if (taken.length > 0) this.chunks.push(taken);
    if (taken.length < text.length) this.cut = this.budget.spent = true;
  }

  override _flush(done: TransformCallback): void {
    if (this.sieve) this.collect(this.sieve.rest());
    if (this.sieve?.hasLost) this.budget.spent = true;
    const bytes = Buffer.concat(this.chunks);
    done(null, Buffer.from(decodeText(this.cut ? wholeLines(bytes) : bytes, this.charset)));
  }
}

/** Headers with raw 8-bit letters, whatever charset their writer used, as the UTF-8 the parser expects. */
function repaired(header: RawHeader): RawHeader {
  if (!/[\u0080-\u00ff]/u.test(header.line)) return header;
  const text = decodeText(Buffer.from(header.line, 'latin1'), '');
  return { key: header.key, line: Buffer.from(text).toString('latin1') };
}

const [CARRIAGE_RETURN, LINE_FEED, BLANK] = [0x0d, 0x0a, 0x20];

/** A line of a header whose only carriage return is that of its end: the splitter takes the square of their number. */
function smooth(line: Buffer): Buffer {
  const end = line.at(-1) === LINE_FEED ? line.length - 2 : line.length;
  const first = line.indexOf(CARRIAGE_RETURN);
  if (first < 0 || first >= end) return line;
  return Buffer.from(line.map((byte, at) => (byte === CARRIAGE_RETURN && at < end ? BLANK : byte)));
}

/** How many parts lie around this one. */
function depthOf(part: MimePart): number {
  let depth = 0;
  for (let at = part.parentNode; at; at = at.parentNode) depth += 1;
  return depth;
}

/**
 * mailparser, streaming, with our own ways: charsets are found out, not believed; a named text file beside the body is a file;
 * messages inside the message stay whole; a multipart that never was one is read as text; and it stops, with all that came
 * before, where a mail goes over the limits.
 */
export class MimeParser extends MailParser {
  /** The limit the mail went over; nothing behind that point is read. */
  over: 'parts' | 'depth' | 'header' | null = null;
  /** What the splitter said where it stopped. */
  failure: Error | null = null;
  private readonly budget: Budget = { left: MAIL_LIMITS.textBytes, spent: false };
  private readonly words = new HtmlWords();
  private readonly sieves: UuencodeSieve[] = [];
  private parts = 0;
  private hasBody = false;
  /** Bytes of multiparts that stand outside of parts. */
  private readonly strays: Buffer[] = [];

  constructor() {
    super({
      ignoreEmbedded: true,
      keepDeliveryStatus: true,
      checksumAlgo: 'md5',
      maxHeadSize: MAIL_LIMITS.headerBytes,
      // Counted here, in order: the splitter runs ahead, and its error would take what is not read yet with it.
      maxChildNodes: Number.MAX_SAFE_INTEGER,
    } as ConstructorParameters<typeof MailParser>[0]);
    this.collectSmoothly();
    this.splitter.removeAllListeners('error');
    this.splitter.once('error', (error) => this.endHere(error));
  }

  private collectSmoothly(): void {
    const { splitter } = this;
    const newNode = splitter.newNode.bind(splitter);
    const prepare = (): void => {
      const { node } = splitter;
      const add = node.addHeaderChunk.bind(node);
      node.addHeaderChunk = (line) => add(line && smooth(line));
    };
    splitter.newNode = (parent) => {
      newNode(parent);
      prepare();
    };
    prepare();
  }

  /** The splitter stops at a header without measure. It had run ahead: what it has found before is still read. */
  private endHere(error: Error): void {
    this.over ??= 'header';
    this.failure = error;
    this.endReceived = true;
    // Nobody takes what comes from now on: it must not stand in the way.
    this.chunkedPassthrough.resume();
    if (!this.reading) this.readData();
  }

  override processHeaders(lines: RawHeader[]) {
    return super.processHeaders(lines.slice(0, MAIL_LIMITS.headerFields).map(repaired));
  }

  override processChunk(chunk: Chunk, done: (error?: Error) => void): void {
    if (chunk.type === 'node') {
      this.parts += 1;
      if (this.parts === 2) this.budget.left = MAIL_LIMITS.textBytes;
      if (this.parts > MAIL_LIMITS.parts) this.over ??= 'parts';
      else if (depthOf(chunk) > MAIL_LIMITS.depth) this.over ??= 'depth';
    }
    if (chunk.type === 'data') this.stray(chunk);
    // What stands between parts ends the one before it: that still has to be heard. So has all that comes before a header.
    if (this.over && this.over !== 'header' && chunk.type !== 'data') return done();
    try {
      super.processChunk(chunk, done);
    } catch (error) {
      // Thrown out of an event of the splitter it would end the process.
      done(isNativeError(error) ? error : new Error(String(error)));
    }
  }

  override createNode(part: MimePart): MailPart {
    const node = super.createNode(part);
    if (node.isAttachment === false) {
      node.isAttachment = this.isNamedFile(part);
      node.charset = `${DECLARED[node.contentType === 'text/plain' ? 'plain' : 'other']}${node.charset ?? ''}`;
      this.hasBody ||= !node.isAttachment;
    }
    return node;
  }

  /** A text with a file name is a file: always when it says it is shown inline, else when there is a body already. */
  private isNamedFile(part: MimePart): boolean {
    if (part.root || part.filename === false) return false;
    if (part.disposition === 'inline') return true;
    return this.hasBody && part.parentNode !== false && part.parentNode.contentType !== 'multipart/alternative';
  }

  /** Kept until a first part begins: then it is what a preamble is, nothing to read. */
  private stray({ value, node }: { value?: Buffer; node: MimePart }): void {
    if (!value?.length || !node.multipart || this.parts > 1) return;
    const taken = value.subarray(0, this.budget.left);
    this.budget.left -= taken.length;
    this.strays.push(taken);
  }

  /** Called by the parser for its own use. */
  getDecoder() {
    return {
      decodeStream: (stated: string) => new CharsetDecoder(declared(stated), this.budget, this.sieveFor(stated)),
    };
  }

  private sieveFor(stated: string): UuencodeSieve | null {
    if (!stated.startsWith(DECLARED.plain)) return null;
    const sieve = new UuencodeSieve();
    this.sieves.push(sieve);
    return sieve;
  }

  /** Files that stood in the texts, in their order. */
  get uuencoded(): UuencodedFile[] {
    return this.sieves.flatMap(({ files }) => files);
  }

  /** The body of an Outlook package, as if it had been the mail's own. */
  wordsOf(text: string | null, html: string | null): MailBody {
    const headers = new Map<string, unknown>();
    const part = (contentType: string, textContent: string | null): MailPart[] =>
      textContent === null ? [] : [{ contentType, textContent, headers, children: [] }];
    const children = [...part('text/plain', text), ...part('text/html', html)];
    return bodyOf({ contentType: 'multipart/alternative', headers, children }, this.words);
  }

  /** Called by the parser once, at the end: what it pushes as the text of the mail. */
  getTextContent(): MailBody & { type: 'text' } {
    const root = this.tree;
    const body = root ? bodyOf(root, this.words) : { text: '', html: null, cut: false };
    // A multipart whose parts never began: its boundary is missing or another one.
    const lost = root && root.children.length === 0 && this.strays.length > 0;
    const text = lost ? decodeText(Buffer.concat(this.strays), '').replace(/\r\n?/gu, '\n') : body.text;
    return { type: 'text', ...body, text, cut: body.cut || this.budget.spent, broken: Boolean(lost && text.trim()) };
  }
}
