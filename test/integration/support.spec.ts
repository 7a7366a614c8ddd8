import { FakeClock } from '../support/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';

describe('a test database', () => {
  let one: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    [one, other] = await Promise.all([createDatabase(), createDatabase()]);
  });
  afterAll(async () => {
    await one.drop();
    await other.drop();
  });

  it('has run every migration and belongs to its suite alone', async () => {
    const ran = await one.query<{ name: string }>('select name from migration');
    expect(ran.length).toBeGreaterThan(0);
    await one.query('create table mine (id int)');
    expect(await other.query("select 1 from pg_class where relname = 'mine'")).toEqual([]);
  });
});

describe('waiting', () => {
  it('gives the answer back as soon as there is one', async () => {
    let asked = 0;
    expect(await waitFor(() => (asked += 1) === 3 && 'here', { every: 1 })).toBe('here');
  });

  it('tells the last answer when none came', async () => {
    await expect(waitFor(() => null, { timeout: 5, every: 1 })).rejects.toThrow(
      'waited 5 ms, the last answer was null',
    );
    const failing = () => Promise.reject(new Error('not yet'));
    await expect(waitFor(failing, { timeout: 5, every: 1 })).rejects.toThrow('not yet');
  });
});

it('moves a fake clock only by hand', () => {
  const clock = new FakeClock('2026-10-25T00:30:00Z');
  clock.advance(60_000);
  expect(clock.now().toISOString()).toBe('2026-10-25T00:31:00.000Z');
  clock.set('2026-10-26T00:00:00Z');
  expect(clock.now().toISOString()).toBe('2026-10-26T00:00:00.000Z');
});
