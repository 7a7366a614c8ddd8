import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { ConfigError, DomainError, openDatabase, openFileStore, SmallFiles, type FileStore } from '#platform';
import { createDatabase } from '../support/database.js';
import { S3Server } from '../support/s3-server.js';

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Comes in pieces, as uploads do. */
const streamOf = (content: Buffer, pieceBytes = 64 * 1024) =>
  Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += pieceBytes) yield content.subarray(at, at + pieceBytes);
    })(),
  );

interface Kept {
  storage: FileStore;
  /** Keys the storage holds, whatever it is made of; unfinished uploads count. */
  keys(): Promise<string[]>;
  close(): Promise<void>;
}

async function inFolder(): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-storage-'));
  const keys = async () => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  };
  const close = () => rm(folder, { recursive: true });
  return { storage: await openFileStore(pathToFileURL(folder)), keys, close };
}

async function inBucket(): Promise<Kept> {
  const server = new S3Server('files', 'key-id');
  const endpoint = encodeURIComponent(await server.listen());
  const storage = await openFileStore(
    `s3://files/hilo?endpoint=${endpoint}&pathStyle=true&accessKeyId=key-id&secretAccessKey=secret`,
  );
  const keys = async () => [...server.objects.keys(), ...server.uploads.keys()].map((key) => key.replace('hilo/', ''));
  return { storage, keys, close: () => server.close() };
}

/** The storage of the product: the database and a folder. */
async function inBoth(): Promise<Kept> {
  const [test, kept] = [await createDatabase(), await inFolder()];
  const database = await openDatabase({ url: test.url, pool: 4 });
  const keys = async () => {
    const rows = await test.query<{ key: string }>('select key from small_file');
    return [...(await kept.keys()), ...rows.map(({ key }) => key)];
  };
  const close = async () => {
    await database.destroy();
    await Promise.all([kept.close(), test.drop()]);
  };
  return { storage: new SmallFiles(database, kept.storage), keys, close };
}

describe.each([
  ['a folder', inFolder],
  ['an S3 bucket', inBucket],
  ['the database and a folder', inBoth],
])('storage in %s', (_name, open) => {
  let kept: Kept;
  beforeEach(async () => {
    kept = await open();
  });
  afterEach(() => kept.close());

  it('gives back what it was given, under the hash of the content', async () => {
    const content = randomBytes(300_000);
    const stored = await kept.storage.put(streamOf(content));
    const hash = sha256(content);
    expect(stored).toEqual({ key: `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`, sha256: hash, size: 300_000 });
    expect((await buffer(await kept.storage.get(stored.key))).equals(content)).toBe(true);
    expect(await kept.keys()).toEqual([stored.key]);
  });

  it('keeps a file of many parts whole', async () => {
    const content = randomBytes(12 * 1024 * 1024 + 7);
    const stored = await kept.storage.put(streamOf(content));
    expect(sha256(await buffer(await kept.storage.get(stored.key)))).toBe(sha256(content));
    expect(await kept.keys()).toEqual([stored.key]);
  });

  it('keeps equal contents once, even when they arrive at the same time', async () => {
    const content = randomBytes(100_000);
    const stored = await Promise.all([1, 2, 3, 4].map(() => kept.storage.put(streamOf(content))));
    expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
    expect(await kept.keys()).toHaveLength(1);
  });

  it('removes a file, small or large, and minds none that is gone', async () => {
    const stored = [
      await kept.storage.put(streamOf(randomBytes(100_000))),
      await kept.storage.put(streamOf(randomBytes(9))),
    ];
    for (const { key } of [...stored, ...stored]) await kept.storage.remove(key);
    expect(await kept.keys()).toEqual([]);
    await expect(kept.storage.remove('../../etc/passwd')).rejects.toMatchObject({ code: 'attachment.not_found' });
  });

  it('keeps an empty file', async () => {
    const stored = await kept.storage.put(Readable.from([]));
    expect(stored.size).toBe(0);
    expect(await buffer(await kept.storage.get(stored.key))).toHaveLength(0);
  });

  it('takes exactly the limit, and keeps nothing of what goes over it', async () => {
    const limit = { maxBytes: 200_000 };
    await expect(kept.storage.put(streamOf(randomBytes(200_001)), limit)).rejects.toMatchObject({
      code: 'attachment.too_large',
      details: { maxBytes: 200_000 },
    });
    expect(await kept.keys()).toEqual([]);
    expect((await kept.storage.put(streamOf(randomBytes(200_000)), limit)).size).toBe(200_000);
  });

  it('keeps nothing of a body that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(100_000);
        throw new Error('connection lost');
      })(),
    );
    await expect(kept.storage.put(broken)).rejects.toThrow('connection lost');
    expect(await kept.keys()).toEqual([]);
  });

  it('keeps nothing of a small body that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(100);
        throw new Error('connection lost');
      })(),
    );
    await expect(kept.storage.put(broken)).rejects.toThrow('connection lost');
    await expect(kept.storage.put(streamOf(randomBytes(101)), { maxBytes: 100 })).rejects.toMatchObject({
      code: 'attachment.too_large',
    });
    expect(await kept.keys()).toEqual([]);
  });

  it('knows what it has, and takes no path for a key', async () => {
    const { key } = await kept.storage.put(streamOf(randomBytes(10)));
    const unknown = `00/00/${'0'.repeat(64)}`;
    expect(await kept.storage.has(key)).toBe(true);
    expect(await kept.storage.has(unknown)).toBe(false);
    for (const wrong of [unknown, '../../../etc/passwd', 'incoming'])
      await expect(kept.storage.get(wrong)).rejects.toBeInstanceOf(DomainError);
    expect(await kept.storage.has('../../../etc/passwd')).toBe(false);
  });
});

it('opens no other kind of storage, and says which there are', async () => {
  for (const wrong of ['ftp://files', 'attachments'])
    await expect(openFileStore(wrong)).rejects.toThrow(/HILO_STORAGE_URL: must be file:\/\/\/… or s3:\/\/bucket/);
  await expect(openFileStore('ftp://files')).rejects.toBeInstanceOf(ConfigError);
});

it('stores files where only their owner reads them, and leaves nothing where they arrived', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-storage-'));
  const storage = await openFileStore(pathToFileURL(folder));
  const { key } = await storage.put(streamOf(Buffer.from('hola')));
  expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
  await rm(folder, { recursive: true });
});

it('keeps small files in the database, the others in the folder, and gives many small ones at once', async () => {
  const [test, kept] = [await createDatabase(), await inFolder()];
  const database = await openDatabase({ url: test.url, pool: 4 });
  const storage = new SmallFiles(database, kept.storage);
  const contents = [randomBytes(10), randomBytes(64 * 1024), randomBytes(64 * 1024 + 1)];
  const stored = await Promise.all(contents.map((content) => storage.put(streamOf(content, 1000))));
  const keys = stored.map(({ key }) => key);
  expect(await kept.keys()).toEqual([keys[2]]);
  const small = await storage.getSmall(keys);
  expect(small.size).toBe(2);
  for (const [at, content] of contents.entries()) {
    expect(small.get(keys[at] ?? '') ?? content).toEqual(content);
    expect(await buffer(await storage.get(keys[at] ?? ''))).toEqual(content);
  }
  await database.destroy();
  await Promise.all([kept.close(), test.drop()]);
});
