import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './node-flags.js';
import { closeLog, logSize, logTail, openLog } from './logs.js';
import { say } from './progress.js';
import { messageOf, StartError } from './start-error.js';
import { until } from './wait.js';

export interface SupervisedOptions {
  /** As a person calls it: `Hilo`, `the sandbox`. */
  name: string;
  /** The compiled entry, absolute. */
  entry: string;
  env: NodeJS.ProcessEnv;
  /** Answers 2xx when the process can work. */
  readyUrl: string;
  /** Where its output goes; undefined shows it on the terminal. */
  logPath?: string;
  /** Out of the terminal's group: it goes when we say so, not at Ctrl-C. */
  detached?: boolean;
  /** Ended too often; the message carries the end of its log. */
  onLost: (error: Error) => void;
}

const READY_MS = 60_000;
const RESTART_PAUSES_MS = [500, 2000, 5000];
/** After so long in good health an accident counts as the first again. */
const HEALTHY_MS = 60_000;
const TAIL_LINES = 30;
const RESTART_STOP_MS = 5000;
/** Runs first in every child: ends it when this process is gone. */
export const LEASH = new URL('./leash.js', import.meta.url).href;

/** A child process of ours: started, waited for, started again after an accident, stopped. */
export class Supervised {
  private child: ChildProcess | undefined;
  /** An end that is on its way is no accident. */
  private stopping = false;
  private retired = false;
  private accidents = 0;
  private wasReady = false;
  private logOffset = 0;
  private upSince = 0;
  private pause: NodeJS.Timeout | undefined;

  constructor(private readonly options: SupervisedOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it and resolves once it answers ready. Rejects with the end of its log when it does not come up. */
  async start(): Promise<void> {
    this.launch();
    const first = this.child;
    const over = () => this.stopping || this.child !== first || !this.isAlive();
    await until(async () => over() || (await isReady(this.options.readyUrl)), READY_MS, 50);
    if (this.stopping) return;
    if (over()) throw new StartError(this.epitaph(`${this.options.name} does not start`));
    if (!(await isReady(this.options.readyUrl)))
      throw new StartError(this.epitaph(`${this.options.name} is not ready after ${READY_MS / 1000} s`));
    this.wasReady = true;
  }

  /** SIGTERM, and SIGKILL for whoever is not gone after `deadlineMs`. It does not come back. */
  async stop(deadlineMs: number): Promise<void> {
    this.retired = true;
    await this.end(deadlineMs);
  }

  /** Stops and starts it again on purpose (a new build). */
  async restart(): Promise<void> {
    await this.end(RESTART_STOP_MS);
    if (this.retired) return;
    this.stopping = false;
    this.launch();
  }

  private async end(deadlineMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    if (!this.isAlive()) return;
    this.child?.kill('SIGTERM');
    if (await until(() => !this.isAlive(), deadlineMs)) return;
    say(`! ${this.options.name} did not finish within ${deadlineMs / 1000} s and was ended`);
    this.child?.kill('SIGKILL');
    await until(() => !this.isAlive(), 500);
  }

  private isAlive(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  private launch(): void {
    const { entry, env, logPath, detached = false } = this.options;
    this.logOffset = logPath ? logSize(logPath) : 0;
    const log = logPath ? openLog(logPath) : undefined;
    const output = log ?? 'inherit';
    const args = [...NODE_FLAGS, '--import', LEASH, entry];
    const child = spawn(process.execPath, args, { env, detached, stdio: ['ignore', output, output, 'ipc'] });
    if (log !== undefined) closeLog(log);
    this.child = child;
    this.upSince = performance.now();
    child.once('error', (error) => this.options.onLost(new StartError(`${entry}: ${messageOf(error)}`)));
    child.once('exit', (code, signal) => this.afterExit(child, signal ?? `code ${code}`));
  }

  private afterExit(child: ChildProcess, how: string): void {
    // What never was ready is reported by `start`; trying the same again would only hide it.
    if (this.stopping || this.child !== child || !this.wasReady) return;
    if (performance.now() - this.upSince > HEALTHY_MS) this.accidents = 0;
    const pauseMs = RESTART_PAUSES_MS[this.accidents];
    this.accidents += 1;
    if (pauseMs === undefined)
      return this.options.onLost(new StartError(this.epitaph(`${this.options.name} keeps ending (${how})`)));
    say(`! ${this.options.name} ended (${how}), starting it again in ${pauseMs / 1000} s`);
    this.pause = setTimeout(() => this.launch(), pauseMs);
  }

  private epitaph(what: string): string {
    const { logPath } = this.options;
    if (!logPath) return what;
    return `${what}. The end of ${logPath}:\n${logTail(logPath, TAIL_LINES, this.logOffset)}`;
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    // Nobody listens yet, or it is too busy to answer: both mean "not ready".
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return false;
    throw error;
  }
}

/** A module of the build, from its path in dist: `distFile('apps/main.js')`. */
export const distFile = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
