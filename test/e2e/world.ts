import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { PeopleService } from '#identity';
import { loadConfig, newId, type Clock } from '#platform';
import { DEMO_PASSWORD, PEOPLE, STORES } from '../../apps/launcher/src/demo/carrier.js';
import { type Product, startProduct } from '../../apps/product.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../apps/sandbox/src/index.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/ports.js';
import { waitFor } from '../support/wait.js';
import { Outside } from './outside.js';
import { Staff } from './staff.js';

export const UNDO_SECONDS = 10;

export const TWITTER_ENVIRONMENT = {
  HILO_TWITTER_CONSUMER_KEY: 'sandbox-consumer-key',
  HILO_TWITTER_CONSUMER_SECRET: 'sandbox-consumer-secret',
  HILO_TWITTER_ACCESS_TOKEN: '1700000000000000001-sandbox',
  HILO_TWITTER_ACCESS_SECRET: 'sandbox-access-secret',
  HILO_TWITTER_USER_ID: '1700000000000000001',
};

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

/** The product with both roles, the outside world around it, and people who log in. */
export interface World {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  product: Product;
  sandbox: Sandbox;
  outside: Outside;
  database: TestDatabase;
  clock: ShiftedClock;
  /** Store code → id. */
  stores: Record<'goya' | 'granvia', string>;
  /** Where attachments lie. */
  home: string;
  mailPort: number;
  login(email: string): Promise<Staff>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  redisUrl?: string;
  environment?: NodeJS.ProcessEnv;
  sandbox?: Partial<SandboxOptions>;
}

/** People and stores of the demo carrier, and no customer at all. */
export async function hire(people: PeopleService, database: DataSource): Promise<World['stores']> {
  return database.transaction(async (tx) => {
    const ids = new Map<string, string>();
    for (const store of STORES) ids.set(store.code, await people.addStore(tx, store));
    for (const { store, ...person } of Object.values(PEOPLE)) {
      const storeId = store ? ids.get(store) : undefined;
      await people.add(tx, { ...person, password: DEMO_PASSWORD, storeId });
    }
    return { goya: ids.get('goya') ?? '', granvia: ids.get('granvia') ?? '' };
  });
}

/** Starts everything on free ports with a database of its own. X may deliver when it resolves. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = new ShiftedClock();
  const [database, home, port, mailPort] = await Promise.all([
    createDatabase(),
    mkdtemp(join(tmpdir(), 'hilo-e2e-')),
    freePort(),
    freePort(),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({
    caDir: join(home, 'sandbox'),
    webhookUrl: `${url}/webhooks/twitter`,
    productSmtp: { host: '127.0.0.1', port: mailPort },
    cast: false,
    challengeRetryMs: 20,
    retryDelaysMs: [100, 500, 2_000],
    mailRetryDelaysMs: [200, 500, 1_000],
    now: () => clock.now().getTime(),
    ...options.sandbox,
  });
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    HILO_HOME: home,
    HILO_SECRET: newId(),
    HILO_LOG_LEVEL: process.env['HILO_E2E_LOG'] ?? 'fatal',
    HILO_UNDO_SECONDS: String(UNDO_SECONDS),
    HILO_SMTP_PORT: String(mailPort),
    HILO_SMTP_URL: sandbox.smtpUrl,
    HILO_TWITTER_PEER: sandbox.twitterPeer,
    HILO_TWITTER_CA: sandbox.caPath,
    HILO_TWITTER_POLL_SECONDS: '0',
    DATABASE_URL: database.url,
    ...TWITTER_ENVIRONMENT,
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.environment,
  });
  const product = await startProduct(config, { clock, queuePrefix: `e2e-${port}` });
  const stores = await hire(product.app.get(PeopleService), product.app.get(DataSource));
  await waitFor(() => sandbox.outside.courier.registration.valid);
  return {
    ...{ url, product, sandbox, database, clock, stores, home, mailPort },
    outside: new Outside(sandbox),
    login: (email) => Staff.login(url, email, DEMO_PASSWORD),
    stop: async () => {
      await product.stop();
      await sandbox.stop();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
