import { join } from 'node:path';
import { migrate } from '#platform';
import { lockHome, isRunning } from './home-lock.js';
import { readRecord } from './postgres/record.js';
import { databaseUrl, EmbeddedPostgres } from './postgres/server.js';
import { timed } from './progress.js';
import { messageOf, StartError } from './start-error.js';

const DATABASE = 'hilo';

/** The embedded database of this home, not started yet; whoever starts it holds the home's lock. */
export const embeddedIn = (home: string, onLost?: (error: Error) => void): EmbeddedPostgres =>
  new EmbeddedPostgres({
    folder: join(home, 'postgres'),
    logPath: join(home, 'logs', 'postgres.log'),
    database: DATABASE,
    onLost,
  });

/** Brings the schema up to date and says what it did. */
export async function migrateDatabase(url: string): Promise<void> {
  await timed(
    (ran) => (ran.length === 0 ? 'the schema is up to date' : `migrations ran: ${ran.join(', ')}`),
    () => migrate(url),
  );
}

/**
 * Runs `work` against the database of this home, for commands beside the product: the one of DATABASE_URL, the embedded
 * one that already serves a running Hilo, or the embedded one started for as long as it takes.
 */
export async function withDatabase<T>(home: string, given: string | undefined, work: (url: string) => Promise<T>) {
  if (given) return work(given);
  if (isRunning(home)) {
    const record = readRecord(join(home, 'postgres.json'));
    if (record.fresh) throw new StartError('Hilo is starting; try again in a moment.');
    return work(databaseUrl(record, DATABASE));
  }
  const held = await lockHome(home);
  const server = embeddedIn(home);
  try {
    return await work(await server.start());
  } finally {
    await server.stop();
    held.release();
  }
}

/** What a person reads when a database given by DATABASE_URL cannot be used; its password stays out of it. */
export function explainDatabase(url: string, error: unknown): StartError {
  const { host, pathname } = new URL(url);
  return new StartError(`The database ${host}${pathname} (DATABASE_URL) cannot be used: ${messageOf(error)}`);
}
