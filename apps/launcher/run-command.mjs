// Runs the tools of the bootstrap as children that never outlive it.
import { spawn } from 'node:child_process';

const running = new Set();
const TAIL_LINES = 40;
const PATIENCE_MS = 5000;

/** A tool failed; the message already holds the end of what it printed, `output` all of it. */
export class CommandError extends Error {
  name = 'CommandError';
  output = '';
}

/**
 * Runs a program to its end with its output kept, not shown; the last lines come with the error.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} everything it printed
 */
export function runCommand(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const keep = (chunk) => (output += chunk.toString('utf8'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => {
      running.delete(child);
      reject(new CommandError(`${program} could not be run: ${error.message}`));
    });
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
      const error = new CommandError(`${tail}\n${program} ${args.join(' ')} ended with ${signal ?? `code ${code}`}`);
      reject(Object.assign(error, { output }));
    });
  });
}

/**
 * Runs a program with its output on the terminal.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export function showCommand(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    running.add(child);
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/**
 * Passes a signal on to every tool that is still running. Resolves when they are gone, in five seconds at the latest.
 * @param {NodeJS.Signals} signal
 */
export async function signalCommands(signal) {
  const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)));
  for (const child of running) child.kill(signal);
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  await Promise.race([Promise.all(ended), patience]);
  for (const child of running) child.kill('SIGKILL');
}
