import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '../errors.js';
import { Spool } from './spool.js';
import { requireKey, type FileStore, type StoredFile } from './storage.js';

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** A rename lasts through a power cut only once the folders it changed are on disk. */
async function syncFolders(path: string, levels: number): Promise<void> {
  for (let folder = path, level = 0; level < levels; folder = dirname(folder), level += 1) {
    const handle = await open(folder, 'r');
    await handle.sync();
    await handle.close();
  }
}

/** Attachments in a local folder: written aside, flushed, then moved into place, so that no half file ever has a key. */
export class FileStorage implements FileStore {
  private constructor(
    private readonly root: string,
    private readonly spool: Spool,
  ) {}

  static async open(root: string): Promise<FileStorage> {
    // On the same file system as its destination, or the move would be a copy.
    return new FileStorage(root, await Spool.open(join(root, 'incoming')));
  }

  async put(body: Readable, options: { maxBytes?: number } = {}): Promise<StoredFile> {
    const { path, ...stored } = await this.spool.receive(body, options.maxBytes);
    const target = join(this.root, stored.key);
    if (await this.has(stored.key)) {
      await rm(path);
      return stored;
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await rename(path, target);
    await syncFolders(dirname(target), 3);
    return stored;
  }

  async get(key: string): Promise<Readable> {
    try {
      const handle = await open(join(this.root, requireKey(key)), 'r');
      return handle.createReadStream();
    } catch (error) {
      if (isMissing(error)) throw new DomainError('attachment.not_found');
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(join(this.root, requireKey(key)), { force: true });
  }

  async has(key: string): Promise<boolean> {
    try {
      await access(join(this.root, requireKey(key)));
      return true;
    } catch (error) {
      if (isMissing(error) || error instanceof DomainError) return false;
      throw error;
    }
  }
}
