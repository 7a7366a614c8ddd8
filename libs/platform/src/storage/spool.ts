import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError } from '../errors.js';
import { keyOf, type StoredFile } from './storage.js';

const ABANDONED_AFTER_MS = 24 * 60 * 60_000;

/** Hashes and counts what passes; more than `maxBytes` breaks the stream. */
class Meter extends Transform {
  private readonly hash = createHash('sha256');
  size = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length;
    if (this.size > this.maxBytes) return done(new DomainError('attachment.too_large', { maxBytes: this.maxBytes }));
    this.hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.hash.digest('hex');
  }
}

/** A body received whole into a file of its own, not yet in its place. */
export interface SpooledFile extends StoredFile {
  path: string;
}

/** The folder where bodies arrive: what is in here is nobody's yet, and a crash leaves rubbish here and nowhere else. */
export class Spool {
  private constructor(private readonly folder: string) {}

  /** Opens the folder and clears what uploads that broke off more than a day ago have left. */
  static async open(folder: string): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    for (const path of names.map((name) => join(folder, name)))
      if (Date.now() - (await stat(path)).mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
    return new Spool(folder);
  }

  /**
   * Receives `body` to the end, on disk for good when this resolves. On any failure the file is gone.
   * @throws DomainError attachment.too_large
   */
  async receive(body: Readable, maxBytes = Infinity): Promise<SpooledFile> {
    const path = join(this.folder, randomUUID());
    const meter = new Meter(maxBytes);
    try {
      await pipeline(body, meter, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const sha256 = meter.digest();
    return { path, sha256, size: meter.size, key: keyOf(sha256) };
  }
}
