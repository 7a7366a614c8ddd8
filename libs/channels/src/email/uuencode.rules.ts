import { decodeText } from './charset.rules.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';

/** A file that stood in a text. */
export interface UuencodedFile {
  name: string;
  /** In bytes, also of one that is too large to be kept. */
  size: number;
  content: Buffer | null;
}

const NEWLINE = 0x0a;
const LINE_END = Buffer.of(NEWLINE);
const BEGIN = Buffer.from('begin ');
const FIRST_LINE = /^begin [0-7]{3,4} +(\S.*)$/u;
/** Of a first line; lines of data have 61 letters, a few encoders add a sum. */
const LONGEST_LINE = 512;
const LONGEST_DATA = 90;
/** A file ends with one line that has nothing in it; programs that mend mails may add some. */
const MOST_LAST_LINES = 10;
/** A line of 62 letters has 45 bytes; lines that say next to nothing are not held without measure. */
const LETTERS_A_BYTE = 2;
const LONGEST_PAGE = 256 * 1024;
const ZERO = 0x20;
const LAST = 0x60;

/** A line without its end. */
const bare = (line: Buffer): Buffer => (line.at(-1) === 0x0d ? line.subarray(0, -1) : line);

const E = 0x65;
/** No line of data has small letters. */
const isEnd = (line: Buffer): boolean => line[0] === E && /^end\s*$/u.test(line.toString('latin1', 0, 20));

/** How many bytes the first letter promises; null when this is no line of data. Blanks at its end may have been lost. */
function promised(line: Buffer): number | null {
  if (line.length > LONGEST_DATA) return null;
  for (const letter of line) if (letter < ZERO || letter > LAST) return null;
  const count = ((line[0] ?? ZERO) - ZERO) & 63;
  return line.length - 1 <= Math.ceil(count / 3) * 4 + 2 ? count : null;
}

/** @returns where the next line of it goes */
function decode(line: Buffer, into: Buffer, from: number): number {
  let at = from;
  const end = at + (promised(line) ?? 0);
  const six = (index: number): number => ((line[index] ?? ZERO) - ZERO) & 63;
  for (let index = 1; at < end; index += 4) {
    const all = (six(index) << 18) | (six(index + 1) << 12) | (six(index + 2) << 6) | six(index + 3);
    for (const shift of [16, 8, 0]) if (at < end) into[at++] = (all >> shift) & 255;
  }
  return at;
}

/** Lines that are held, of very many short ones no more than their letters. */
class HeldLines {
  size = 0;
  private readonly full: Buffer[] = [];
  private page = Buffer.alloc(0);
  private used = 0;

  /** Copies it: what it was cut from is larger, and would be held as long. */
  add(line: Buffer): void {
    if (this.used + line.length >= this.page.length) this.turn();
    this.used += line.copy(this.page, this.used);
    this.page[this.used++] = NEWLINE;
    this.size += line.length + 1;
  }

  /** As they were written, each with its end. */
  written(): Buffer[] {
    return [...this.full, this.page.subarray(0, this.used)];
  }

  *[Symbol.iterator](): Generator<Buffer> {
    for (const page of this.written()) {
      for (let at = 0; at < page.length;) {
        const end = page.indexOf(NEWLINE, at);
        yield page.subarray(at, end);
        at = end + 1;
      }
    }
  }

  /** Pages grow: most of what only looks like a file has a line or two. */
  private turn(): void {
    if (this.used > 0) this.full.push(this.page.subarray(0, this.used));
    this.page = Buffer.alloc(Math.min(LONGEST_PAGE, Math.max(LONGEST_LINE * 2, this.page.length * 2)));
    this.used = 0;
  }
}

/** What began like a file and is read on until it is one, or is none. */
class Block {
  size = 0;
  /** As written, to be given back when it is no file; null when it is too large to be held. */
  private lines: HeldLines | null = new HeldLines();
  private lastLines = 0;

  constructor(
    private readonly first: Buffer,
    private readonly room: number,
  ) {}

  /** @returns whether it goes on, ends here as a file, or was none */
  take(whole: Buffer): 'more' | 'file' | 'none' {
    const line = bare(whole);
    if (isEnd(line)) return 'file';
    const count = promised(line);
    if (count === null || (this.lastLines > 0 && count > 0)) return 'none';
    if (count === 0) this.lastLines += 1;
    if (this.lastLines > MOST_LAST_LINES) return 'none';
    this.size += count;
    this.lines?.add(whole);
    if (this.size > this.room || (this.lines?.size ?? 0) > this.room * LETTERS_A_BYTE) this.lines = null;
    return 'more';
  }

