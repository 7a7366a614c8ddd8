import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import type { AttachmentStream, HeaderLines, Headers } from 'mailparser';
import type { Notice, StoredFile } from '#contracts';
import type { FileStore } from '#platform';
import { sealsOf } from './crypto.rules.js';
import type { MailBody } from './mail.body.js';
import { MailFiles } from './mail.files.js';
import { MAIL_LIMITS, sizeText } from './mail.limits.rules.js';
import { MimeParser } from './mime.parser.js';

/** A mail taken apart: what its headers say, what there is to read, its files already in storage. */
export interface Dissection {
  headers: Headers;
  headerLines: HeaderLines;
  body: MailBody;
  files: StoredFile[];
  /** What could not be kept or read here. */
  notices: Notice[];
  /** Of the whole original. */
  sha256: string;
  /** What stopped the parser; the rest is then what it had seen until there. */
  failure: Error | null;
}

const asError = (thrown: unknown): Error => (isNativeError(thrown) ? thrown : new Error(String(thrown)));

/** The original, hashed to its end; the parser gets no more of it once it has had enough. */
async function* hashed(source: AsyncIterable<Buffer>, hash: Hash, parser: MimeParser): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    if (!parser.over) yield chunk;
  }
}

/** Takes one item after the other from the parser; files go to storage as they come. */
class Dissecting {
  readonly parser = new MimeParser();
  readonly files: MailFiles;
  headers: Headers = new Map();
  headerLines: HeaderLines = [];
  private body: MailBody | null = null;
  /** What went wrong first; everything later is its consequence. */
  stopped: { by: 'original' | 'storage' | 'mail'; error: Error } | null = null;
  private content: Readable | null = null;

  constructor(source: Readable | Buffer, storage: FileStore, maxFileBytes: number) {
    this.files = new MailFiles(storage, maxFileBytes);
    if (!Buffer.isBuffer(source)) source.on('error', (error: Error) => this.stop('original', error));
    this.parser.on('headers', (headers: Headers) => (this.headers = headers));
    this.parser.on('headerLines', (lines: HeaderLines) => (this.headerLines = lines));
    this.parser.on('error', (error: Error) => {
      this.stop('mail', error);
      // Nobody else would tell the reader of the current attachment that nothing more comes.
      this.content?.destroy(error);
    });
  }

  async take(): Promise<void> {
    for await (const part of this.parser as AsyncIterable<AttachmentStream | ({ type: 'text' } & MailBody)>) {
      if (part.type === 'text') this.body = part;
      else await this.store(part);
    }
  }

  /** What there is to read: as the parser put it together, or as far as it came; else out of an Outlook package. */
  read(): MailBody {
    const body = this.body ?? this.parser.getTextContent();
    const { text, html } = this.files.taken.inner;
    if (body.text.trim() || (text === null && html === null)) return body;
    return { ...body, ...this.parser.wordsOf(text, html) };
  }

  /** In the order a reader needs them: first what is missing. */
  notices(body: MailBody): Notice[] {
    const { over, tree } = this.parser;
    const { error } = this.stopped ?? {};
    const limit = (code: 'mail.too_many_parts' | 'mail.too_deep', most: number): Notice => ({
      code,
      values: { limit: String(most) },
    });
    return [
      ...(over === 'parts' ? [limit('mail.too_many_parts', MAIL_LIMITS.parts)] : []),
      ...(over === 'depth' ? [limit('mail.too_deep', MAIL_LIMITS.depth)] : []),
      ...(over === 'header'
        ? [{ code: 'mail.headers_too_large' as const, values: { limit: sizeText(MAIL_LIMITS.headerBytes) } }]
        : []),
      ...(error || body.broken ? [{ code: 'mail.damaged' as const, values: {} }] : []),
      ...(body.cut ? [{ code: 'mail.text_cut' as const, values: {} }] : []),
      ...(tree ? sealsOf(tree, body.text) : []),
      ...this.files.taken.notices,
    ];
  }

  private async store(part: AttachmentStream): Promise<void> {
    const content = part.content as Readable;
    // Storage hears of errors while it reads; one that comes when nobody reads must not end the process.
    content.on('error', () => undefined);
    this.content = content;
    try {
      await this.files.take(part, content);
    } catch (error) {
      this.stop('storage', asError(error));
      throw error;
    } finally {
      this.content = null;
    }
  }

  private stop(by: 'original' | 'storage' | 'mail', error: Error): void {
    this.stopped ??= { by, error };
  }
}

/** Gives the whole of a mail to the parser. A small one at once: a pipeline costs more than reading it. */
async function feed(source: Readable | Buffer, hash: Hash, { parser }: Dissecting): Promise<void> {
  if (!Buffer.isBuffer(source)) return pipeline(source, (chunks) => hashed(chunks, hash, parser), parser);
  hash.update(source);
  parser.end(source);
}

/** Notices one entry carries at most; of more of them the first say enough. */
const MAX_NOTICES = 50;

/**
 * Takes a mail apart while it streams by; no attachment is ever whole in memory but an Outlook package.
 * @param maxFileBytes a larger file is not kept by itself, and said
 * @throws when the original cannot be read or an attachment cannot be stored: worth another try later
 */
export async function dissect(
  source: Readable | Buffer,
  storage: FileStore,
  maxFileBytes = Infinity,
): Promise<Dissection> {
  const hash = createHash('sha256');
  const dissecting = new Dissecting(source, storage, maxFileBytes);
  const { parser } = dissecting;
  // Each of the two ends when the other one breaks; `stopped` knows which was first.
  await Promise.allSettled([feed(source, hash, dissecting), dissecting.take()]);
  parser.destroy();
  const { stopped, headers, headerLines } = dissecting;
  if (stopped && stopped.by !== 'mail') throw stopped.error;
  for (const file of parser.uuencoded) await dissecting.files.takeOut(file);
  const body = dissecting.read();
  const { files, dates } = dissecting.files.taken;
  return {
    headers,
    headerLines,
    // An invitation often brings nothing else to read.
    body: body.text.trim() ? body : { ...body, text: dates.join('\n\n') },
    files,
    notices: dissecting.notices(body).slice(0, MAX_NOTICES),
    sha256: hash.digest('hex'),
    failure: stopped?.error ?? parser.failure,
  };
}
