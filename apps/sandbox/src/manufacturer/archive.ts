import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const SOON_MS = 200;

/**
 * What the manufacturer remembers from one start to the next: the product remembers the tickets it gave, and asks for them. Written a
 * moment after a change, and when the sandbox stops.
 */
export class Archive<T> {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    /** Null: nothing is remembered. */
    private readonly path: string | null,
    private readonly state: () => T,
  ) {}

  /** What was there last time; null at the first. @throws Error when the file is not what was written */
  read(): T | null {
    if (this.path === null || !existsSync(this.path)) return null;
    return JSON.parse(readFileSync(this.path, 'utf8')) as T;
  }

  changed(): void {
    if (this.path === null) return;
    this.timer ??= setTimeout(() => this.write(), SOON_MS).unref();
  }

  /** Only where something has changed since. */
  stop(): void {
    if (this.timer) this.write();
  }

  private write(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.path === null) return;
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(`${this.path}.new`, JSON.stringify(this.state()), { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
  }
}
