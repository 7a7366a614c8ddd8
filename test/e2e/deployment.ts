import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE_FLAGS } from '../../apps/launcher/src/node-flags.js';
import { mayDeliver, type Surroundings, surround, type WorldOptions } from './world.js';

const ROOT = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The product as it is shipped: compiled from the sources as they are now, in a folder of its own. */
export async function buildProduct(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-build-'));
  const swc = join(ROOT, 'node_modules', '.bin', 'swc');
  await run(swc, ['apps', 'libs', 'migrations', '-d', join(folder, 'dist')], { cwd: ROOT });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const doors = { type: 'module', imports: { '#*': './dist/libs/*/src/index.js' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(doors));
  return folder;
}

/** A process of the product, which can die and come back on the same ports. */
export class ProductProcess {
  private child: ChildProcess | null = null;

  constructor(
    private readonly build: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly logPath: string,
  ) {}

  /** Resolves when it serves. @throws Error with its log when it ends instead */
  async start(): Promise<void> {
    const log = openSync(this.logPath, 'a');
    const child = spawn(process.execPath, [...NODE_FLAGS, join(this.build, 'dist', 'apps', 'main.js')], {
      env: { PATH: process.env['PATH'], ...this.environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the product ended with ${code ?? signal}:\n${readFileSync(this.logPath, 'utf8').slice(-4000)}`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
  }

  get isAlive(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** kill -9: nothing is finished, nothing is said. */
  async kill(): Promise<void> {
    if (this.child && this.isAlive) await this.end(this.child, 'SIGKILL');
  }

  /** SIGTERM; what it ended with, and after how many milliseconds. */
  async terminate(): Promise<{ code: number | null; ms: number }> {
    const asked = performance.now();
    const { child } = this;
    if (!child || !this.isAlive) throw new Error('there is no product to end');
    await this.end(child, 'SIGTERM');
    return { code: child.exitCode, ms: performance.now() - asked };
  }

  private async end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/** Everything around the product, and the product as a process of its own. */
export interface Deployment extends Surroundings {
  product: ProductProcess;
}

/** Builds and starts it. X may deliver when it resolves. */
export async function deploy(options: WorldOptions = {}): Promise<Deployment> {
  const build = await buildProduct();
  const around = await surround(options, Date.now);
  const product = new ProductProcess(build, around.environment, join(around.home, 'product.log'));
  await product.start();
  await mayDeliver(around);
  return {
    ...around,
    product,
    stop: async () => {
      await product.kill();
      await around.stop();
      await rm(build, { recursive: true, force: true });
    },
  };
}
