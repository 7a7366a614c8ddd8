import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, StartError } from '../start-error.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';

/** The owner of everything in the embedded server. */
export const SUPERUSER = 'hilo';

/**
 * How the server is told its data folder. As another user it may not be allowed to walk there (root's home, say), but
 * it is started standing in the folder, and may be where it stands.
 */
export const dataArgument = (folder: string, account: Account | undefined): string =>
  account && process.platform === 'linux' ? '/proc/self/cwd' : folder;

/** The environment of PostgreSQL's programs: none of the machine's locales, none of the person's PG* variables. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

interface RunOptions {
  folder: string;
  account: Account | undefined;
  input?: string;
}

/** Runs one of PostgreSQL's programs in the data folder to its end. Rejects with what it printed. */
function runProgram(program: string, args: string[], { folder, account, input }: RunOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: serverEnvironment(), ...account });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    // A start that is interrupted here leaves nothing running.
    const end = () => child.kill();
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      return code === 0 ? resolve() : reject(new Error(output.trim() || `code ${code}`));
    });
    child.stdin.end(input ?? '');
  });
}

function own(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Hands `password` to initdb in a file that only the server's user can read, for as long as initdb runs. */
async function withPasswordFile(
  password: string,
  account: Account | undefined,
  work: (path: string) => Promise<void>,
): Promise<void> {
  // Somebody's own folder for temporary files may be closed to the server's user.
  const folder = mkdtempSync(join(account ? '/tmp' : tmpdir(), 'hilo-initdb-'));
  const path = join(folder, 'password');
  try {
    writeFileSync(path, `${password}\n`, { mode: 0o600 });
    own(path, account);
    own(folder, account);
    await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A new cluster: UTF-8 with PostgreSQL's own C.UTF-8 (the same order on every machine), passwords by SCRAM. Made beside
 * its place and moved there when complete, so that an interrupted start never leaves half a database.
 */
async function create(folder: string, binaries: Binaries, account: Account | undefined, password: string) {
  const partial = `${folder}.new`;
  try {
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true, mode: 0o700 });
    own(partial, account);
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await withPasswordFile(password, account, (path) => {
      const access = [`--username=${SUPERUSER}`, `--pwfile=${path}`, '--auth=scram-sha-256'];
      const args = ['-D', dataArgument(partial, account), ...locale, ...access, '--no-instructions'];
      return runProgram(binaries.initdb, args, { folder: partial, account });
    });
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw new StartError(`A database could not be made in ${folder}: ${messageOf(error)}`);
  }
}

/** Ours, and of the version that is here; anything else is said in words. */
function inspect(folder: string, binaries: Binaries): void {
  const made = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  const brought = binaries.version.split('.')[0];
  if (made !== brought)
    throw new StartError(
      `The database in ${folder} was made by PostgreSQL ${made}, this version of Hilo brings ${brought}. ` +
        `Carry it over with pg_upgrade, or move the folder away to begin with an empty database.`,
    );
}

/**
 * A data folder that is ready to be served.
 * @returns whether it was made just now
 */
export async function ensureDataFolder(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
): Promise<boolean> {
  if (existsSync(join(folder, 'PG_VERSION'))) {
    inspect(folder, binaries);
    // Copied or restored folders come with open modes, which PostgreSQL refuses.
    chmodSync(folder, 0o700);
    return false;
  }
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new StartError(`${folder} holds files, but no database. Move it away, or set HILO_HOME to another folder.`);
  await create(folder, binaries, account, password);
  return true;
}

/** Sets the superuser's password of a folder nobody serves: its record under HILO_HOME was lost. */
export async function resetPassword(
  folder: string,
  binaries: Binaries,
  account: Account | undefined,
  password: string,
) {
  const args = ['--single', '-D', dataArgument(folder, account), 'postgres'];
  await runProgram(binaries.postgres, args, {
    folder,
    account,
    input: `alter role ${SUPERUSER} password '${password}'\n`,
  });
}
