// What every command does first, on any Node from 20 on and without a single dependency:
// install when needed, then go on under the Node of node_modules.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './dependencies.mjs';
import { CommandError, signalCommands } from './run-command.mjs';

const OLDEST = 20;
const NEEDED = 24;
const PARENT_CHECK_MS = 1000;

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const major = Number(process.versions.node.split('.')[0]);

/** The local Node 24, or undefined on a machine there is no build for. */
function localNode() {
  const path = join(root, 'node_modules', '.bin', 'node');
  return existsSync(path) ? path : undefined;
}

const isLocal = (node) => realpathSync(node) === realpathSync(process.execPath);

let stopping = false;

/** Signals while a tool runs: the tool stops, and so does this process, with `code`. */
function stopOnSignal(code) {
  const stop = (signal) => {
    if (!stopping) signalCommands(signal).finally(() => process.exit(code));
    stopping = true;
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  return () => signals.forEach((signal) => process.off(signal, stop));
}

/** Runs this same command under `node`, in this process where the running Node can, else as a child. */
function continueUnder(node) {
  const args = [process.argv[1], ...process.argv.slice(2)];
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, HILO_BOOTSTRAPPED: '1' };
  if (typeof process.execve === 'function') process.execve(node, [node, ...args], env);
  const child = spawn(node, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  // npm killed outright passes no signal on: what it started must not stay behind.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && forward('SIGTERM'), PARENT_CHECK_MS).unref();
  child.once('error', (error) => fail(error));
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
  return new Promise(() => {});
}

/** Ends with the message a person can act on; the trace only where nobody foresaw the failure. */
export function fail(error) {
  // A tool that was told to end fails; that is not the news.
  if (stopping) return;
  console.error(error instanceof CommandError ? `\n${error.message}` : error);
  process.exit(1);
}

/**
 * Installs what is missing and makes sure that the rest of the command runs under Node 24.
 * Returns only in a process that does.
 * @param {{ interruptedCode: number }} options exit code when a signal arrives meanwhile
 */
export async function bootstrap({ interruptedCode }) {
  if (major < OLDEST) {
    console.error(`Hilo needs Node ${OLDEST} or newer; this is ${process.version} (${process.execPath}).`);
    process.exit(1);
  }
  process.chdir(root);
  const release = stopOnSignal(interruptedCode);
  await ensureDependencies(root);
  release();
  const node = localNode();
  if (node && !isLocal(node) && process.env.HILO_BOOTSTRAPPED !== '1') await continueUnder(node);
  delete process.env.HILO_BOOTSTRAPPED;
  if (major >= NEEDED) return stopOnSignal(interruptedCode);
  console.error(`Hilo needs Node ${NEEDED}; there is none in node_modules for ${process.platform}-${process.arch}.`);
  console.error('Install it (https://nodejs.org) and run the command again.');
  process.exit(1);
}
