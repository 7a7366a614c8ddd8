import pg from 'pg';
import { codeOf } from '../start-error.js';

/** Not up yet, starting up, shutting down: states that pass. */
const PASSING = new Set(['ECONNREFUSED', 'ECONNRESET', '57P03']);

/** Whether the server behind `url` takes a connection now. Anything but "not yet" (a wrong password, say) is thrown. */
export async function acceptsConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  // Without a listener, a server that ends between two packets would end us too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (PASSING.has(codeOf(error))) return false;
    throw error;
  } finally {
    await client.end();
  }
}

/** Runs one statement on a connection of its own. */
export async function execute(url: string, sql: string, values: unknown[] = []): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<pg.QueryResultRow>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Creates the database when the server has none of that name. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const found = await execute(url, 'select 1 from pg_database where datname = $1', [name]);
  if (found.length === 0) await execute(url, `create database ${pg.escapeIdentifier(name)}`);
}
