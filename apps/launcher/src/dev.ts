import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { say } from './progress.js';
import { startHilo } from './start.js';
import { LEASH, type Supervised } from './supervised.js';

const WATCHED = ['apps', 'libs', 'migrations'];
const SOURCE = /\.ts$/;
const NOT_SERVER = /^web\/|\.spec\.ts$/;
/** Editors save in several strokes. */
const SETTLE_MS = 150;

/** The compiled side of the bootstrap: plain scripts, not part of dist. */
interface Build {
  buildServer(root: string): Promise<boolean>;
}

/**
 * `npm run dev`: as `npm start`, and then every saved source is compiled and the product started again; the web app is
 * served by Vite with what it needs to change under your hands.
 */
export async function run(): Promise<void> {
  const root = process.cwd();
  const { buildServer } = (await import(pathToFileURL(join(root, 'apps/launcher/build.mjs')).href)) as Build;
  const running = await startHilo({ showLogs: true });
  if (!running) return;
  const vite = serveWeb(root, running.url);
  process.once('exit', () => vite.kill());
  watchSources(root, () => rebuild(() => buildServer(root), running.product));
}

function serveWeb(root: string, api: string): ChildProcess {
  const args = ['--import', LEASH, join(root, 'node_modules/vite/bin/vite.js'), 'apps/web', '--host', '127.0.0.1'];
  return spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, HILO_DEV_API: api },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function rebuild(build: () => Promise<boolean>, product: Supervised): Promise<void> {
  try {
    if (await build()) await product.restart();
  } catch (error) {
    // A typing mistake: say it and wait for the next stroke.
    say(error instanceof Error ? error.message : String(error));
  }
}

function watchSources(root: string, onChange: () => Promise<void>): void {
  let settle: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();
  for (const folder of WATCHED.filter((name) => existsSync(join(root, name))))
    watch(join(root, folder), { recursive: true }, (_event, path) => {
      if (path === null || !SOURCE.test(path) || NOT_SERVER.test(path)) return;
      clearTimeout(settle);
      settle = setTimeout(() => {
        turn = turn.then(onChange);
      }, SETTLE_MS);
    });
}
