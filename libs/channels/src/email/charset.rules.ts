/** Text whose bytes say nothing about themselves is read as the charset most wrong mails are really in. */
const LAST_RESORT = 'windows-1252';

/** Charsets of one byte per character: they read anything without complaint, so UTF-8 is tried first. */
const SINGLE_BYTE = /^(?:us-?ascii|ascii|utf-?8|iso-?8859.*|latin.*|windows-125\d|cp125\d|x?-?mac.*|koi8.*|)$/iu;

/** Names mail uses and the standard's list of labels lacks. */
const ALIASES: Record<string, string> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  'iso-gb2312': 'gbk',
  ks_c_5601: 'euc-kr',
};

/** What Windows-1252 has where Latin-1 has control characters: 0x80 to 0x9f. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const readWindows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/gu, (letter) => WINDOWS_1252.charAt(letter.charCodeAt(0) - 0x80));

function read(bytes: Uint8Array, label: string): string | null {
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    // The runtime's own decoder takes Windows-1252 for Latin-1 and loses the euro sign.
    return decoder.encoding === LAST_RESORT ? readWindows1252(bytes) : decoder.decode(bytes);
  } catch (error) {
    // A label nobody knows, or bytes that are none of this charset: both are an answer here.
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
    if (code === 'ERR_ENCODING_NOT_SUPPORTED' || code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return null;
    throw error;
  }
}

/** Seven bits, as some old mail servers made of Unicode; the standard of the web has left it out, so TextDecoder has too. */
const SEVEN_BITS = /^(?:x-)?(?:(?:cs)?unicode-?1-?1-?)?utf-?7$/iu;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIX_BITS = Int8Array.from({ length: 128 }, (_, letter) => BASE64.indexOf(String.fromCharCode(letter)));
const [PLUS, MINUS] = [0x2b, 0x2d];

/** How many letters of base64 stand here. */
function runLength(bytes: Uint8Array, from: number): number {
  let at = from;
  while ((SIX_BITS[bytes[at] ?? 0] ?? -1) >= 0) at += 1;
  return at - from;
}

/** RFC 2152. One step a letter, nothing made on the way: a mail may have a million runs of letters, in a thousand parts. */
class Utf7 {
  private readonly units: Uint16Array;
  private size = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.units = new Uint16Array(bytes.length);
  }

  read(): string {
    for (let at = 0; at < this.bytes.length;)
      at = this.bytes[at] === PLUS ? this.run(at + 1) : this.put(this.bytes[at] ?? 0, at + 1);
    return Buffer.from(this.units.buffer, 0, this.size * 2).toString('utf16le');
  }

  /** What stands behind a plus. One that begins no letter stays. @returns where to go on */
  private run(from: number): number {
    const end = from + runLength(this.bytes, from);
    const isEnded = this.bytes[end] === MINUS;
    // Three letters are the first 16 bits.
    if (end - from < 3) return this.put(PLUS, end === from && isEnded ? end + 1 : from);
    let [held, bits] = [0, 0];
    for (let at = from; at < end; at += 1) {
      held = ((held << 6) | (SIX_BITS[this.bytes[at] ?? 0] ?? 0)) & 0x3fffff;
      bits += 6;
      if (bits >= 16) this.put((held >> (bits -= 16)) & 0xffff, at);
    }
    return isEnded ? end + 1 : end;
  }

  private put(unit: number, next: number): number {
    this.units[this.size++] = unit;
    return next;
  }
}

const readUtf7 = (bytes: Uint8Array): string | null =>
  bytes.some((byte) => byte > 0x7f) ? null : new Utf7(bytes).read();

/** What the first two bytes say: which way round the others are. */
function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : null;
}

/**
 * Bytes of a mail as text, whatever the mail says they are: valid UTF-8 is UTF-8 even when called Latin-1, and bytes that
 * contradict their label are read as Windows-1252 rather than shown as question marks.
 */
export function decodeText(bytes: Uint8Array, declared: string): string {
  const stated = ALIASES[declared.trim().toLowerCase()] ?? declared.trim();
  const label = /^utf-?16/iu.test(stated) ? (markOf(bytes) ?? stated) : stated;
  const first = SEVEN_BITS.test(label) ? readUtf7(bytes) : SINGLE_BYTE.test(label) ? read(bytes, 'utf-8') : null;
  return first ?? read(bytes, label || LAST_RESORT) ?? read(bytes, 'utf-8') ?? readWindows1252(bytes);
}
