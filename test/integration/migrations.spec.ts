import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource, type MigrationInterface } from 'typeorm';
import { migrate } from '#platform';
import { createDatabase, type TestDatabase } from '../support/database.js';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');

let db: TestDatabase;
beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

/** Everything a schema is made of, as PostgreSQL writes it; the order of columns is no part of it. */
const schema = () =>
  db.query<{ what: string }>(`
    select format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable, column_default) as what from information_schema.columns
      where table_schema = 'public' and table_name <> 'migration'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migration'
    union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
      where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid <> 'migration'::regclass
    union all select pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by 1`);

it('go down to nothing, one by one, and up again to the same', async () => {
  const before = await schema();
  const files = (await readdir(MIGRATIONS)).sort();
  const modules = await Promise.all(
    files.map((file) => import(join(MIGRATIONS, file)) as Promise<Record<string, new () => MigrationInterface>>),
  );
  const database = await new DataSource({
    ...{ type: 'postgres', url: db.url, migrations: modules.flatMap((module) => Object.values(module)) },
    ...{ migrationsTableName: 'migration', extra: { options: '-c timezone=UTC' } },
  }).initialize();
  try {
    for (let left = files.length; left > 0; left -= 1) await database.undoLastMigration({ transaction: 'each' });
  } finally {
    await database.destroy();
  }
  expect(
    await db.query(`select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration'`),
  ).toEqual([]);
  expect(await migrate(db.url)).toHaveLength(files.length);
  expect(await schema()).toEqual(before);
}, 60_000);
