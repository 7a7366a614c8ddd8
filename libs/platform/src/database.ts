import pg from 'pg';
import { DataSource, type EntityManager, type EntitySchema, type MixedList } from 'typeorm';
import { sqlState } from './errors.js';
import { PreparingPool } from './prepared.js';

export { isUnavailable } from './unavailable.js';

export interface DatabaseOptions {
  url: string;
  pool: number;
  entities?: MixedList<string | (new (...args: never[]) => object) | EntitySchema>;
  /** Shown in pg_stat_activity. */
  name?: string;
}

/**
 * A connected pool. Times are UTC on every connection; statements that hang are cut after a minute. Each statement is one
 * process: to start helpers takes longer than the whole of ours. The server notices within two minutes that we have vanished
 * without a word, and lets go of what we had locked.
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    driver: { ...pg, Pool: PreparingPool },
    url: options.url,
    entities: options.entities ?? [],
    applicationName: options.name ?? 'hilo',
    poolSize: options.pool,
    extra: {
      options: [
        '-c timezone=UTC -c statement_timeout=60000 -c max_parallel_workers_per_gather=0',
        '-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10',
      ].join(' '),
      keepAlive: true,
      idleTimeoutMillis: 30_000,
    },
  });
  return database.initialize();
}

/** Serialisation failure, deadlock, unique violation of two that raced: the whole transaction may run again. */
const RETRIABLE = new Set(['40001', '40P01', '23505']);

/**
 * Runs `work` in a transaction, again when it lost a race (at most `attempts` times): safe for work that is idempotent
 * by its keys, as intake is.
 */
export async function withRetry<T>(
  database: DataSource,
  work: (tx: EntityManager) => Promise<T>,
  attempts = 5,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (attempt >= attempts || !RETRIABLE.has(sqlState(error) ?? '')) throw error;
    }
  }
}
