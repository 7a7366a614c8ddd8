import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeLog, logSize, logTail, openLog } from '../logs.js';
import { freePort, isFree } from '../ports.js';
import { say } from '../progress.js';
import { messageOf, StartError } from '../start-error.js';
import { until } from '../wait.js';
import { type Account, serverAccount } from './account.js';
import { type Binaries, locateBinaries } from './binaries.js';
import { acceptsConnections, ensureDatabase } from './connection.js';
import { dataArgument, ensureDataFolder, resetPassword, serverEnvironment, SUPERUSER } from './data-folder.js';
import { clearLeftBehind } from './left-behind.js';
import { readRecord, type ServerRecord, writeRecord } from './record.js';
import { serverArguments } from './settings.js';

export interface EmbeddedPostgresOptions {
  /** The data folder; its record (`<folder>.json`) lies beside it. Absolute. */
  folder: string;
  logPath: string;
  /** The database that is there after the start. */
  database: string;
  /** Durability off: for tests. */
  shortLived?: boolean;
  /** The server died and could not be brought back. */
  onLost?: (error: Error) => void;
}

const READY_MS = 120_000;
const START_ATTEMPTS = 20;
const RESTART_PAUSES_MS = [0, 500, 1000, 2000, 5000];

/** A real PostgreSQL of our own: made when missing, kept alive while we run, stopped cleanly when we stop. */
export class EmbeddedPostgres {
  private readonly recordPath: string;
  private readonly clusterName: string;
  private account: Account | undefined;
  private binaries: Binaries;
  private record: ServerRecord;
  private child: ChildProcess | undefined;
  private stopping = false;

  constructor(private readonly options: EmbeddedPostgresOptions) {
    this.recordPath = `${options.folder}.json`;
    this.clusterName = `hilo-${createHash('sha256').update(options.folder).digest('hex').slice(0, 12)}`;
  }

  /** Process id of the running server. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Makes the data folder when missing and serves it. Resolves to the URL of the database once it answers. */
  async start(): Promise<string> {
    const { folder, database } = this.options;
    this.account = await serverAccount(folder);
    this.binaries = await locateBinaries(this.account);
    const { fresh, ...record } = readRecord(this.recordPath);
    this.record = record;
    if (await clearLeftBehind(folder, this.clusterName)) say('  a database server left by an earlier run was stopped');
    const made = await ensureDataFolder(folder, this.binaries, this.account, record.password);
    if (fresh && !made) await this.resetPassword();
    if (record.port !== 0 && !(await isFree(record.port))) {
      say(`  port ${record.port} is taken, the database moves to another`);
      record.port = 0;
    }
    await this.serve();
    const url = databaseUrl(this.record, database);
    await ensureDatabase(databaseUrl(this.record, 'postgres'), database);
    return url;
  }

  /** Ends a server of this folder that an earlier process started and could not stop. */
  async stopLeftBehind(): Promise<void> {
    await clearLeftBehind(this.options.folder, this.clusterName);
  }

  /** Fast stop: open transactions roll back, data is safe on disk. After `deadlineMs` the hard way. */
  async stop(deadlineMs = 3000): Promise<void> {
    this.stopping = true;
    if (this.child) await endProcess(this.child, deadlineMs);
  }

  /** The folder and its record do not belong together (one was lost, or restored alone): the record wins. */
  private resetPassword(): Promise<void> {
    return resetPassword(this.options.folder, this.binaries, this.account, this.record.password);
  }

  /** Starts the process, on another port when somebody was faster, until it accepts connections. */
  private async serve(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      if (this.record.port === 0) this.record.port = await freePort();
      writeRecord(this.recordPath, this.record);
      const failure = await this.attempt();
      if (failure === undefined || this.stopping) return;
      const portTaken = /could not bind|Address already in use/.test(failure);
      const wrongPassword = /password authentication failed/.test(failure);
      const stillEnding = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(failure);
      if (attempt >= START_ATTEMPTS || !(portTaken || stillEnding || wrongPassword))
        throw new StartError(`PostgreSQL does not start (${this.options.logPath}):\n${failure}`);
      if (portTaken) this.record.port = 0;
      else if (wrongPassword) await this.resetPassword();
      else await sleep(500);
    }
  }

  /** One start. Resolves to undefined when it serves, else to the end of what it wrote. */
  private async attempt(): Promise<string | undefined> {
    const { folder, logPath, shortLived = false } = this.options;
    if (this.stopping) return 'stopped';
    const offset = logSize(logPath);
    const log = openLog(logPath);
    const settings = serverArguments({ port: this.record.port, clusterName: this.clusterName, shortLived });
    const args = ['-D', dataArgument(folder, this.account), ...settings];
    // In a session of its own: Ctrl-C reaches the whole group, but the database goes last, when nobody needs it.
    const child = spawn(this.binaries.postgres, args, {
      cwd: folder,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      ...this.account,
    });
    closeLog(log);
    let ended: string | undefined;
    child.once('error', (error) => (ended = messageOf(error)));
    child.once('exit', (code, name) => (ended ??= `ended with ${name ?? `code ${code}`}`));
    this.child = child;
    const url = databaseUrl(this.record, 'postgres');
    const answers = async () => ended !== undefined || (await acceptsConnections(url));
    const refused = await until(answers, READY_MS).then(
      (ready) => (ready ? undefined : `no answer within ${READY_MS / 1000} s`),
      messageOf,
    );
    if (refused === undefined && ended === undefined) {
      child.once('exit', () => void this.revive(child).catch((error: Error) => this.options.onLost?.(error)));
      return undefined;
    }
    await endProcess(child, 5000);
    return refused ?? (logTail(logPath, 15, offset) || ended);
  }

  /** Brings a server back that died under us, on its old port: everybody who uses it knows that one. */
  private async revive(dead: ChildProcess): Promise<void> {
    if (this.stopping || this.child !== dead) return;
    const { port } = this.record;
    let failure = '';
    for (const pause of RESTART_PAUSES_MS) {
      await sleep(pause);
      if (this.stopping) return;
      say(`! PostgreSQL ended (${dead.signalCode ?? `code ${dead.exitCode}`}), starting it again`);
      await clearLeftBehind(this.options.folder, this.clusterName);
      this.record.port = port;
      const result = await this.attempt();
      if (result === undefined) return say('✓ PostgreSQL is back');
      failure = result;
    }
    this.options.onLost?.(new StartError(`PostgreSQL died and does not come back:\n${failure}`));
  }
}

/** Fast shutdown, then without a checkpoint, then the hard way. */
async function endProcess(child: ChildProcess, deadlineMs: number): Promise<void> {
  const gone = () => child.exitCode !== null || child.signalCode !== null;
  for (const [name, patienceMs] of [
    ['SIGINT', deadlineMs],
    ['SIGQUIT', 1000],
    ['SIGKILL', 1000],
  ] as const) {
    if (gone()) return;
    child.kill(name);
    await until(gone, patienceMs);
  }
}

export const databaseUrl = ({ port, password }: ServerRecord, database: string): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
