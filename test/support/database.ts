import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#platform';
import { startShortLivedServer, type ShortLivedServer } from '../../apps/launcher/src/postgres/short-lived.js';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
/** Any number: those who make the template wait for each other by it. */
const TEMPLATE_LOCK = 48451;

/** A database of one suite: migrated, empty, its own. */
export interface TestDatabase {
  url: string;
  /** One statement on a connection of the test's own. */
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

let own: { server: Promise<ShortLivedServer>; users: number } | undefined;

/** The server of the whole test run, or one for this file when there is none. */
async function serverUrl(): Promise<string> {
  const given = process.env['HILO_TEST_DATABASE_URL'];
  if (given) return given;
  own ??= { server: startShortLivedServer(), users: 0 };
  own.users += 1;
  return (await own.server).url;
}

async function releaseServer(): Promise<void> {
  if (!own || (own.users -= 1) > 0) return;
  const { server } = own;
  own = undefined;
  await (await server).stop();
}

const databaseAt = (server: string, name: string): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
};

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Changes with every migration, and only then. */
function templateName(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(MIGRATIONS).sort()) hash.update(name).update(readFileSync(join(MIGRATIONS, name)));
  return `hilo_template_${hash.digest('hex').slice(0, 16)}`;
}

/** The migrated database all others are copies of: made once per server, by whoever comes first. */
async function ensureTemplate(server: string): Promise<string> {
  const template = templateName();
  await withClient(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount !== 0) return;
    const unfinished = `${template}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await migrate(databaseAt(server, unfinished));
    await client.query(`alter database ${unfinished} rename to ${template}`);
  });
  return template;
}

/** A new database with the schema of the migrations and nothing in it. Drop it when the suite ends. */
export async function createDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const template = await ensureTemplate(server);
  const name = `hilo_test_${randomUUID().replaceAll('-', '')}`;
  await withClient(server, (client) => client.query(`create database ${name} template ${template}`));
  const url = databaseAt(server, name);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // A suite that kills the server on purpose ends idle connections too.
  pool.on('error', () => undefined);
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await pool.query<Row>(sql, values)).rows,
    drop: async () => {
      await pool.end();
      await withClient(server, (client) => client.query(`drop database if exists ${name} with (force)`));
      await releaseServer();
    },
  };
}
