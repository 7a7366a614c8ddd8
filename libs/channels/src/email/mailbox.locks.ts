import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { isUnavailable } from '#platform';

/** Namespace of these locks among all advisory locks of the database. */
const LOCK_SPACE = 4847;

/**
 * The right to watch mailboxes: of each one process at a time has it, as long as its connection lives. All of a process
 * are on one connection, however many mailboxes there are.
 */
@Injectable()
export class MailboxLocks {
  private runner: QueryRunner | null = null;
  private held = new Set<string>();

  constructor(private readonly database: DataSource) {}

  /** Whether this process has the right now; asks for it when nobody else has it. */
  async hold(key: string): Promise<boolean> {
    // A connection that broke while idle has been given back by itself, and all locks with it.
    if (this.runner?.isReleased) this.forget();
    this.runner ??= this.database.createQueryRunner();
    const { runner } = this;
    const has = this.held.has(key);
    try {
      const [row]: { mine: boolean }[] = await runner.query(
        has ? 'select true as mine' : 'select pg_try_advisory_lock($1, hashtext($2)) as mine',
        has ? [] : [LOCK_SPACE, key],
      );
      if (row?.mine) this.held.add(key);
      return row?.mine === true;
    } catch (error) {
      if (this.runner === runner) await this.close();
      throw error;
    }
  }

  async release(key: string): Promise<void> {
    if (!this.held.delete(key) || !this.runner || this.runner.isReleased) return;
    try {
      await this.runner.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, key]);
    } catch (error) {
      // A database that has gone has let go of the lock too.
      if (!isUnavailable(error)) throw error;
    }
  }

  /** Gives everything back. */
  async close(): Promise<void> {
    const { runner } = this;
    this.forget();
    if (!runner || runner.isReleased) return;
    try {
      // The pool must not hand out a connection that still holds them.
      await runner.query('select pg_advisory_unlock_all()');
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    } finally {
      await runner.release();
    }
  }

  private forget(): void {
    this.runner = null;
    this.held = new Set();
  }
}
