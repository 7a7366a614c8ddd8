import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { codeOf, messageOf, StartError } from '../start-error.js';

const run = promisify(execFile);
const NAME = 'postgres';

/** The operating system user the database server runs as. */
export interface Account {
  uid: number;
  gid: number;
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch (error) {
    if (codeOf(error) === '1') return undefined;
    throw error;
  }
}

async function create(): Promise<Account> {
  const home = ['--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  try {
    await run('useradd', ['--system', '--user-group', ...home, NAME]);
  } catch (error) {
    throw new StartError(
      `PostgreSQL refuses to run as root, and the user "${NAME}" could not be created (${messageOf(error)}). ` +
        'Run Hilo as an ordinary user, or set DATABASE_URL.',
    );
  }
  const account = await lookUp(NAME);
  if (!account) throw new StartError(`The user "${NAME}" was created but is not there.`);
  return account;
}

/**
 * PostgreSQL refuses to run as root: there, it runs as whoever owns the data already, else as the system's user
 * `postgres`, created when missing. Undefined means: as ourselves.
 */
export async function serverAccount(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  return (await lookUp(NAME)) ?? create();
}
