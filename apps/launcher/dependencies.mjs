// Dependencies as package-lock.json says, installed only when they are not there yet.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { step } from './progress.mjs';
import { CommandError, runCommand } from './run-command.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** What an installation is an installation of: the lock file, and the machine the binaries are for. */
function wanted(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

/** npm writes this file last; when it names every required package at its version, somebody has installed by hand. */
function installedByHand(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const present = readJson(record).packages;
  return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
    ([path, entry]) =>
      path === '' || entry.link || entry.optional || entry.devOptional || present[path]?.version === entry.version,
  );
}

/** Node for npm: not the one that lies in the folder npm is about to replace, when the machine has another. */
function nodeForNpm(root) {
  const inside = join(root, 'node_modules') + sep;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !`${folder}${sep}`.startsWith(inside));
  const found = folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path));
  return found ?? process.execPath;
}

function runNpm(root, command) {
  const args = [...command, '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('npm-cli.js')) return runCommand(nodeForNpm(root), [npm, ...args], { cwd: root });
  return runCommand('npm', args, { cwd: root });
}

/**
 * A lock file written where the binaries of other systems could not be looked up lacks them, and npm ci calls that out
 * of sync. `npm install --no-save` takes every version the lock file does name, and leaves the file as it is.
 */
const lacksPlatforms = (error) =>
  error instanceof CommandError && error.output.includes('Missing: ') && !error.output.includes('Invalid: ');

async function install(root) {
  try {
    await runNpm(root, ['ci']);
  } catch (error) {
    if (!lacksPlatforms(error)) throw error;
    await runNpm(root, ['install', '--no-save']);
  }
}

/**
 * Makes node_modules what package-lock.json says.
 * @param {string} root folder of package.json
 */
export async function ensureDependencies(root) {
  const stamp = join(root, 'node_modules', '.hilo-installed');
  const key = wanted(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  if (!installedByHand(root)) {
    const why = existsSync(join(root, 'node_modules')) ? 'package-lock.json changed' : 'first time, a minute or two';
    await step(`installing dependencies (${why})`, () => install(root));
  }
  writeFileSync(stamp, key);
}
