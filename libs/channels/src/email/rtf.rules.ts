import { decodeText } from './charset.rules.js';

/** What the dictionary of the compression begins with (MS-OXRTFCP §2.1.2.1). */
const DICTIONARY =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const WINDOW = 4096;
const COMPRESSED = 0x75465a4c;
const PLAIN = 0x414c454d;
const HEADER_BYTES = 16;
/** Longest text that is unpacked, in bytes; one byte of a stranger must not become many. */
const MAX_UNPACKED = 4 * 1024 * 1024;

/** RTF as Outlook packs it (MS-OXRTFCP), as far as it is whole; empty when it is none. */
export function unpackRtf(packed: Buffer): Buffer {
  if (packed.length < HEADER_BYTES) return Buffer.alloc(0);
  const magic = packed.readUInt32LE(8);
  const size = Math.min(packed.readUInt32LE(4), MAX_UNPACKED);
  if (magic === PLAIN) return packed.subarray(HEADER_BYTES, HEADER_BYTES + size);
  return magic === COMPRESSED ? inflate(packed.subarray(HEADER_BYTES), size) : Buffer.alloc(0);
}

function inflate(packed: Buffer, size: number): Buffer {
  const window = Buffer.alloc(WINDOW);
  let write = window.write(DICTIONARY, 'latin1');
  const unpacked = Buffer.alloc(size);
  let length = 0;
  const put = (byte: number): void => {
    if (length < size) unpacked[length++] = byte;
    window[write] = byte;
    write = (write + 1) % WINDOW;
  };
  for (let at = 0; at < packed.length && length < size;) {
    const control = packed[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < packed.length && length < size; bit += 1) {
      if (((control >> bit) & 1) === 0) {
        put(packed[at++] ?? 0);
        continue;
      }
      if (at + 1 >= packed.length) return unpacked.subarray(0, length);
      const reference = packed.readUInt16BE(at);
      at += 2;
      const from = reference >> 4;
      // A reference to where writing stands is the mark of the end.
      if (from === write) return unpacked.subarray(0, length);
      for (let n = 0; n < (reference & 0x0f) + 2; n += 1) put(window[(from + n) % WINDOW] ?? 0);
    }
  }
  return unpacked.subarray(0, length);
}

/** Groups whose words are not the message's. */
const UNSAID = /^(?:fonttbl|colortbl|stylesheet|info|pict|listtable|listoverridetable|generator|themedata|object)$/u;
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/giu;
const MARKS: Record<string, string> = { par: '\n', line: '\n', tab: '\t', emdash: '—', endash: '–', bullet: '•' };
const MAX_GROUPS = 500;

/** Where reading stands: what a group says counts until its end. */
interface Group {
  unsaid: boolean;
  /** Letters that follow a `\u` and stand for it in old programs. */
  fallback: number;
}

/** What one piece of RTF is; exactly one of them is there, none for the ends of its lines. */
interface Token {
  word?: string;
  figure?: string;
  hex?: string;
  symbol?: string;
  brace?: string;
  plain?: string;
}

/** Collects the words of an RTF text while its pieces go by. */
class Listening {
  text = '';
  private readonly groups: Group[] = [{ unsaid: false, fallback: 1 }];
  private skip = 0;
  private bytes: number[] = [];

  take(token: Token): void {
    if (token.hex === undefined) this.flush();
    const { brace, word, symbol } = token;
    if (brace) this.turn(brace);
    else if (symbol === '*' || (word && UNSAID.test(word))) this.group().unsaid = true;
    else if (word === 'htmlrtf') this.group().unsaid = token.figure !== '0';
    else if (word === 'uc') this.group().fallback = Number(token.figure ?? 1);
    else if (!this.group().unsaid) this.say(token);
  }

  /** Letters of a charset come one by one and are read together. */
  flush(): void {
    if (this.bytes.length > 0) this.text += decodeText(Buffer.from(this.bytes), 'windows-1252');
    this.bytes = [];
  }

  private group(): Group {
    return this.groups.at(-1) ?? { unsaid: false, fallback: 1 };
  }

  private turn(brace: string): void {
    if (brace === '{' && this.groups.length < MAX_GROUPS) this.groups.push({ ...this.group() });
    else if (brace === '}' && this.groups.length > 1) this.groups.pop();
  }

  private say({ word, figure, hex, symbol, plain }: Token): void {
    if (word === 'u') {
      this.text += String.fromCharCode(Number(figure ?? 0) & 0xffff);
      this.skip = this.group().fallback;
    } else if (word) this.text += MARKS[word] ?? '';
    else if (hex) this.letter(hex);
    else if (symbol) this.text += symbol === '~' ? ' ' : '\\{}'.includes(symbol) ? symbol : '';
    else if (plain) {
      this.text += plain.slice(this.skip);
      this.skip = Math.max(0, this.skip - plain.length);
    }
  }

  private letter(hex: string): void {
    if (this.skip > 0) this.skip -= 1;
    else this.bytes.push(Number.parseInt(hex, 16));
  }
}

/** The words of an RTF text, also of one that wraps html (MS-OXRTFEX); no looks. */
export function rtfText(rtf: Buffer): string {
  const listening = new Listening();
  for (const [, word, figure, hex, symbol, brace, plain] of rtf.toString('latin1').matchAll(TOKEN))
    listening.take({ word, figure, hex, symbol, brace, plain });
  listening.flush();
  return listening.text.toWellFormed().trim();
}
