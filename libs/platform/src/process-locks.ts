import { Injectable } from '@nestjs/common';
import { DataSource, type QueryRunner } from 'typeorm';
import { isUnavailable } from './unavailable.js';

/** Namespace of these locks among all advisory locks of the database. */
const LOCK_SPACE = 4846;

/**
 * What one process at a time may do: watch a mailbox, poll for an account. All rights of a process are on one connection,
 * however many there are, and end with it; while it has none it keeps no connection.
 */
@Injectable()
export class ProcessLocks {
  private runner: QueryRunner | null = null;
  private held = new Set<string>();
  /** One at a time: a connection does one thing after the other anyway. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly database: DataSource) {}

  /** Whether this process has the right, as far as it knows without asking: not any more once its connection is gone. */
  holds(key: string): boolean {
    this.notice();
    return this.held.has(key);
  }

  /** Whether this process has the right now; asks for it when nobody else has it. */
  hold(key: string): Promise<boolean> {
    return this.inTurn(() => this.ask(key));
  }

  /** Lets another process have it. */
  release(key: string): Promise<void> {
    return this.inTurn(async () => {
      this.notice();
      if (!this.held.delete(key)) return;
      await this.quietly('select pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, key]);
      await this.giveBack();
    });
  }

  /** Gives everything back. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      this.notice();
      if (this.held.size > 0) await this.quietly('select pg_advisory_unlock_all()');
      this.held.clear();
      await this.giveBack();
    });
  }

  private async ask(key: string): Promise<boolean> {
    this.notice();
    this.runner ??= this.database.createQueryRunner();
    const has = this.held.has(key);
    try {
      const [row]: { mine: boolean }[] = await this.runner.query(
        has ? 'select true as mine' : 'select pg_try_advisory_lock($1, hashtext($2)) as mine',
        has ? [] : [LOCK_SPACE, key],
      );
      if (row?.mine) this.held.add(key);
    } catch (error) {
      // Whatever it was, nobody can be sure of this connection's rights any more.
      if (this.held.size > 0) await this.quietly('select pg_advisory_unlock_all()');
      this.held.clear();
      await this.giveBack();
      throw error;
    }
    await this.giveBack();
    return this.held.has(key);
  }

  /** A connection that broke while idle has been given back by itself, and all locks with it. */
  private notice(): void {
    if (!this.runner?.isReleased) return;
    this.runner = null;
    this.held.clear();
  }

  private async quietly(sql: string, values: unknown[] = []): Promise<void> {
    if (!this.runner || this.runner.isReleased) return;
    try {
      await this.runner.query(sql, values);
    } catch (error) {
      // A database that has gone has let go of the locks too.
      if (!isUnavailable(error)) throw error;
    }
  }

  /** Nothing is held: the pool may have the connection. */
  private async giveBack(): Promise<void> {
    const { runner } = this;
    if (this.held.size > 0 || !runner) return;
    this.runner = null;
    if (!runner.isReleased) await runner.release();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
