import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import { ImapFlow } from 'imapflow';
import { configuration, idOf, STAND_IN, type DovecotOptions } from './dovecot.conf.js';
import { freePort } from './ports.js';
import { waitFor } from './wait.js';

/** An IMAP server of one suite, in a folder of its own, as whoever runs the tests. Specs are called `*.dovecot.spec.ts`. */
export interface TestDovecot {
  port: number;
  /** `imap://user:password@127.0.0.1:port/INBOX` */
  url(user: string, folder?: string): string;
  /** Delivers raw mails the way mail servers do: with an IMAP connection of its own. Returns their UIDs. */
  append(user: string, mails: (string | Buffer)[], options?: AppendOptions): Promise<number[]>;
  /** Something done as that user, in a folder. */
  as<T>(user: string, folder: string, work: (connection: ImapFlow) => Promise<T>): Promise<T>;
  /** What lies in a folder: UID → flags. */
  flags(user: string, folder?: string): Promise<Map<number, string[]>>;
  /** How often somebody logged in as that user, or tried to. */
  logins(user: string): Promise<{ accepted: number; refused: number }>;
  /** Puts a mail into the mailbox piece by piece, without ever holding it. */
  deliver(user: string, pieces: Iterable<string>): Promise<void>;
  /** A new UIDVALIDITY, the mails the same: as after a server was moved. */
  renumber(user: string, folder?: string): Promise<void>;
  /** Ends it without warning, connections and all; with SIGTERM it says BYE first. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** Lets it hang: connections stay open, nothing is answered. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

export interface AppendOptions {
  folder?: string;
  flags?: string[];
  date?: Date;
}

export const PASSWORD = 'correct horse';
function commandPath(name: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const path = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (!path) throw new Error(`${name} is not installed (Debian: dovecot-imapd)`);
  return path;
}

/** Starts a Dovecot for these users, all with the same password. */
export async function startDovecot(users: string[], options: DovecotOptions = {}): Promise<TestDovecot> {
  const home = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const port = await freePort();
  await mkdir(join(home, 'mail'));
  await writeFile(join(home, 'dovecot.conf'), configuration(home, port, options));
  await writeFile(join(home, 'users'), users.map((user) => `${user}:{PLAIN}${PASSWORD}\n`).join(''));
  if (options.introspectionUrl)
    await writeFile(
      join(home, 'oauth2.conf'),
      `introspection_mode = post\nintrospection_url = ${options.introspectionUrl}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\nuse_grant_password = no\n`,
    );
  if (process.getuid?.() === 0) {
    const [uid, gid] = [idOf(STAND_IN, '-u'), idOf(STAND_IN, '-g')];
    execFileSync('chown', [`${uid}:${gid}`, join(home, 'mail')]);
    execFileSync('chmod', ['755', home]);
    for (const file of ['users', 'dovecot.conf']) execFileSync('chmod', ['644', join(home, file)]);
  }
  const server = new Server(home, port);
  await server.start();
  return server;
}

class Server implements TestDovecot {
  private child: ChildProcess | null = null;
  private readonly end = () => this.signal('SIGKILL');

  constructor(
    private readonly home: string,
    readonly port: number,
  ) {}

  async start(): Promise<void> {
    await rm(join(this.home, 'run'), { recursive: true, force: true });
    // A group of its own: the processes of its services end with it.
    const child = spawn(commandPath('dovecot'), ['-F', '-c', join(this.home, 'dovecot.conf')], {
      stdio: 'ignore',
      detached: true,
    });
    this.child = child;
    process.once('exit', this.end);
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    child.once('exit', (code) => (failure ??= new Error(`dovecot ended with ${code}`)));
    await waitFor(async () => failure !== undefined || (await this.answers()), { every: 50 });
    if (failure) throw new Error(`${failure.message}:\n${await this.log()}`);
  }

  url(user: string, folder = 'INBOX'): string {
    const [name, password, path] = [user, PASSWORD, folder].map(encodeURIComponent);
    return `imap://${name}:${password}@127.0.0.1:${this.port}/${path}`;
  }

