import { Readable } from 'node:stream';
import type { AttachmentStream } from 'mailparser';
import type { Notice, StoredFile } from '#contracts';
import { newId, type FileStore } from '#platform';
import { calendarNotice, readCalendar } from './calendar.rules.js';
import { contentTypeOf, fileNameOf, oneLine, subjectWithin } from './incoming.rules.js';
import { MAIL_LIMITS, sizeText } from './mail.limits.rules.js';
import { readWinmail, type Winmail } from './tnef.rules.js';
import type { UuencodedFile } from './uuencode.rules.js';

/** What became of the files of a mail. */
export interface TakenFiles {
  files: StoredFile[];
  notices: Notice[];
  /** The body of an Outlook package, for a mail that has none of its own. */
  inner: { text: string | null; html: string | null };
  /** What the calendar parts say, in one line each. */
  dates: string[];
}

/** What a part says of the file it is. */
type NamedPart = Pick<AttachmentStream, 'release'> &
  Partial<Pick<AttachmentStream, 'contentType' | 'filename' | 'cid'>>;

/** A file on its way to storage: counted, cut off at the limit, its beginning remembered. */
class Passing {
  size = 0;
  isOver = false;
  private readonly head: Buffer[] = [];
  private held = 0;

  constructor(
    private readonly content: Readable,
    private readonly limit: number,
    private readonly remembered: number,
  ) {}

  /** The bytes for storage. @throws at the limit, so that storage keeps nothing */
  async *bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of this.pieces()) {
      this.size += chunk.length;
      if (this.size > this.limit) {
        this.isOver = true;
        throw new Error('larger than the limit');
      }
      if (this.held < this.remembered) {
        this.head.push(chunk);
        this.held += chunk.length;
      }
      yield chunk;
    }
  }

  /** Reads what storage did not take, to know how much it is. */
  async finish(): Promise<void> {
    for await (const chunk of this.pieces()) this.size += chunk.length;
  }

  /** Its first bytes, all of them when it is shorter. */
  beginning(): Buffer {
    return Buffer.concat(this.head).subarray(0, this.remembered);
  }

  private pieces(): AsyncIterable<Buffer> {
    return this.content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  }
}

const isWinmail = (type: string, name: string): boolean =>
  /^application\/(?:vnd\.)?ms-tnef$/u.test(type) || /^winmail\.dat$/iu.test(name);
const isCalendar = (type: string, name: string): boolean =>
  type === 'text/calendar' || type === 'application/ics' || /\.ics$/iu.test(name);

/** Takes the files of one mail to storage, one after the other, and looks into those that say something themselves. */
export class MailFiles {
  readonly taken: TakenFiles = { files: [], notices: [], inner: { text: null, html: null }, dates: [] };

  constructor(
    private readonly storage: FileStore,
    private readonly maxBytes: number,
  ) {}

  /** A file that stood in the text; it says of itself only what it is called. @throws when storage fails */
  async takeOut({ name, size, content }: UuencodedFile): Promise<void> {
    if (content) return this.take({ filename: name, release: () => undefined }, Readable.from([content]));
    const values = {
      file: fileNameOf(name, contentTypeOf(undefined), this.taken.files.length + 1),
      size: sizeText(size),
    };
    this.taken.notices.push({
      code: 'mail.file_too_large',
      values: { ...values, limit: sizeText(MAIL_LIMITS.uuencodedBytes) },
    });
  }

  /** @throws when storage fails, or the mail breaks off in the file */
  async take(part: NamedPart, content: Readable): Promise<void> {
    const contentType = contentTypeOf(part.contentType);
    const position = this.taken.files.length + 1;
    const stated = part.filename || undefined;
    const looked = remembering(contentType, stated ?? '');
    const passing = new Passing(content, this.maxBytes, looked);
    const stored = await this.put(passing);
    part.release();
    const beginning = passing.beginning();
    const name = fileNameOf(
      stated ?? (contentType === 'message/rfc822' ? subjectWithin(beginning.toString('latin1')) : undefined),
      contentType,
      position,
    );
    if (!stored) {
      const values = { file: name, size: sizeText(passing.size), limit: sizeText(this.maxBytes) };
      this.taken.notices.push({ code: 'mail.file_too_large', values });
      return;
    }
    this.add(stored, name, contentType, oneLine(part.cid, 500));
    if (isWinmail(contentType, name)) await this.unpack(beginning, passing.size, name);
    else if (isCalendar(contentType, name)) this.read(beginning);
  }

  private async put(passing: Passing) {
    try {
      return await this.storage.put(Readable.from(passing.bytes(), { objectMode: false }));
    } catch (error) {
      if (!passing.isOver) throw error;
      await passing.finish();
      return null;
    }
  }

  private add(stored: Awaited<ReturnType<FileStore['put']>>, name: string, type: string, cid: string | null): void {
    const { key: storageKey, size, sha256 } = stored;
    this.taken.files.push({
      id: newId(),
      fileName: name,
      contentType: type,
      size,
      sha256,
      storageKey,
      contentId: cid,
      inline: false,
    });
  }

  /** What lies in an Outlook package beside the package itself. */
  private async unpack(bytes: Buffer, size: number, name: string): Promise<void> {
    const winmail: Winmail | null = size > bytes.length ? null : readWinmail(bytes);
    if (!winmail) {
      this.taken.notices.push({ code: 'mail.winmail_unread', values: { file: name } });
      return;
    }
    this.taken.inner.text ??= winmail.text;
    this.taken.inner.html ??= winmail.html;
    for (const file of winmail.files) {
      const type = contentTypeOf(file.contentType ?? undefined);
      const stored = await this.storage.put(Readable.from([file.content]));
      this.add(stored, fileNameOf(file.name ?? undefined, type, this.taken.files.length + 1), type, file.contentId);
      if (isCalendar(type, file.name ?? '')) this.read(file.content.subarray(0, MAIL_LIMITS.calendarBytes));
    }
    if (winmail.files.length > 0)
      this.taken.notices.push({ code: 'mail.winmail', values: { count: String(winmail.files.length) } });
    if (!winmail.isWhole) this.taken.notices.push({ code: 'mail.winmail_unread', values: { file: name } });
  }

  private read(bytes: Buffer): void {
    for (const event of readCalendar(bytes)) {
      this.taken.notices.push(calendarNotice(event));
      this.taken.dates.push([event.what, event.when, event.where].filter(Boolean).join('\n'));
    }
  }
}

/** How many of its first bytes tell what is in it. */
function remembering(contentType: string, name: string): number {
  if (isWinmail(contentType, name)) return MAIL_LIMITS.winmailBytes;
  if (isCalendar(contentType, name)) return MAIL_LIMITS.calendarBytes;
  return contentType === 'message/rfc822' ? 16 * 1024 : 0;
}
