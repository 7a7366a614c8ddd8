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
const BEGIN = Buffer.from('begin ');
const FIRST_LINE = /^begin [0-7]{3,4} +(\S.*)$/u;
/** Of a first line; lines of data have 61 letters, a few encoders add a sum. */
const LONGEST_LINE = 512;
const LONGEST_DATA = 90;
const ZERO = 0x20;
const LAST = 0x60;

/** A line without its end. */
const bare = (line: Buffer): Buffer => (line.at(-1) === 0x0d ? line.subarray(0, -1) : line);

const isEnd = (line: Buffer): boolean => /^end\s*$/u.test(line.toString('latin1', 0, 20));

/** How many bytes the first letter promises; null when this is no line of data. Blanks at its end may have been lost. */
function promised(line: Buffer): number | null {
  if (line.length > LONGEST_DATA || line.some((letter) => letter < ZERO || letter > LAST)) return null;
  const count = ((line[0] ?? ZERO) - ZERO) & 63;
  return line.length - 1 <= Math.ceil(count / 3) * 4 + 2 ? count : null;
}

function decoded(lines: readonly Buffer[], size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let at = 0;
  for (const line of lines) {
    const end = at + (promised(line) ?? 0);
    const six = (index: number): number => ((line[index] ?? ZERO) - ZERO) & 63;
    for (let index = 1; at < end; index += 4) {
      const all = (six(index) << 18) | (six(index + 1) << 12) | (six(index + 2) << 6) | six(index + 3);
      for (const shift of [16, 8, 0]) if (at < end) bytes[at++] = (all >> shift) & 255;
    }
  }
  return bytes;
}

/** What began like a file and is read on until it is one, or is none. */
class Block {
  size = 0;
  /** As written, to be given back when it is no file; null when it is too large to be held. */
  private lines: Buffer[] | null;
  private isOver = false;

  constructor(
    readonly name: string,
    first: Buffer,
    private readonly room: number,
  ) {
    this.lines = [first];
  }

  /** @returns whether it goes on, ends here as a file, or was none */
  take(whole: Buffer): 'more' | 'file' | 'none' {
    const line = bare(whole);
    if (isEnd(line)) return 'file';
    const count = promised(line);
    if (count === null || (this.isOver && count > 0)) return 'none';
    this.isOver = count === 0;
    this.size += count;
    if (this.size > this.room) this.lines = null;
    // A copy: what it was cut from is larger, and would be held as long.
    this.lines?.push(Buffer.from(whole));
    return 'more';
  }

  file(): UuencodedFile {
    const { name, size, lines } = this;
    return { name, size, content: lines && decoded(lines.slice(1).map(bare), size) };
  }

  /** The lines again, as they were. */
  written(): Buffer[] {
    return (this.lines ?? []).flatMap((line) => [line, Buffer.of(NEWLINE)]);
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
    const name = line.length < LONGEST_LINE ? FIRST_LINE.exec(decodeText(bare(line), ''))?.[1] : undefined;
    this.atLineStart = end >= 0;
    if (name !== undefined && this.files.length < MAIL_LIMITS.uuencodedFiles)
      this.block = new Block(name.trim(), Buffer.from(line), this.room);
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
