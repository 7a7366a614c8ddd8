import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#platform';
import { EmbeddedPostgres } from '../apps/launcher/src/postgres/server.js';
import { startedAt } from '../apps/launcher/src/process-table.js';
import { familyCpuMs } from './cpu.js';

const PREFIX = 'hilo-bench-';

const serverIn = (folder: string): EmbeddedPostgres =>
  new EmbeddedPostgres({
    folder: join(folder, 'postgres'),
    logPath: join(folder, 'postgres.log'),
    database: 'postgres',
  });

/** What benches that were killed left behind: their folders carry their pid. */
async function clearKilledBenches(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (startedAt(Number(name.slice(PREFIX.length).split('-')[0])) !== undefined) continue;
    await serverIn(join(tmpdir(), name)).stopLeftBehind();
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

/** The PostgreSQL of a bench: as the product brings it, commits on disk, in a folder that goes with it. */
export class BenchServer {
  private readonly clients: pg.Client[] = [];

  private constructor(
    readonly folder: string,
    private readonly server: EmbeddedPostgres,
    private readonly url: string,
  ) {}

  static async start(): Promise<BenchServer> {
    await clearKilledBenches();
    const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
    const server = serverIn(folder);
    try {
      return new BenchServer(folder, server, await server.start());
    } catch (error) {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** CPU of the server and all its processes since its start, in milliseconds. */
  cpuMs(): number {
    return this.server.pid === undefined ? Number.NaN : familyCpuMs(this.server.pid);
  }

  /** An empty database. @returns its URL */
  async create(name: string): Promise<string> {
    await withClient(this.url, (client) => client.query(`create database ${pg.escapeIdentifier(name)}`));
    const url = new URL(this.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  /** A connection that lasts until the server stops. */
  async connect(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    this.clients.push(client);
    return client;
  }

  /** A database with the schema of the product. @returns its URL */
  async createMigrated(name: string): Promise<string> {
    const url = await this.create(name);
    await migrate(url);
    return url;
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.splice(0).map((client) => client.end()));
    await this.server.stop(10_000);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs `work` on a connection of its own. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
