import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { ConfigError } from '../config.js';
import { FileStorage } from './file-storage.js';
import { SmallFiles } from './small-files.js';
import type { FileStore, Storage } from './storage.js';

export { SmallFiles } from './small-files.js';
export { STORAGE, type FileStore, type Storage, type StoredFile } from './storage.js';

/** Small files in the database, the others behind `file:///folder` or `s3://bucket/prefix?…`. @throws ConfigError */
export const openStorage = async (address: string | URL, database: DataSource): Promise<Storage> =>
  new SmallFiles(database, await openFileStore(address));

/**
 * Whole files behind `file:///folder` or `s3://bucket/prefix?…`.
 * @throws ConfigError for anything else
 */
export async function openFileStore(address: string | URL): Promise<FileStore> {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined;
  if (url?.protocol === 'file:') return FileStorage.open(fileURLToPath(url));
  // The library is large, and most installations never need it.
  if (url?.protocol === 's3:') return (await import('./s3-storage.js')).S3Storage.open(url);
  throw new ConfigError(
    'Hilo cannot start, the environment is wrong:\n  HILO_STORAGE_URL: must be file:///… or s3://bucket',
  );
}
