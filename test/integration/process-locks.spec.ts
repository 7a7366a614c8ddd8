import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { openDatabase, ProcessLocks } from '#platform';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';

let test: TestDatabase;
const processes: DataSource[] = [];
beforeAll(async () => {
  test = await createDatabase();
});
afterEach(async () => {
  for (const database of processes.splice(0)) await database.destroy();
});
afterAll(() => test.drop());

/** A process of the product, with a pool so small that a connection for each right would use it up. */
async function aProcess(url = test.url): Promise<ProcessLocks> {
  const database = await openDatabase({ url, pool: 2, name: `process ${processes.length}` });
  processes.push(database);
  return new ProcessLocks(database);
}
const holders = () =>
  test.query<{ pid: number }>(
    `select distinct pid from pg_locks where locktype = 'advisory' and classid = 4846
     and database = (select oid from pg_database where datname = current_database())`,
  );
const ENOUGH = Array.from({ length: 40 }, (_, index) => `mailbox ${index}`);

it('keeps all rights of a process on one connection, asked for all at once', async () => {
  const locks = await aProcess();
  expect(await Promise.all(ENOUGH.map((key) => locks.hold(key)))).toEqual(ENOUGH.map(() => true));
  expect(await holders()).toHaveLength(1);
  expect(ENOUGH.every((key) => locks.holds(key))).toBe(true);
  await locks.close();
});

it('lets one process at a time have each, and another after it', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  expect([await one.hold('a'), await other.hold('b')]).toEqual([true, true]);
  expect([await one.hold('b'), await other.hold('a')]).toEqual([false, false]);
  expect([one.holds('a'), one.holds('b')]).toEqual([true, false]);
  expect(await one.hold('a')).toBe(true);
  await one.release('a');
  expect(one.holds('a')).toBe(false);
  expect(await other.hold('a')).toBe(true);
  await other.close();
  expect(await one.hold('b')).toBe(true);
  await one.close();
});

it('keeps no connection while it has no right', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  await one.hold('a');
  for (const key of ['a', 'a', 'a']) expect(await other.hold(key)).toBe(false);
  // Both connections of the pool are free: neither is kept.
  const second = processes[1];
  expect(await Promise.all([1, 2].map(async () => second?.query('select pg_backend_pid()')))).toHaveLength(2);
  await one.release('a');
  expect(await holders()).toHaveLength(0);
});

it('loses all of them with its connection, knows it, and can have them again', async () => {
  const [one, other] = [await aProcess(), await aProcess()];
  for (const key of ['a', 'b', 'c']) await one.hold(key);
  await test.query('select pg_terminate_backend($1)', [(await holders())[0]?.pid]);
  await waitFor(() => !one.holds('a'));
  expect(['a', 'b', 'c'].some((key) => one.holds(key))).toBe(false);
  expect(await other.hold('a')).toBe(true);
  expect([await one.hold('a'), await one.hold('b')]).toEqual([false, true]);
  await one.close();
  await other.close();
});

/** A way to the database that breaks when something is said on it, once it is told to. */
async function aFragileWay(): Promise<{ url: string; breaks: boolean; close: () => void }> {
  const { hostname, port } = new URL(test.url);
  const way = { url: '', breaks: false, close: () => void server.close() };
  const server = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    const end = () => [near, far].forEach((socket) => socket.destroy());
    near.on('data', (bytes) => (way.breaks ? end() : far.write(bytes)));
    far.on('data', (bytes) => near.write(bytes));
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(test.url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(way, { url: url.href });
}

it('says that it broke to whoever asks in that moment, and goes on', async () => {
  const way = await aFragileWay();
  const one = await aProcess(way.url);
  await one.hold('a');
  way.breaks = true;
  await expect(one.hold('a')).rejects.toThrow();
  expect(one.holds('a')).toBe(false);
  way.breaks = false;
  // The server lets go of what was locked as soon as it has seen that.
  await waitFor(() => one.hold('a'));
  await one.release('a');
  await one.release('a');
  expect(await holders()).toHaveLength(0);
  way.close();
});