  file(): UuencodedFile {
    const { size, lines } = this;
    const name = FIRST_LINE.exec(decodeText(bare(this.first), ''))?.[1]?.trim() ?? '';
    if (!lines) return { name, size, content: null };
    const content = Buffer.alloc(size);
    let at = 0;
    for (const line of lines) at = decode(bare(line), content, at);
    return { name, size, content };
  }

  /** The lines again, as they were. */
  written(): Buffer[] {
    return this.lines ? [this.first, LINE_END, ...this.lines.written()] : [];
  }

  get isHeld(): boolean {
    return this.lines !== null;
  }
}

/**
 * Takes uuencoded files (POSIX, as mail had them before MIME) out of a text while it streams by. What only looks like one stays
 * where it is. One pass; what is held is bounded by `uuencodedBytes`.
 */
export class UuencodeSieve {
  readonly files: UuencodedFile[] = [];
  /** Something was let go that turned out to be no file: it was too large to be held. */
  hasLost = false;
  /** The beginning of a line whose end has not come. */
  private open = Buffer.alloc(0);
  private atLineStart = true;
  private block: Block | null = null;
  private room: number = MAIL_LIMITS.uuencodedBytes;

  /** @returns what of it, and of what was held, is text */
  take(chunk: Buffer): Buffer {
    const bytes = this.open.length > 0 ? Buffer.concat([this.open, chunk]) : chunk;
    this.open = Buffer.alloc(0);
    const text: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) at = this.block ? this.within(this.block, bytes, at, text) : this.before(bytes, at, text);
    return text.length === 1 && text[0] ? text[0] : Buffer.concat(text);
  }

  /** What was still held when the text ended. A last line without its end may be the end of a file. */
  rest(): Buffer {
    const { open, block } = this;
    this.open = Buffer.alloc(0);
    if (!block || !isEnd(open)) return Buffer.concat([...this.given(block), open]);
    this.keep(block);
    return Buffer.alloc(0);
  }

  /** Text up to the next first line of a file. @returns where to go on */
  private before(bytes: Buffer, from: number, text: Buffer[]): number {
    const found = this.nextBegin(bytes, from);
    text.push(bytes.subarray(from, found));
    if (found === bytes.length) {
      this.atLineStart = bytes.at(-1) === NEWLINE;
      return found;
    }
    const end = bytes.indexOf(NEWLINE, found);
    if (end < 0 && bytes.length - found < LONGEST_LINE) {
      this.open = Buffer.from(bytes.subarray(found));
      this.atLineStart = true;
      return bytes.length;
    }
    const line = bytes.subarray(found, end < 0 ? bytes.length : end);
    const isFirst = line.length < LONGEST_LINE && FIRST_LINE.test(bare(line).toString('latin1'));
    this.atLineStart = end >= 0;
    if (isFirst && this.files.length < MAIL_LIMITS.uuencodedFiles) this.block = new Block(Buffer.from(line), this.room);
    else text.push(bytes.subarray(found, end < 0 ? bytes.length : end + 1));
    return end < 0 ? bytes.length : end + 1;
  }

  /** Where a line begins with `begin `, or may once more has come; the length when none does. */
  private nextBegin(bytes: Buffer, from: number): number {
    const isStart = (at: number): boolean => (at === 0 ? this.atLineStart : bytes[at - 1] === NEWLINE);
    for (let at = bytes.indexOf(BEGIN, from); at >= 0; at = bytes.indexOf(BEGIN, at + 1)) if (isStart(at)) return at;
    const last = Math.max(from, bytes.lastIndexOf(NEWLINE) + 1);
    const isHalf = bytes.length - last < BEGIN.length && BEGIN.indexOf(bytes.subarray(last)) === 0;
    return isHalf && last < bytes.length && isStart(last) ? last : bytes.length;
  }

  /** The next line of what may be a file. @returns where to go on */
  private within(block: Block, bytes: Buffer, from: number, text: Buffer[]): number {
    const end = bytes.indexOf(NEWLINE, from);
    if (end < 0 && bytes.length - from < LONGEST_LINE) {
      this.open = Buffer.from(bytes.subarray(from));
      return bytes.length;
    }
    const became = end < 0 ? 'none' : block.take(bytes.subarray(from, end));
    if (became === 'file') this.keep(block);
    if (became === 'none') text.push(...this.given(block));
    this.atLineStart = true;
    // The line that was none of it is looked at again: it may begin a file itself.
    return became === 'none' ? from : end + 1;
  }

  private keep(block: Block): void {
    const file = block.file();
    if (file.content) this.room -= file.size;
    this.files.push(file);
    this.block = null;
  }

  private given(block: Block | null): Buffer[] {
    this.block = null;
    if (block && !block.isHeld) this.hasLost = true;
    return block?.written() ?? [];
  }
}
