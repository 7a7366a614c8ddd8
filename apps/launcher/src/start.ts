import { relative } from 'node:path';
import { embeddedIn, explainDatabase, migrateDatabase } from './database.js';
import { ensureDemoData } from './demo-data.js';
import { type HeldHome, lockHome } from './home-lock.js';
import { type EmbeddedPostgres } from './postgres/server.js';
import { isFree } from './ports.js';
import { say, timed } from './progress.js';
import {
  callsToken,
  portsToBind,
  readSettings,
  sandboxEnvironment,
  type SandboxPorts,
  type Settings,
} from './settings.js';
import { StartError } from './start-error.js';
import { distFile, Supervised } from './supervised.js';
import { superviseTerminal } from './terminal.js';
import { until } from './wait.js';

/** Together under the ten seconds within which everything is gone. */
const PRODUCT_STOP_MS = 5000;
const SANDBOX_STOP_MS = 2000;
const DATABASE_STOP_MS = 2000;
/** What was killed a moment ago may still hold a port. */
const PORT_PATIENCE_MS = 3000;

/** Everything a running Hilo consists of. */
class Household {
  home: HeldHome | undefined;
  database: EmbeddedPostgres | undefined;
  sandbox: Supervised | undefined;
  product: Supervised | undefined;
  private stopped: Promise<void> | undefined;

  get isStopping(): boolean {
    return this.stopped !== undefined;
  }

  /** The product first, while what it uses is still there. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      this.home?.announceLeaving();
      await this.product?.stop(PRODUCT_STOP_MS);
      await Promise.all([this.sandbox?.stop(SANDBOX_STOP_MS), this.database?.stop(DATABASE_STOP_MS)]);
      this.home?.release();
    })();
    return this.stopped;
  }
}

export interface RunningHilo {
  /** Where this machine reaches the product. */
  url: string;
  product: Supervised;
}

/** `npm start`: database, migrations, demo data, sandbox, product; runs until it is told to stop. */
export async function run(): Promise<void> {
  await startHilo({ showLogs: false });
}

/**
 * Starts everything and leaves it running; signals end it.
 * @param options showLogs: the product logs to the terminal, not to a file
 * @returns undefined when it did not come to that: the process is on its way out then
 */
export async function startHilo(options: { showLogs: boolean }): Promise<RunningHilo | undefined> {
  const household = new Household();
  const terminal = superviseTerminal(() => household.stop());
  try {
    return await startEverything(household, options, (error) => void terminal.giveUp(error));
  } catch (error) {
    // A start that was interrupted fails here and there on its way out; the stop is the news.
    if (!household.isStopping) await terminal.giveUp(error);
    return undefined;
  }
}

async function startEverything(
  household: Household,
  { showLogs }: { showLogs: boolean },
  onLost: (error: Error) => void,
): Promise<RunningHilo | undefined> {
  const settings = await readSettings(process.env);
  household.home = await lockHome(settings.home);
  await requirePorts(settings);

  if (settings.sandbox) household.sandbox = sandboxOf({ ...settings, sandbox: settings.sandbox }, onLost);
  const sandboxReady = household.sandbox?.start();
  // Its failure is met below; until then it must not count as unhandled.
  sandboxReady?.catch(() => undefined);

  const databaseUrl = await openDatabase(settings, household, onLost);
  if (household.isStopping) return undefined;
  if (settings.demo)
    await timed("the demo carrier's day is there", () =>
      ensureDemoData(databaseUrl, settings.productEnv, {
        token: callsToken(settings.home),
        sandboxUrl: `http://127.0.0.1:${settings.sandbox?.http ?? 3001}`,
      }),
    );
  await sandboxReady;
  if (household.isStopping) return undefined;

  const product = productOf(settings, { databaseUrl, showLogs, onLost });
  household.product = product;
  await timed('the product is up', () => product.start());
  if (household.isStopping) return undefined;
  welcome(settings);
  return { url: settings.url, product };
}

/** Resolves to the URL of a database with the schema of this version. */
async function openDatabase(settings: Settings, household: Household, onLost: (error: Error) => void) {
  const { databaseUrl: given, home } = settings;
  if (given) {
    await migrateDatabase(given).catch((error: unknown) => Promise.reject(explainDatabase(given, error)));
    return given;
  }
  const server = embeddedIn(home, onLost);
  household.database = server;
  const url = await timed('PostgreSQL is running', () => server.start());
  await migrateDatabase(url);
  return url;
}

async function requirePorts(settings: Settings): Promise<void> {
  const wanted = portsToBind(settings);
  let taken = wanted;
  await until(async () => {
    const free = await Promise.all(wanted.map(({ port, host }) => isFree(port, host)));
    taken = wanted.filter((_, index) => !free[index]);
    return taken.length === 0;
  }, PORT_PATIENCE_MS);
  if (taken.length === 0) return;
  const lines = taken.map(({ name, host, port }) => `  ${name}: ${host}:${port} is taken`);
  throw new StartError(
    ['Hilo cannot start, it would listen where somebody else does:', ...lines].join('\n') +
      '\nStop that program, or choose another port, for example: PORT=3100 HILO_SANDBOX_PORT=3101 npm start',
  );
}

const logPath = (settings: Settings, name: string) => `${settings.home}/logs/${name}.log`;

interface ProductOptions {
  databaseUrl: string;
  showLogs: boolean;
  onLost: (error: Error) => void;
}

const productOf = (settings: Settings, { databaseUrl, showLogs, onLost }: ProductOptions): Supervised =>
  new Supervised({
    name: 'the product',
    entry: distFile('apps/main.js'),
    env: { ...settings.productEnv, DATABASE_URL: databaseUrl },
    readyUrl: `${settings.url}/readyz`,
    logPath: showLogs ? undefined : logPath(settings, 'product'),
    onLost,
  });

const sandboxOf = (settings: Settings & { sandbox: SandboxPorts }, onLost: (error: Error) => void): Supervised =>
  new Supervised({
    name: 'the sandbox',
    entry: distFile('apps/sandbox/src/main.js'),
    env: sandboxEnvironment(settings),
    readyUrl: `http://127.0.0.1:${settings.sandbox.http}/healthz`,
    logPath: logPath(settings, 'sandbox'),
    // The product finishes what is in hand when the terminal says stop; the outside world stays for as long.
    detached: true,
    onLost,
  });

function welcome({ url, demo, sandbox, home }: Settings): void {
  say(`\nHilo is ready: ${url}   (${process.uptime().toFixed(1)} s)\n`);
  if (demo) {
    say('  log in as  agent@hilo.test · store@hilo.test · supervisor@hilo.test · admin@hilo.test');
    say('  password   hilo-demo');
  }
  if (sandbox) say(`  sandbox    http://127.0.0.1:${sandbox.http}   (be the customer: write on X, send an email)`);
  const near = relative(process.cwd(), home);
  say(`  logs       ${near.startsWith('..') ? home : near}/logs`);
  say('  stop       Ctrl-C\n');
}
