import type { Readable } from 'node:stream';
import { DomainError } from '../errors.js';

export const STORAGE = Symbol('Storage');

/** A file that is kept for good. `key` finds it again; equal contents share one key. */
export interface StoredFile {
  key: string;
  /** Hexadecimal. */
  sha256: string;
  /** Bytes. */
  size: number;
}

/** Where files lie whole: a folder or a bucket. They are never changed, never held in memory, and removed only when nothing names them. */
export interface FileStore {
  /**
   * Streams `body` to the end and keeps it. Over `maxBytes`, or when the body breaks off, nothing is kept.
   * @throws DomainError attachment.too_large
   */
  put(body: Readable, options?: { maxBytes?: number }): Promise<StoredFile>;
  /** @throws DomainError attachment.not_found */
  get(key: string): Promise<Readable>;
  has(key: string): Promise<boolean>;
  /** For what no row names; one that is not there is gone already. */
  remove(key: string): Promise<void>;
}

/** Where the bytes of attachments and of original messages lie, whatever their size. */
export interface Storage extends FileStore {
  /**
   * Those of the files that are small enough to be had at once, in one question.
   * @returns bytes by key; what is large or unknown is not in it
   */
  getSmall(keys: string[]): Promise<Map<string, Buffer>>;
}

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** `ab/cd/abcd…`: no folder grows beyond what file systems like. */
export const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

/** Keys come back from the database and from addresses; one that is none of ours must not become a path. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new DomainError('attachment.not_found');
  return key;
}
