// Sources → dist, only what changed since the last time.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const SERVER_FOLDERS = ['apps', 'libs', 'migrations', 'bench'];
const WEB_FOLDERS = ['apps/web', 'libs/contracts/src'];
const WEB = 'apps/web';
const IGNORED = new Set(['node_modules', 'dist', 'generated']);

/** Every file below `folder`, as paths relative to `root`, in a fixed order. */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    });
}

const isServerSource = (path) => /\.[cm]?tsx?$/.test(path) && !path.startsWith(`${WEB}/`) && !path.includes('.spec.');

const serverSources = (root) =>
  SERVER_FOLDERS.flatMap((folder) => filesBelow(root, folder)).filter((path) => isServerSource(path));

/** Hash of names and contents: a fresh checkout with other times is not a change. */
function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}

/** Runs `build` unless the stamp says that these very sources were built; the stamp is written after success only. */
async function whenChanged({ root, name, output, key }, build) {
  const stamp = join(root, 'dist', `.built-${name}`);
  if (existsSync(join(root, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return false;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, key);
  return true;
}

const localTool = (root, path) => join(root, 'node_modules', path);

/** A source that is gone takes its output along: a deleted migration must not run again. */
function prune(root, sources) {
  const kept = new Set(sources.map((path) => path.replace(/\.([cm]?)tsx?$/, '.$1js')));
  const outputs = SERVER_FOLDERS.flatMap((folder) => filesBelow(join(root, 'dist'), folder));
  for (const path of outputs)
    if (!kept.has(path.replace(/\.map$/, ''))) rmSync(join(root, 'dist', path), { force: true });
}

/** Compiles apps, libs, migrations and benches into dist. Returns whether anything was done. */
export function buildServer(root) {
  const sources = serverSources(root);
  const key = fingerprint(root, [...sources, '.swcrc', 'package-lock.json']);
  return whenChanged({ root, name: 'server', output: 'dist/apps', key }, () =>
    step(`building the server (${sources.length} files)`, async () => {
      const folders = SERVER_FOLDERS.filter((folder) => existsSync(join(root, folder)));
      const ignore = '**/apps/web/**,**/*.spec.ts,**/*.spec.tsx,**/*.mjs';
      const swc = localTool(root, '@swc/cli/bin/swc.js');
      await runCommand(process.execPath, [swc, ...folders, '-d', 'dist', '--ignore', ignore, '-q'], { cwd: root });
      prune(root, sources);
    }),
  );
}

/** Bundles the single-page app into dist/web. Returns whether anything was done. */
export async function buildWeb(root) {
  if (!existsSync(join(root, WEB, 'index.html'))) return false;
  const sources = WEB_FOLDERS.flatMap((folder) => filesBelow(root, folder)).filter((path) => !path.includes('.spec.'));
  const key = fingerprint(root, [...sources, 'package-lock.json']);
  return whenChanged({ root, name: 'web', output: 'dist/web/index.html', key }, () =>
    step('building the web app', async () => {
      const vite = localTool(root, 'vite/bin/vite.js');
      const env = { ...process.env, NODE_ENV: 'production' };
      await runCommand(process.execPath, [vite, 'build', relative(root, join(root, WEB))], { cwd: root, env });
    }),
  );
}
