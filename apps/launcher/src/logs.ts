import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const KEEP_BYTES = 20 * 1024 * 1024;

/** A descriptor that appends to `path`, for a child's output; a log grown past 20 MB is set aside as `.1` first. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && statSync(path).size > KEEP_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** What was written to a log from `offset` (bytes) on, its last `lines` lines. */
export function logTail(path: string, lines: number, offset = 0): string {
  if (!existsSync(path)) return '';
  const text = readFileSync(path).subarray(offset).toString('utf8');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Bytes in a log now, so that only what follows is shown later. */
export const logSize = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

export { closeSync as closeLog };
