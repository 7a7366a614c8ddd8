import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import type { AttachmentStream, HeaderLines, Headers } from 'mailparser';
import type { StoredFile } from '#contracts';
import { newId, type FileStore } from '#platform';
import { contentTypeOf, fileNameOf, oneLine } from './incoming.rules.js';
import { MimeParser, type MailBody } from './mime.parser.js';

/** A mail taken apart: what its headers say, what there is to read, its files already in storage. */
export interface Dissection {
  headers: Headers;
  headerLines: HeaderLines;
  body: MailBody;
  files: StoredFile[];
  /** Of the whole original. */
  sha256: string;
  /** What stopped the parser; the rest is then what it had seen until there. */
  failure: Error | null;
}

/** One file of the mail, streamed from the parser to storage. */
async function store(
  part: AttachmentStream,
  content: Readable,
  storage: FileStore,
  position: number,
): Promise<StoredFile> {
  const stored = await storage.put(content);
  part.release();
  const contentType = contentTypeOf(part.contentType);
  return {
    id: newId(),
    fileName: fileNameOf(part.filename, contentType, position),
    contentType,
    size: stored.size,
    sha256: stored.sha256,
    storageKey: stored.key,
    contentId: oneLine(part.cid, 500),
    inline: false,
  };
}

const asError = (thrown: unknown): Error => (isNativeError(thrown) ? thrown : new Error(String(thrown)));

async function* hashed(source: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

/** Takes one item after the other from the parser; files go to storage as they come. */
class Dissecting {
  readonly parser = new MimeParser();
  readonly mail: Omit<Dissection, 'sha256' | 'failure'> = {
    headers: new Map(),
    headerLines: [],
    body: { text: '', html: null },
    files: [],
  };
  /** What went wrong first; everything later is its consequence. */
  stopped: { by: 'original' | 'storage' | 'mail'; error: Error } | null = null;
  private content: Readable | null = null;

  constructor(
    source: Readable,
    private readonly storage: FileStore,
  ) {
    source.on('error', (error: Error) => this.stop('original', error));
    this.parser.on('headers', (headers: Headers) => (this.mail.headers = headers));
    this.parser.on('headerLines', (lines: HeaderLines) => (this.mail.headerLines = lines));
    this.parser.on('error', (error: Error) => {
      this.stop('mail', error);
      // Nobody else would tell the reader of the current attachment that nothing more comes.
      this.content?.destroy(error);
    });
  }

  async take(): Promise<void> {
    for await (const part of this.parser as AsyncIterable<AttachmentStream | ({ type: 'text' } & MailBody)>) {
      if (part.type === 'text') this.mail.body = { text: part.text, html: part.html };
      else await this.store(part);
    }
  }

  private async store(part: AttachmentStream): Promise<void> {
    const content = part.content as Readable;
    // Storage hears of errors while it reads; one that comes when nobody reads must not end the process.
    content.on('error', () => undefined);
    this.content = content;
    try {
      this.mail.files.push(await store(part, content, this.storage, this.mail.files.length + 1));
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

/**
 * Takes a mail apart while it streams by; no attachment is ever whole in memory.
 * @throws when the original cannot be read or an attachment cannot be stored: worth another try later
 */
export async function dissect(source: Readable, storage: FileStore): Promise<Dissection> {
  const hash = createHash('sha256');
  const dissecting = new Dissecting(source, storage);
  const { parser, mail } = dissecting;
  // Each of the two ends when the other one breaks; `stopped` knows which was first.
  await Promise.allSettled([pipeline(source, (chunks) => hashed(chunks, hash), parser), dissecting.take()]);
  const { stopped } = dissecting;
  if (stopped && stopped.by !== 'mail') throw stopped.error;
  return { ...mail, sha256: hash.digest('hex'), failure: stopped?.error ?? null };
}
