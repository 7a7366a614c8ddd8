import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { freePort } from './ports.js';
import { waitFor } from './wait.js';

/** A Redis of one suite, in memory only. Specs that use it are called `*.redis.spec.ts`. */
export interface TestRedis {
  url: string;
  /** Forgets everything, as a Redis without persistence does when it is lost. */
  flush(): Promise<void>;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Brings it back, empty, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

async function launch(port: number): Promise<ChildProcess> {
  const quiet = ['--save', '', '--appendonly', 'no', '--loglevel', 'warning'];
  const child = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), ...quiet], { stdio: 'ignore' });
  let failure: Error | undefined;
  child.once('error', (error) => (failure = new Error(`redis-server cannot be run: ${error.message}`)));
  await waitFor(async () => failure !== undefined || (await answers(port)));
  if (failure) throw failure;
  return child;
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, disconnectTimeout: 50, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } finally {
    client.disconnect();
  }
}

/** Starts a Redis on a free port. */
export async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child = await launch(port);
  // Also when the suite itself is cut short.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const gone = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    flush: async () => {
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
    },
    kill: () => gone('SIGKILL'),
    restart: async () => {
      await gone('SIGKILL');
      child = await launch(port);
    },
    stop: async () => {
      process.off('exit', end);
      await gone('SIGKILL');
    },
  };
}
