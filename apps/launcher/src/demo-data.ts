import pg from 'pg';
import { ApiTokenService } from '#identity';
import { loadConfig, openDatabase, systemClock } from '#platform';
import { PEOPLE } from './demo/carrier.js';

/**
 * Fills an empty database with the demo carrier's day; one that holds cases is left alone.
 * The one place where the launcher asks for demo data.
 */
export async function ensureDemoData(
  databaseUrl: string,
  productEnv: NodeJS.ProcessEnv,
  { token, sandboxUrl }: { token: string; sandboxUrl: string },
): Promise<void> {
  await writeDay(databaseUrl, productEnv, sandboxUrl);
  await ensureSwitchboard(databaseUrl, token);
}

/** The sandbox's switchboard tells of calls as any other: with the token of a supervisor. */
async function ensureSwitchboard(url: string, token: string): Promise<void> {
  const database = await openDatabase({ url, pool: 1 });
  try {
    await new ApiTokenService(database, systemClock).keep(token, PEOPLE.elena.email, 'sandbox switchboard');
  } finally {
    await database.destroy();
  }
}

async function writeDay(databaseUrl: string, productEnv: NodeJS.ProcessEnv, sandboxUrl: string): Promise<void> {
  if (await holdsCases(databaseUrl)) return;
  // Loaded only when there is something to write: a start with everything in place stays quick.
  const { writeDemoDay } = await import('./demo/demo.js');
  await writeDemoDay(loadConfig({ ...productEnv, DATABASE_URL: databaseUrl, HILO_LOG_LEVEL: 'silent' }), sandboxUrl);
}

async function holdsCases(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from cases limit 1');
    return (rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}
