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

/** Where the bytes of attachments and unreadable messages lie. Files are never changed, and never held in memory. */
export interface Storage {
  /**
   * Streams `body` to the end and keeps it. Over `maxBytes`, or when the body breaks off, nothing is kept.
   * @throws DomainError attachment.too_large
   */
  put(body: Readable, options?: { maxBytes?: number }): Promise<StoredFile>;
  /** @throws DomainError attachment.not_found */
  get(key: string): Promise<Readable>;
  has(key: string): Promise<boolean>;
}

const KEY = /^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** `ab/cd/abcd…`: no folder grows beyond what file systems like. */
export const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;

/** Keys come back from the database and from addresses; one that is none of ours must not become a path. */
export function requireKey(key: string): string {
  if (!KEY.test(key)) throw new DomainError('attachment.not_found');
  return key;
}