  async append(user: string, mails: (string | Buffer)[], options: AppendOptions = {}): Promise<number[]> {
    const { folder = 'INBOX', flags = [], date } = options;
    return this.as(user, folder, async (connection) => {
      const uids: number[] = [];
      for (const mail of mails) {
        const done = await connection.append(folder, mail, flags, date);
        if (!done || done.uid === undefined) throw new Error('the mail was not appended');
        uids.push(done.uid);
      }
      return uids;
    });
  }

  async as<T>(user: string, folder: string, work: (connection: ImapFlow) => Promise<T>): Promise<T> {
    const connection = this.connection(user);
    await connection.connect();
    try {
      await connection.mailboxOpen(folder);
      return await work(connection);
    } finally {
      connection.close();
    }
  }

  flags(user: string, folder = 'INBOX'): Promise<Map<number, string[]>> {
    return this.as(user, folder, async (connection) => {
      if (!connection.mailbox || connection.mailbox.exists === 0) return new Map<number, string[]>();
      const mails = await connection.fetchAll('1:*', { uid: true, flags: true });
      return new Map(mails.map(({ uid, flags }) => [uid, [...(flags ?? [])].filter((flag) => flag !== '\\Recent')]));
    });
  }

  async logins(user: string): Promise<{ accepted: number; refused: number }> {
    const lines = (await readFile(join(this.home, 'dovecot.log'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes(`user=<${user}>`));
    const accepted = lines.filter((line) => line.includes('Login: user=')).length;
    return { accepted, refused: lines.filter((line) => line.includes('auth failed')).length };
  }

  async deliver(user: string, pieces: Iterable<string>): Promise<void> {
    // Opening the mailbox makes it.
    await this.as(user, 'INBOX', () => Promise.resolve());
    const maildir = join(this.home, 'mail', user, 'Maildir');
    const name = `${Date.now()}.M1P${process.pid}.test`;
    await pipeline(Readable.from(pieces), createWriteStream(join(maildir, 'tmp', name), { mode: 0o644 }));
    await rename(join(maildir, 'tmp', name), join(maildir, 'new', name));
  }

  async renumber(user: string, folder = 'INBOX'): Promise<void> {
    await this.kill();
    const maildir = join(this.home, 'mail', user, 'Maildir', folder === 'INBOX' ? '' : `.${folder}`);
    const list = (await readFile(join(maildir, 'dovecot-uidlist'), 'utf8')).split('\n');
    const validity = Number(/ V(\d+)/.exec(list[0] ?? '')?.[1] ?? 1);
    // The mails' file names stay; the numbers they had are forgotten.
    await writeFile(join(maildir, 'dovecot-uidlist'), `3 V${validity + 1000} N1 G${'0'.repeat(31)}1\n`);
    for (const name of ['dovecot.index', 'dovecot.index.log', 'dovecot.index.cache'])
      await rm(join(maildir, name), { force: true });
    await this.start();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    this.child = null;
    process.off('exit', this.end);
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    this.signal(signal, child);
    await exited;
    await waitFor(async () => !(await this.answers()));
  }

  freeze(): void {
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
  }

  async stop(): Promise<void> {
    this.thaw();
    await this.kill();
    await rm(this.home, { recursive: true, force: true, maxRetries: 3 });
  }

  /** To it and all its services. */
  private signal(signal: NodeJS.Signals, child = this.child): void {
    if (!child?.pid) return;
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (!(isNativeError(error) && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  private connection(user: string): ImapFlow {
    const auth = { user, pass: PASSWORD };
    const options = {
      host: '127.0.0.1',
      port: this.port,
      secure: false,
      auth,
      logger: false,
      disableAutoIdle: true,
    } as const;
    const connection = new ImapFlow(options);
    connection.on('error', () => undefined);
    return connection;
  }

  /** Whether it greets. */
  private async answers(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      const [greeting] = (await once(socket, 'data', { signal: AbortSignal.timeout(1000) })) as [Buffer];
      return greeting.toString().startsWith('* OK');
    } catch (error) {
      // Refused, silent or broken off: it does not greet.
      if (isNativeError(error)) return false;
      throw error;
    } finally {
      socket.destroy();
    }
  }

  private async log(): Promise<string> {
    return existsSync(join(this.home, 'dovecot.log'))
      ? (await readFile(join(this.home, 'dovecot.log'), 'utf8')).slice(-3000)
      : '';
  }
}
