import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { DomainError } from '../errors.js';
import { Gather } from '../gather.js';
import { keyOf, requireKey, type FileStore, type Storage, type StoredFile } from './storage.js';

/** Most mails are smaller. A file costs four flushes (itself and its folders), a row none beside its commit. */
const SMALL_BYTES = 64 * 1024;

interface SmallFile {
  key: string;
  bytes: Buffer;
}

async function* continued(head: Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** Storage that keeps small files in PostgreSQL and hands the others on. */
export class SmallFiles implements Storage {
  private readonly writes: Gather<SmallFile>;

  constructor(
    private readonly database: DataSource,
    private readonly large: FileStore,
  ) {
    this.writes = new Gather((files) => this.insert(files));
  }

  async put(body: Readable, options: { maxBytes?: number } = {}): Promise<StoredFile> {
    const pieces = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    const head: Buffer[] = [];
    let size = 0;
    while (size <= SMALL_BYTES) {
      const piece = await pieces.next();
      if (piece.done) return this.keep(Buffer.concat(head), options.maxBytes);
      head.push(piece.value);
      size += piece.value.length;
    }
    return this.large.put(Readable.from(continued(head, pieces), { objectMode: false }), options);
  }

  async get(key: string): Promise<Readable> {
    const bytes = (await this.getSmall([requireKey(key)])).get(key);
    return bytes ? Readable.from([bytes]) : this.large.get(key);
  }

  async getSmall(keys: string[]): Promise<Map<string, Buffer>> {
    const files: SmallFile[] = await this.database.query('select key, bytes from small_file where key = any($1)', [
      keys,
    ]);
    return new Map(files.map(({ key, bytes }) => [key, bytes]));
  }

  async has(key: string): Promise<boolean> {
    const found: unknown[] = await this.database.query('select 1 from small_file where key = $1', [key]);
    return found.length > 0 || this.large.has(key);
  }

  async remove(key: string): Promise<void> {
    await this.database.query('delete from small_file where key = $1', [requireKey(key)]);
    await this.large.remove(key);
  }

  private async keep(bytes: Buffer, maxBytes = Infinity): Promise<StoredFile> {
    if (bytes.length > maxBytes) throw new DomainError('attachment.too_large', { maxBytes });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const key = keyOf(sha256);
    await this.writes.add({ key, bytes });
    return { key, sha256, size: bytes.length };
  }

  /**
   * In one order by everybody, or two processes that write the same files would wait for each other. Nobody waits for the
   * disk: a file is worth something once a row names it, and the commit of that row flushes all that was written before it.
   */
  private async insert(files: SmallFile[]): Promise<void[]> {
    const sorted = files.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    await this.database.query(
      `insert into small_file (key, bytes)
       select f.* from (select set_config('synchronous_commit', 'off', true)) lazily, unnest($1::text[], $2::bytea[]) f
       on conflict do nothing`,
      [sorted.map(({ key }) => key), sorted.map(({ bytes }) => bytes)],
    );
    return files.map(() => undefined);
  }
}
