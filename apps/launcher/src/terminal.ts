import { ConfigError } from '#platform';
import { say } from './progress.js';
import { StartError } from './start-error.js';

const PARENT_CHECK_MS = 1000;
/** Nothing that hangs may hold up the end: everything is gone within ten seconds of the signal. */
const DEADLINE_MS = 9500;

export interface Terminal {
  /** Says what went wrong, stops everything and exits with 1. */
  giveUp: (error: unknown) => Promise<void>;
}

/**
 * Ties this process to whoever started it: signals, a closed channel or a vanished npm stop everything, exit code 0.
 * @param stop stops whatever was started; called once or more often
 */
export function superviseTerminal(stop: () => Promise<void>): Terminal {
  let exitCode = 0;
  let ending = false;
  const end = async () => {
    // Ctrl-C arrives from the terminal and again from npm.
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(exitCode), DEADLINE_MS).unref();
    try {
      await stop();
    } catch (error) {
      report(error);
      exitCode = 1;
    }
    process.exit(exitCode);
  };
  const asked = (why: string) => {
    if (!ending) say(`\nStopping (${why}) …`);
    void end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked(signal));
  if (process.channel) process.once('disconnect', () => asked('the command was ended'));
  watchNpm(() => asked('npm was ended'));
  const giveUp = (error: unknown) => {
    if (!ending) {
      exitCode = 1;
      report(error);
    }
    return end();
  };
  process.on('uncaughtException', (error) => void giveUp(error));
  return { giveUp };
}

/** npm killed outright passes no signal on; what it started must not stay behind. */
function watchNpm(onGone: () => void): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && onGone(), PARENT_CHECK_MS).unref();
}

/** Foreseen failures in words, the others with their trace. */
export function report(error: unknown): void {
  const foreseen = error instanceof StartError || error instanceof ConfigError;
  process.stderr.write(`\n${foreseen ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
}
