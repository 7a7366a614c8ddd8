import { migrateDatabase } from './database.js';
import { report } from './terminal.js';

/** Run inside a container, before the others start: brings the schema of DATABASE_URL up to date and ends. */
migrateDatabase(process.env['DATABASE_URL'] ?? '').catch((error: unknown) => {
  report(error);
  process.exitCode = 1;
});
