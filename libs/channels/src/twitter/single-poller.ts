import type { DataSource, QueryRunner } from 'typeorm';
import { isUnavailable } from '#platform';

/** Namespace of these locks among all advisory locks of the database. */
const LOCK_SPACE = 4846;

/** The right to poll for one account: held by one process at a time, as long as its connection lives. */
export class SinglePoller {
  private runner: QueryRunner | null = null;

  constructor(
    private readonly database: DataSource,
    private readonly key: string,
  ) {}

  /** Whether this process had the right when it last asked. */
  get isHeld(): boolean {
    return this.runner !== null && !this.runner.isReleased;
  }

  /** Whether this process has the right now; asks for it when nobody else holds it. */
  async hold(): Promise<boolean> {
    // A connection that broke while idle has been given back by itself.
    if (this.runner?.isReleased) this.runner = null;
    const held = this.runner !== null;
    this.runner ??= this.database.createQueryRunner();
    try {
      const [row]: { mine: boolean }[] = await this.runner.query(
        held ? 'select true as mine' : 'select pg_try_advisory_lock($1, hashtext($2)) as mine',
        held ? [] : [LOCK_SPACE, this.key],
      );
      if (!row?.mine) await this.drop();
      return row?.mine === true;
    } catch (error) {
      // The connection is gone and the lock with it.
      await this.drop();
      throw error;
    }
  }

  async release(): Promise<void> {
    try {
      if (this.runner && !this.runner.isReleased) {
        await this.runner.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_SPACE, this.key]);
      }
    } catch (error) {
      // A database that has gone has let go of the lock too.
      if (!isUnavailable(error)) throw error;
    } finally {
      await this.drop();
    }
  }

  private async drop(): Promise<void> {
    const { runner } = this;
    this.runner = null;
    await runner?.release();
  }
}
