import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { step } from '../../apps/launcher/progress.mjs';
import { runCommand } from '../../apps/launcher/run-command.mjs';
import { SUITES } from './suites.mjs';
import { banner } from './tally.mjs';

/** Programs the tests need and a machine may lack: where to find them, and Debian's package. */
const PROGRAMS = {
  redis: { commands: ['redis-server'], package: 'redis-server' },
  dovecot: { commands: ['dovecot'], package: 'dovecot-imapd' },
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], package: 'chromium', set: 'CHROMIUM_PATH' },
  shell: {
    commands: ['chromium-headless-shell'],
    package: 'chromium-headless-shell',
    set: 'CHROMIUM_SHELL_PATH',
  },
};

/** Servers lie where only root looks. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

const onPath = (command) => FOLDERS.map((folder) => join(folder, command)).find((path) => existsSync(path));

const locate = (program) => (program.set && process.env[program.set]) || program.commands.map(onPath).find(Boolean);

const mayInstall = () => existsSync('/etc/debian_version') && process.getuid?.() === 0;

async function install(name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step(`installing ${name} (apt-get)`, async () => {
    await runCommand('apt-get', ['update', '-q'], { env });
    await runCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', name], { env });
  });
}

/** Why the program cannot be used; undefined when it can. */
async function lackOf(program) {
  if (locate(program)) return undefined;
  if (!mayInstall()) return `${program.package} is not installed`;
  try {
    await install(program.package);
    return locate(program) ? undefined : `${program.package} was installed but is not on the PATH`;
  } catch (error) {
    return `${program.package} could not be installed: ${error.message.trim().split('\n').at(-2) ?? error.message}`;
  }
}

async function startDatabase(root) {
  if (process.env.HILO_TEST_DATABASE_URL) return { url: process.env.HILO_TEST_DATABASE_URL, stop: async () => {} };
  const module = pathToFileURL(join(root, 'dist/apps/launcher/src/postgres/short-lived.js'));
  const { startShortLivedServer } = await import(module.href);
  return step('starting PostgreSQL for the tests', () => startShortLivedServer());
}

/**
 * What the chosen suites need around them: a PostgreSQL for all of them, Redis, Dovecot and Chromium on this machine.
 * @returns `env` for the suites, `lacks` (need → reason) for what could not be had, `stop` to take it all down
 */
export async function provide(root, suites) {
  banner('surroundings');
  const needed = (need) => suites.some((name) => [...SUITES[name].needs, ...(SUITES[name].likes ?? [])].includes(need));
  const surroundings = { env: {}, lacks: {}, stop: async () => {} };
  // Whoever names a Chromium means that one everywhere.
  const named = process.env.CHROMIUM_PATH && !process.env.CHROMIUM_SHELL_PATH;
  for (const [name, program] of Object.entries(PROGRAMS).filter(([name]) => needed(name))) {
    if (name === 'shell' && named) continue;
    surroundings.lacks[name] = await lackOf(program);
    if (program.set && !surroundings.lacks[name]) surroundings.env[program.set] = locate(program);
  }
  if (needed('database')) {
    try {
      const database = await startDatabase(root);
      surroundings.env.HILO_TEST_DATABASE_URL = database.url;
      surroundings.stop = database.stop;
    } catch (error) {
      surroundings.lacks.database = `no PostgreSQL: ${error.message}`;
    }
  }
  return surroundings;
}
