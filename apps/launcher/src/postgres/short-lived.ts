import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from './server.js';
import { startedAt } from '../process-table.js';

const PREFIX = 'hilo-test-';

const serverIn = (folder: string): EmbeddedPostgres =>
  new EmbeddedPostgres({
    folder: join(folder, 'postgres'),
    logPath: join(folder, 'postgres.log'),
    database: 'postgres',
    shortLived: true,
  });

/** What runs that were killed left behind: their folders carry the pid of the test run they were for. */
async function clearKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (startedAt(pid) !== undefined) continue;
    const folder = join(tmpdir(), name);
    await serverIn(folder).stopLeftBehind();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface ShortLivedServer {
  /** Of the database `postgres`, as superuser. */
  url: string;
  stop(): Promise<void>;
}

/** A PostgreSQL for tests, in a folder that goes with it. */
export async function startShortLivedServer(): Promise<ShortLivedServer> {
  await clearKilledRuns();
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const server = serverIn(folder);
  const stop = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await server.start(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
