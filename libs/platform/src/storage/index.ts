import { fileURLToPath } from 'node:url';
import { ConfigError } from '../config.js';
import { FileStorage } from './file-storage.js';
import type { Storage } from './storage.js';

export { STORAGE, type Storage, type StoredFile } from './storage.js';

/**
 * The storage behind `file:///folder` or `s3://bucket/prefix?…`.
 * @throws ConfigError for anything else
 */
export async function openStorage(address: string | URL): Promise<Storage> {
  const url = URL.canParse(String(address)) ? new URL(address) : undefined;
  if (url?.protocol === 'file:') return FileStorage.open(fileURLToPath(url));
  // The library is large, and most installations never need it.
  if (url?.protocol === 's3:') return (await import('./s3-storage.js')).S3Storage.open(url);
  throw new ConfigError(
    'Hilo cannot start, the environment is wrong:\n  HILO_STORAGE_URL: must be file:///… or s3://bucket',
  );
}
