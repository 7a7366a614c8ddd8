import { decodeText } from './charset.rules.js';
import { MAIL_LIMITS } from './mail.limits.rules.js';
import { propertiesWithin, PROPERTY, type Properties } from './tnef.properties.rules.js';
import { rtfText, unpackRtf } from './rtf.rules.js';

/** A file out of an Outlook package. */
export interface WinmailFile {
  name: string | null;
  contentType: string | null;
  contentId: string | null;
  content: Buffer;
}

/** What lies in an Outlook package. */
export interface Winmail {
  text: string | null;
  html: string | null;
  files: WinmailFile[];
  /** False when it broke off or went over a limit: then there is more in it than this. */
  isWhole: boolean;
}

const SIGNATURE = 0x223e9f78;
/** Signature, key. */
const HEADER_BYTES = 6;
/** Level, id, length; then data and a checksum. */
const ATTRIBUTE_BYTES = 9;
const CHECKSUM_BYTES = 2;

/** Low halves of the attribute ids (MS-OXTNEF §2.1.3.3). */
const ATTRIBUTE = {
  body: 0x800c,
  attachData: 0x800f,
  attachTitle: 0x8010,
  attachRendering: 0x9002,
  messageProperties: 0x9003,
  attachProperties: 0x9005,
  codepage: 0x9007,
} as const;

const CODEPAGES: Record<number, string> = { 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 65001: 'utf-8' };
const labelOf = (codepage: number): string => CODEPAGES[codepage] ?? `windows-${codepage}`;

interface Attribute {
  id: number;
  data: Buffer;
}

/** The attributes one after the other, while they are whole. @returns whether all of them were */
function* attributesOf(bytes: Buffer): Generator<Attribute, boolean> {
  let at = HEADER_BYTES;
  while (at + ATTRIBUTE_BYTES <= bytes.length) {
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    const begin = at + ATTRIBUTE_BYTES;
    if (begin + length + CHECKSUM_BYTES > bytes.length) return false;
    yield { id, data: bytes.subarray(begin, begin + length) };
    at = begin + length + CHECKSUM_BYTES;
  }
  return at === bytes.length;
}

/** Without the NULs at its end. A pattern would look at each run of them once for each NUL. */
function bare(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return text.slice(0, end);
}

/** Collects what the attributes say. */
class Reading {
  readonly winmail: Winmail = { text: null, html: null, files: [], isWhole: true };
  private label = 'windows-1252';
  private file: Partial<WinmailFile> | null = null;
  private nested: Buffer | null = null;

  constructor(private readonly depth: number) {}

  take({ id, data }: Attribute): void {
    if (id === ATTRIBUTE.codepage && data.length >= 4) this.label = labelOf(data.readUInt32LE(0));
    else if (id === ATTRIBUTE.body) this.winmail.text ??= bare(decodeText(data, this.label));
    else if (id === ATTRIBUTE.messageProperties) this.message(this.properties(data));
    else if (id === ATTRIBUTE.attachRendering) this.next();
    else if (id === ATTRIBUTE.attachTitle) this.part().name ??= bare(decodeText(data, this.label));
    else if (id === ATTRIBUTE.attachData) this.part().content = data;
    else if (id === ATTRIBUTE.attachProperties) this.attachment(this.properties(data));
  }

  /** The file at hand is complete. */
  next(): void {
    const { file, nested } = this;
    this.file = this.nested = null;
    const inner = nested && this.depth < MAIL_LIMITS.winmailDepth ? readWinmail(nested, this.depth + 1) : null;
    if (inner) return this.unfold(inner, file?.name ?? 'message');
    const content = file?.content ?? nested;
    if (!content) return;
    this.add({
      name: file?.name ?? null,
      contentType: file?.contentType ?? null,
      contentId: file?.contentId ?? null,
      content,
    });
  }

  /** A message within the message: its words as a file of their own, its files beside the others. */
  private unfold({ text, html, files, isWhole }: Winmail, name: string): void {
    const contentId = null;
    if (html !== null)
      this.add({ name: `${name}.html`, contentType: 'text/html', contentId, content: Buffer.from(html) });
    else if (text !== null)
      this.add({ name: `${name}.txt`, contentType: 'text/plain', contentId, content: Buffer.from(text) });
    for (const file of files) this.add(file);
    this.winmail.isWhole &&= isWhole;
  }

  private add(file: WinmailFile): void {
    if (this.winmail.files.length < MAIL_LIMITS.winmailFiles) this.winmail.files.push(file);
    else this.winmail.isWhole = false;
  }

  private part(): Partial<WinmailFile> {
    this.file ??= {};
    return this.file;
  }

  private properties(data: Buffer): Properties {
    const { properties, isWhole } = propertiesWithin(data);
    this.winmail.isWhole &&= isWhole;
    return properties;
  }

  private text(properties: Properties, id: number): string | null {
    const found = properties.get(id);
    if (!found) return null;
    return bare(decodeText(found.bytes, found.isUnicode ? 'utf-16le' : this.label));
  }

  private message(properties: Properties): void {
    this.winmail.text ??= this.text(properties, PROPERTY.body);
    const html = properties.get(PROPERTY.html);
    if (html) {
      const codepage = properties.get(PROPERTY.internetCodepage)?.bytes;
      const label = codepage && codepage.length >= 4 ? labelOf(codepage.readUInt32LE(0)) : this.label;
      this.winmail.html ??= bare(decodeText(html.bytes, html.isUnicode ? 'utf-16le' : label));
    }
    const rtf = properties.get(PROPERTY.rtf);
    if (rtf && this.winmail.text === null && this.winmail.html === null)
      this.winmail.text = rtfText(unpackRtf(rtf.bytes)) || null;
  }

  private attachment(properties: Properties): void {
    const part = this.part();
    part.name = this.text(properties, PROPERTY.longName) ?? part.name ?? this.text(properties, PROPERTY.name);
    part.contentType = this.text(properties, PROPERTY.mimeTag);
    part.contentId = this.text(properties, PROPERTY.contentId);
    const content = properties.get(PROPERTY.content);
    if (!content) return;
    // An object begins with the id of its interface (MS-OXTNEF §2.1.3.4.2).
    if (content.isObject) this.nested = content.bytes.subarray(16);
    else part.content ??= content.bytes;
  }
}

/**
 * Reads an Outlook package, `winmail.dat` (MS-OXTNEF): the body and the files in it. Everything is bounds-checked and the
 * files are views into `bytes`, so that nothing a stranger wrote makes it large or slow; checksums are not compared, as
 * Outlook itself reads packages whose checksums are wrong.
 * @returns null when it is no such package
 */
export function readWinmail(bytes: Buffer, depth = 1): Winmail | null {
  if (bytes.length < HEADER_BYTES || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  const reading = new Reading(depth);
  const attributes = attributesOf(bytes);
  for (let step = attributes.next(); ; step = attributes.next()) {
    if (step.done) {
      reading.next();
      reading.winmail.isWhole &&= step.value;
      return reading.winmail;
    }
    reading.take(step.value);
  }
}
