/** One value of a MAPI property (MS-OXTNEF §2.1.3.4). */
export interface Property {
  bytes: Buffer;
  isUnicode: boolean;
  isObject: boolean;
}

/** Properties by their id. */
export type Properties = Map<number, Property>;

/** Ids that are looked at (MS-OXPROPS). */
export const PROPERTY = {
  body: 0x1000,
  rtf: 0x1009,
  html: 0x1013,
  content: 0x3701,
  name: 0x3704,
  longName: 0x3707,
  mimeTag: 0x370e,
  contentId: 0x3712,
  internetCodepage: 0x3fde,
} as const;

const MULTIPLE = 0x1000;
const OBJECT = 0x000d;
const STRING = 0x001e;
const UNICODE = 0x001f;
const BINARY = 0x0102;
/** Bytes of a value of fixed length, padded to four (MS-OXCDATA §2.11.1). */
const FIXED: Record<number, number> = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};
const MAX_PROPERTIES = 5000;
const MAX_VALUES = 2000;
/** From here on properties are named, and carry their name along. */
const FIRST_NAMED = 0x8000;

/** The end of what a package holds, met too early. */
class CutShort extends Error {}

/** Reads forward and never beyond the end. */
class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  take(length: number): Buffer {
    if (length > this.bytes.length - this.at) throw new CutShort();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  short(): number {
    return this.take(2).readUInt16LE(0);
  }

  long(): number {
    return this.take(4).readUInt32LE(0);
  }

  /** Length, bytes, and the padding behind them, which the last value may lack. */
  counted(): Buffer {
    const length = this.long();
    const bytes = this.take(length);
    this.at = Math.min(this.bytes.length, this.at + ((4 - (length % 4)) % 4));
    return bytes;
  }
}

function skipName(reader: Reader): void {
  reader.take(16);
  if (reader.long() === 0) reader.long();
  else reader.counted();
}

/** The first value of a property, all of them read. @throws CutShort, also at a type nobody knows the length of */
function valueOf(reader: Reader, type: number): Buffer {
  const single = type & ~MULTIPLE;
  const fixed = FIXED[single];
  const counted = [OBJECT, STRING, UNICODE, BINARY].includes(single);
  if (fixed === undefined && !counted) throw new CutShort();
  const count = counted || single !== type ? reader.long() : 1;
  if (count > MAX_VALUES) throw new CutShort();
  let first: Buffer | null = null;
  for (let n = 0; n < count; n += 1) {
    const value = fixed === undefined ? reader.counted() : reader.take(fixed);
    first ??= value;
  }
  return first ?? Buffer.alloc(0);
}

/** The properties in a block of them: as many as are whole. */
export function propertiesWithin(block: Buffer): { properties: Properties; isWhole: boolean } {
  const properties: Properties = new Map();
  const reader = new Reader(block);
  try {
    const count = reader.long();
    for (let n = 0; n < count; n += 1) {
      if (n === MAX_PROPERTIES) throw new CutShort();
      const type = reader.short();
      const id = reader.short();
      if (id >= FIRST_NAMED) skipName(reader);
      const bytes = valueOf(reader, type);
      const single = type & ~MULTIPLE;
      if (!properties.has(id))
        properties.set(id, { bytes, isUnicode: single === UNICODE, isObject: single === OBJECT });
    }
    return { properties, isWhole: true };
  } catch (error) {
    if (error instanceof CutShort) return { properties, isWhole: false };
    throw error;
  }
}
