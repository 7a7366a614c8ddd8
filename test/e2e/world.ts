import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, ApiTokenService, PeopleService, StoreRecord } from '#identity';
import { loadConfig, newId, openDatabase, systemClock, type Clock } from '#platform';
import { DEMO_PASSWORD, PEOPLE, STORES } from '../../apps/launcher/src/demo/carrier.js';
import { type Product, startProduct } from '../../apps/product.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../apps/sandbox/src/index.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/ports.js';
import { waitFor } from '../support/wait.js';
import { Outside } from './outside.js';
import { Staff } from './staff.js';

export const UNDO_SECONDS = 10;

const TWITTER_ENVIRONMENT = {
  HILO_TWITTER_CONSUMER_KEY: 'sandbox-consumer-key',
  HILO_TWITTER_CONSUMER_SECRET: 'sandbox-consumer-secret',
  HILO_TWITTER_ACCESS_TOKEN: '1700000000000000001-sandbox',
  HILO_TWITTER_ACCESS_SECRET: 'sandbox-access-secret',
  HILO_TWITTER_USER_ID: '1700000000000000001',
};

/** What the switchboard outside calls the product with. */
const CALLS_TOKEN = 'hilo_switchboard-of-the-tests';

/** The real time, and what a test has added to it. The product and the outside share it: two clocks that agree. */
export class ShiftedClock implements Clock {
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}

export interface WorldOptions {
  redisUrl?: string;
  environment?: NodeJS.ProcessEnv;
  sandbox?: Partial<SandboxOptions>;
  /** Migrated and empty; a copy of the template unless told. */
  database?: TestDatabase;
}

/** Everything but the product: the outside, a database with people and stores in it, and what the product is told. */
export interface Surroundings {
  /** Where the product will be, `http://127.0.0.1:<port>`. */
  url: string;
  mailPort: number;
  sandbox: Sandbox;
  outside: Outside;
  database: TestDatabase;
  /** Store code → id. */
  stores: Record<'goya' | 'granvia', string>;
  /** Where attachments lie. */
  home: string;
  environment: NodeJS.ProcessEnv;
  login(email: string): Promise<Staff>;
  stop(): Promise<void>;
}

/** People and stores of the demo carrier, and no customer at all. */
async function hire(url: string): Promise<Surroundings['stores']> {
  const database = await openDatabase({ url, pool: 2, entities: [Agent, StoreRecord] });
  const people = new PeopleService();
  const ids = new Map<string, string>();
  await database.transaction(async (tx) => {
    for (const store of STORES) ids.set(store.code, await people.addStore(tx, store));
    for (const { store, ...person } of Object.values(PEOPLE)) {
      const storeId = store ? ids.get(store) : undefined;
      await people.add(tx, { ...person, password: DEMO_PASSWORD, storeId });
    }
  });
  await new ApiTokenService(database, systemClock).keep(CALLS_TOKEN, PEOPLE.elena.email, 'switchboard');
  await database.destroy();
  return { goya: ids.get('goya') ?? '', granvia: ids.get('granvia') ?? '' };
}

/** Puts the outside on free ports and a database beside it. */
export async function surround(options: WorldOptions, now: () => number): Promise<Surroundings> {
  const [home, port, mailPort] = await Promise.all([mkdtemp(join(tmpdir(), 'hilo-e2e-')), freePort(), freePort()]);
  const database = options.database ?? (await createDatabase());
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    caDir: join(home, 'sandbox'),
    webhookUrl: `${url}/webhooks/twitter`,
    productSmtp: { host: '127.0.0.1', port: mailPort },
    switchboard: { apiUrl: `${url}/api/v1`, token: CALLS_TOKEN, retryDelaysMs: [100, 500, 2_000] },
    cast: false,
    challengeRetryMs: 20,
    retryDelaysMs: [100, 500, 2_000],
    mailRetryDelaysMs: [200, 500, 1_000],
    now,
    ...options.sandbox,
  });
  const environment = {
    NODE_ENV: 'test',
    PORT: String(port),
    HILO_HOME: home,
    HILO_SECRET: newId(),
    HILO_LOG_LEVEL: process.env['HILO_E2E_LOG'] ?? 'fatal',
    HILO_UNDO_SECONDS: String(UNDO_SECONDS),
    HILO_SMTP_PORT: String(mailPort),
    HILO_SMTP_URL: sandbox.smtpUrl,
    HILO_MAIL_RATE_PER_DOMAIN: '0',
    HILO_TWITTER_PEER: sandbox.twitterPeer,
    HILO_TWITTER_CA: sandbox.caPath,
    HILO_TWITTER_POLL_SECONDS: '0',
    DATABASE_URL: database.url,
    ...TWITTER_ENVIRONMENT,
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.environment,
  };
  return {
    ...{ url, mailPort, sandbox, database, home, environment },
    stores: await hire(database.url),
    outside: new Outside(sandbox),
    login: (email) => Staff.login(url, email, DEMO_PASSWORD),
    stop: async () => {
      await sandbox.stop();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** X has challenged the product and may deliver. */
export const mayDeliver = ({ sandbox }: Pick<Surroundings, 'sandbox'>): Promise<unknown> =>
  waitFor(() => sandbox.outside.courier.registration.valid, { timeout: 30_000 });

/** The product with both roles in this process, and everything around it. */
export interface World extends Surroundings {
  product: Product;
  clock: ShiftedClock;
}

/** Starts everything. X may deliver when it resolves. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = new ShiftedClock();
  const around = await surround(options, () => clock.now().getTime());
  const prefix = { queuePrefix: `e2e-${new URL(around.url).port}` };
  const product = await startProduct(loadConfig(around.environment), { clock, ...prefix });
  await mayDeliver(around);
  return {
    ...around,
    product,
    clock,
    stop: async () => {
      await product.stop();
      await around.stop();
    },
  };
}
