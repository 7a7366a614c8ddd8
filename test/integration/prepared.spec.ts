import type { DataSource } from 'typeorm';
import { openDatabase, plannedEachTime } from '#platform';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let database: DataSource;

beforeAll(async () => {
  test = await createDatabase();
  database = await openDatabase({ url: test.url, pool: 1 });
});

afterAll(async () => {
  await database.destroy();
  await test.drop();
});

/** What the one connection of the pool keeps prepared, of the statements that mention `word`. */
const prepared = async (word: string): Promise<string[]> => {
  const rows: { statement: string }[] = await database.query('select statement from pg_prepared_statements');
  return rows.map(({ statement }) => statement).filter((statement) => statement.includes(word));
};

it('keeps a statement with parameters prepared, once', async () => {
  const statement = 'select $1::int + 1 as sum, 1 as kept';
  expect(await database.query(statement, [1])).toEqual([{ sum: 2, kept: 1 }]);
  expect(await database.query(statement, [41])).toEqual([{ sum: 42, kept: 1 }]);
  expect(await prepared('kept')).toEqual([statement]);
});

it('plans a marked statement each time, and one without parameters too', async () => {
  const marked = plannedEachTime('select $1::int as marked');
  expect(await database.query(marked, [7])).toEqual([{ marked: 7 }]);
  expect(await database.query('select 8 as plain')).toEqual([{ plain: 8 }]);
  expect(await prepared('marked')).toEqual([]);
  expect(await prepared('plain')).toEqual([]);
});

it('goes on after a statement that failed', async () => {
  const statement = 'select 1 / $1::int as part';
  await expect(database.query(statement, [0])).rejects.toThrow('division by zero');
  expect(await database.query(statement, [1])).toEqual([{ part: 1 }]);
});

it('gives as many rows and as many changes as before', async () => {
  await database.query('create table thing (n int)');
  expect(await database.query('insert into thing select generate_series(1, $1::int) returning n', [3])).toHaveLength(3);
  expect(await database.query('update thing set n = n + $1', [1])).toEqual([[], 3]);
});
