import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What the launcher remembers about its server, next to the data folder. */
export interface ServerRecord {
  port: number;
  password: string;
}

/** The remembered port and password, or new ones (`fresh`) when there is no readable record. */
export function readRecord(path: string): ServerRecord & { fresh: boolean } {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (text.endsWith('}\n')) return { ...(JSON.parse(text) as ServerRecord), fresh: false };
  return { port: 0, password: randomBytes(24).toString('base64url'), fresh: true };
}

/** Written whole or not at all, readable by its owner only. */
export function writeRecord(path: string, { port, password }: ServerRecord): void {
  writeFileSync(`${path}.new`, `${JSON.stringify({ port, password })}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
