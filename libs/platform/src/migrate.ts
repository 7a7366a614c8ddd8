import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DataSource, type MigrationInterface } from 'typeorm';

type MigrationClass = new () => MigrationInterface;

/** Next to this file both in the sources and in dist. */
const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

/** The migration classes in the order of their file names. */
async function migrations(): Promise<MigrationClass[]> {
  const files = (await readdir(fileURLToPath(MIGRATIONS))).filter((file) => /^\d+-.+\.(js|ts)$/.test(file)).sort();
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, MIGRATIONS).href) as Promise<Record<string, MigrationClass>>),
  );
  return modules.flatMap((module) => Object.values(module));
}

/**
 * Brings the schema up to date. One at a time across processes (advisory lock); each migration in its own transaction.
 * @returns the names of the migrations that ran
 */
export async function migrate(url: string): Promise<string[]> {
  const database = await new DataSource({
    type: 'postgres',
    url,
    migrations: await migrations(),
    migrationsTableName: 'migration',
    poolSize: 2,
    extra: { options: '-c timezone=UTC' },
  }).initialize();
  const gate = database.createQueryRunner();
  try {
    await gate.query('select pg_advisory_lock(4845)');
    const ran = await database.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await gate.release();
    await database.destroy();
  }
}
