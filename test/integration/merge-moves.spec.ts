import { MERGE_MOVES, MERGED_COLUMNS } from '#cases';
import { createDatabase, type TestDatabase } from '../support/database.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createDatabase();
});
afterAll(() => db.drop());

/** Foreign keys to a customer, an address or a case, and columns called as if they were one. */
const OWNERS = `
  select k.conrelid::regclass::text as "table", a.attname as "column"
  from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
  where k.contype = 'f' and k.confrelid in ('cases'::regclass, 'customer'::regclass, 'contact_point'::regclass)
  union
  select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name and t.table_type = 'BASE TABLE'
  where c.table_schema = 'public' and c.data_type = 'uuid' and c.column_name ~ '(^|_)(case|customer|contact_point)(_id)?$'
  order by 1, 2`;

const named = (rows: readonly { table: string; column: string }[]) =>
  rows.map(({ table, column }) => `${table}.${column}`).sort();

describe('what a merge does with every column that says whose something is', () => {
  it('is written down in merge.moves.ts, once, and of no column that is not there', async () => {
    const columns = await db.query<{ table: string; column: string }>(OWNERS);
    expect(columns.length).toBeGreaterThan(20);
    expect(named(MERGE_MOVES)).toEqual(named(columns));
  });

  it('is written down of every column of a customer, too', async () => {
    const columns = await db.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = 'customer'`,
    );
    expect(Object.keys(MERGED_COLUMNS).sort()).toEqual(columns.map(({ name }) => name).sort());
  });

  it('names keys that tell the rows of one owner apart, and clashes by every unique key', async () => {
    const unique = await db.query<{ table: string; columns: string[] }>(`
      select i.indrelid::regclass::text as "table", array_agg(a.attname::text order by a.attname) as columns
      from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
      where i.indisunique group by i.indexrelid, i.indrelid`);
    for (const move of MERGE_MOVES.filter(({ how }) => how !== 'stays')) {
      const keys = unique.filter(({ table }) => table === move.table).map(({ columns }) => columns);
      const withOwner = [...(move.key ?? ['id']), move.column];
      expect({ move, named: keys.some((columns) => columns.every((one) => withOwner.includes(one))) }).toMatchObject({
        named: true,
      });
      if (move.how !== 'moves') continue;
      const clashing = keys.filter((columns) => columns.includes(move.column));
      for (const columns of clashing)
        expect([...(move.clash ?? []), move.column, ...(move.only ? columns : [])]).toEqual(
          expect.arrayContaining(columns),
        );
    }
  });
});
