import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';

interface Question {
  id: number;
  command: string;
  argument: unknown;
}
interface Answer {
  id: number;
  result?: unknown;
  error?: string;
}

export interface CompanionOptions {
  /** Beside this file, as it is called once built: `ingest.bare.js`. */
  file: string;
  /** What it is told at its start. */
  settings?: object;
  env?: Record<string, string>;
  /** Of Node. */
  flags?: readonly string[];
  /** Where to leave a CPU profile when it ends. */
  profileFolder?: string;
}

const READY = 0;

/** Those that run: one that is frozen would outlive a parent that is cut short. */
const running = new Set<ChildProcess>();
const companions = new Set<Companion>();

/** Ends all that still run: after a bench, however it ended. */
export async function stopCompanions(): Promise<void> {
  await Promise.all([...companions].map((companion) => companion.stop()));
}

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of a bench: a twin, or who puts it under load. It is asked over its channel and answers by the same. */
export class Companion {
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private next = READY;

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    companions.add(this);
    child.on('message', (message) => this.hear(message as Answer));
    child.once('exit', (code, signal) => {
      running.delete(child);
      companions.delete(this);
      const error = new Error(`a process of the bench ended (${signal ?? `code ${code}`})`);
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    });
  }

  /** Starts it; resolves with what it says when it is ready. */
  static async start<Ready>(options: CompanionOptions): Promise<{ companion: Companion; ready: Ready }> {
    const { file, settings = {}, env = {}, flags = [], profileFolder } = options;
    const profile = ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, '--cpu-prof-interval=500'];
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(settings)], {
      env: { ...surroundings(), ...env },
      execArgv: [...flags, ...(profileFolder ? profile : [])],
      serialization: 'advanced',
    });
    const companion = new Companion(child);
    const ready = (await companion.answer(READY)) as Ready;
    return { companion, ready };
  }

  async ask<Result>(command: string, argument?: unknown): Promise<Result> {
    const id = (this.next += 1);
    const answered = this.answer(id);
    this.child.send({ id, command, argument } satisfies Question);
    return (await answered) as Result;
  }

  /** CPU it has used since its start, all its threads, in milliseconds. */
  cpuMs(): Promise<number> {
    return this.ask('cpu');
  }

  /** Bytes of memory it holds at this moment (RSS). */
  memory(): Promise<number> {
    return this.ask('memory');
  }

  /** Holds it still, so that it takes nothing from its twin. */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.thaw();
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }

  private hear({ id, result, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }
}

/** Of this machine's environment only what programs need: a setting of the person's must not change a measurement. */
const surroundings = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: process.env['HOME'] ?? '',
  TZ: 'UTC',
  NODE_ENV: 'production',
});

/** What a companion can be asked, beside its CPU. */
export type Commands = Record<string, (argument: never) => unknown>;

/** The companion's side: begins, says that it is ready, answers until its parent hangs up, then ends. */
export async function serve<Settings, Ready>(
  begin: (settings: Settings) => Promise<{ ready: Ready; commands: Commands; end?: () => Promise<void> }>,
): Promise<void> {
  const tell = (answer: Answer) => process.send?.(answer);
  const { ready, commands, end } = await begin(JSON.parse(process.argv[2] ?? '{}') as Settings);
  const all: Commands = { ...commands, cpu: usedCpuMs, memory: () => process.memoryUsage.rss() };
  const obey = async ({ id, command, argument }: Question) => {
    try {
      const work = all[command];
      if (!work) throw new Error(`there is no command ${command}`);
      tell({ id, result: await work(argument as never) });
    } catch (error) {
      tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  process.on('message', (message) => void obey(message as Question));
  // Whoever asks is gone or has enough; a bench that was interrupted must leave nothing running.
  process.once('disconnect', () => void Promise.resolve(end?.()).finally(() => process.exit()));
  tell({ id: READY, result: ready });
}

function usedCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
