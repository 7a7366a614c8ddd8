import { resolve } from 'node:path';
import { migrateDatabase, withDatabase } from './database.js';
import { report } from './terminal.js';

/** `npm run migrate`: brings the schema up to date, forward only. */
export async function run(): Promise<void> {
  try {
    const home = resolve(process.env['HILO_HOME'] || '.hilo');
    await withDatabase(home, process.env['DATABASE_URL'], migrateDatabase);
  } catch (error) {
    report(error);
    process.exitCode = 1;
  }
}
