import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiTokenService } from '#identity';
import { openDatabase, systemClock } from '#platform';
import { withDatabase } from './database.js';
import { report } from './terminal.js';

/** `npm run token -- agent@hilo.test [--name "what for"]`: an API token that acts as this person, printed once. */
export async function run(): Promise<void> {
  try {
    const { values, positionals } = parseArgs({
      options: { name: { type: 'string', default: 'command line' } },
      allowPositionals: true,
    });
    const email = positionals[0];
    if (!email) throw new Error('Say for whom: npm run token -- agent@hilo.test');
    const home = resolve(process.env['HILO_HOME'] || '.hilo');
    await withDatabase(home, process.env['DATABASE_URL'], (url) => issue(url, email, values.name));
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

async function issue(url: string, email: string, name: string): Promise<void> {
  const database = await openDatabase({ url, pool: 2 });
  try {
    process.stdout.write(`${await new ApiTokenService(database, systemClock).issue(email, name)}\n`);
  } finally {
    await database.destroy();
  }
}
