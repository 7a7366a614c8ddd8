import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '#platform';
import { migrateDatabase, withDatabase } from './database.js';
import { addCases } from './demo/bulk.js';
import { report } from './terminal.js';

/** `npm run seed -- --cases 100000`: that many more open cases, to see the product at a size. */
export async function run(): Promise<void> {
  try {
    const { values } = parseArgs({ options: { cases: { type: 'string', default: '1000' } } });
    const count = Number(values.cases);
    if (!Number.isInteger(count) || count < 1 || count > 5_000_000)
      throw new Error('--cases takes a whole number from 1 to 5000000');
    const home = resolve(process.env['HILO_HOME'] || '.hilo');
    await withDatabase(home, process.env['DATABASE_URL'], (url) => seed(url, count));
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}

async function seed(url: string, count: number): Promise<void> {
  await migrateDatabase(url);
  const database = await openDatabase({ url, pool: 2 });
  try {
    await addCases(database, count, (done) => process.stdout.write(`${done} of ${count} cases\n`));
  } finally {
    await database.destroy();
  }
}
