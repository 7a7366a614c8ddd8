import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { EmbeddedPostgres } from '../../apps/launcher/src/postgres/server.js';
import { runningProcesses } from '../../apps/launcher/src/process-table.js';
import { waitFor } from '../support/wait.js';

const home = mkdtempSync(join(tmpdir(), 'hilo-postgres-'));
const folder = join(home, 'postgres');
const recordPath = `${folder}.json`;
const lockFile = join(folder, 'postmaster.pid');

const options = { folder, logPath: join(home, 'postgres.log'), database: 'hilo', shortLived: true };
const servers: EmbeddedPostgres[] = [];
const newServer = (more: Partial<typeof options> & { onLost?: (error: Error) => void } = {}) => {
  const server = new EmbeddedPostgres({ ...options, ...more });
  servers.push(server);
  return server;
};

async function ask(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidOf = (server: EmbeddedPostgres): number => {
  if (server.pid === undefined) throw new Error('the server does not run');
  return server.pid;
};
const runs = (pid: number) => runningProcesses().some((entry) => entry.pid === pid);
const portOf = (url: string) => new URL(url).port;

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the embedded database', () => {
  it('is a PostgreSQL with passwords, in UTF-8, that answers on loopback only', async () => {
    const url = await newServer().start();
    await ask(url, 'create table kept (word text)');
    await ask(url, "insert into kept values ('ñandú')");
    expect(
      await ask(url, "select upper(word) as word, current_setting('server_encoding') as encoding from kept"),
    ).toEqual([{ word: 'ÑANDÚ', encoding: 'UTF8' }]);
    expect(await ask(url, "select current_setting('listen_addresses') as at")).toEqual([{ at: '127.0.0.1' }]);
    const withoutPassword = new URL(url);
    withoutPassword.password = 'wrong';
    await expect(ask(withoutPassword.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(recordPath).mode & 0o777).toBe(0o600);
  });

  it('keeps its data and its port from one start to the next, and leaves no process between them', async () => {
    const first = newServer();
    const port = portOf(await first.start());
    const pid = pidOf(first);
    await first.stop();
    expect(runs(pid)).toBe(false);
    const url = await newServer().start();
    expect(portOf(url)).toBe(port);
    expect(await ask(url, 'select word from kept')).toEqual([{ word: 'ñandú' }]);
  });

  it('is not held up by the pid of a killed server that somebody else has got meanwhile', async () => {
    const first = newServer();
    await first.start();
    const lines = readFileSync(lockFile, 'utf8').split('\n');
    await first.stop();
    writeFileSync(lockFile, [String(process.pid), ...lines.slice(1)].join('\n'));
    const url = await newServer().start();
    expect(await ask(url, 'select word from kept')).toEqual([{ word: 'ñandú' }]);
  });

  it('moves to another port when its own is taken', async () => {
    const first = newServer();
    const port = Number(portOf(await first.start()));
    await first.stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const url = await newServer().start();
    expect(portOf(url)).not.toBe(String(port));
    expect(await ask(url, 'select word from kept')).toEqual([{ word: 'ñandú' }]);
    squatter.close();
  });

  it('comes back on the same port when it is killed', async () => {
    const server = newServer();
    const url = await server.start();
    const pid = pidOf(server);
    process.kill(pid, 'SIGKILL');
    await waitFor(async () => server.pid !== pid && (await ask(url, 'select 1')).length === 1);
    expect(await ask(url, 'select word from kept')).toEqual([{ word: 'ñandú' }]);
  });

  it('gives a database whose record was lost a new password', async () => {
    await newServer().start();
    await servers.splice(0)[0]?.stop();
    rmSync(recordPath);
    const url = await newServer().start();
    expect(await ask(url, 'select word from kept')).toEqual([{ word: 'ñandú' }]);
  });
});

describe('a folder that cannot be served', () => {
  it('of another PostgreSQL version is left alone, and says which', async () => {
    const versionPath = join(folder, 'PG_VERSION');
    const version = readFileSync(versionPath, 'utf8');
    writeFileSync(versionPath, '13\n');
    await expect(newServer().start()).rejects.toThrow(/made by PostgreSQL 13, this version of Hilo brings 18/);
    writeFileSync(versionPath, version);
  });

  it('that holds something else is left alone', async () => {
    const other = mkdtempSync(join(home, 'other-'));
    writeFileSync(join(other, 'holiday.jpg'), 'a beach');
    await expect(newServer({ folder: other }).start()).rejects.toThrow(/holds files, but no database/);
    expect(readFileSync(join(other, 'holiday.jpg'), 'utf8')).toBe('a beach');
  });

  it('on a disk that refuses says so', async () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    await expect(newServer({ folder: join(file, 'postgres') }).start()).rejects.toThrow(
      /A database could not be made in .*: E(EXIST|NOTDIR)/,
    );
  });
});
