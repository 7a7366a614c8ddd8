import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { TwitterApi } from 'twitter-api-v2';
import { IntakeService, InvitationService, RejectService } from '#cases';
import {
  ChannelHealth,
  ConnectService,
  DeliveryJob,
  OUTBOUND_CHANNELS,
  TWITTER_PARTS,
  TwitterChannel,
  TwitterClient,
  TwitterPoller,
  TwitterWays,
  TwitterWebhook,
} from '#channels';
import {
  CLOCK,
  CONFIG,
  DomainError,
  loadConfig,
  Metrics,
  newId,
  openDatabase,
  openStorage,
  ProcessLocks,
  Secrets,
  STORAGE,
  Wake,
} from '#platform';
import { FAIR_WEATHER, startSandbox, type KnobPatch, type SandboxOptions } from '../../apps/sandbox/src/index.js';
import type { FakeClock } from '../support/clock.js';
import { createDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';
import { LUCIA, TwitterRecords } from './twitter.records.js';

export { LUCIA, PICTURE, PNG } from './twitter.records.js';

export const CARE = '1700000000000000001';
export const ANTONIO = '1912000000000000102';
export const SECOND = '1700000000000000002';
export const CONVERSATION = `${LUCIA}-${CARE}`;
export const SECRET = 'sandbox-consumer-secret';
const KEYS = {
  HILO_TWITTER_CONSUMER_KEY: 'sandbox-consumer-key',
  HILO_TWITTER_CONSUMER_SECRET: SECRET,
  HILO_TWITTER_ACCESS_TOKEN: `${CARE}-sandbox`,
  HILO_TWITTER_ACCESS_SECRET: 'sandbox-access-secret',
  HILO_TWITTER_USER_ID: CARE,
  HILO_TWITTER_CLIENT_ID: 'sandbox-client-id',
  HILO_TWITTER_CLIENT_SECRET: 'sandbox-client-secret',
};
/** X, a product's database, and everything of the product that speaks with X between them. */
export class TwitterWorld extends TwitterRecords {
  /** The product's clock runs, and can be put forward. */
  aheadMs = 0;
  /** What the product said in its log. */
  readonly logged: string[] = [];
  private readonly note = (...said: unknown[]) => this.logged.push(said.map(String).join(' '));
  databaseUrl: string;
  /** Undefined until the product is up. */
  webhook: TwitterWebhook;
  poller: TwitterPoller;
  channel: TwitterChannel;
  client: TwitterClient;
  delivery: DeliveryJob;
  private clock: FakeClock | undefined;
  private address: string;
  private isDown = false;
  private module: TestingModule;
  private door: Server;
  private folder: string;
  private dropDatabase: () => Promise<void>;

  /** @param clock time of the product and of X, that moves only when told; else real time runs */
  static async start({ clock, ...more }: { clock?: FakeClock } & Partial<SandboxOptions> = {}): Promise<TwitterWorld> {
    const world = new TwitterWorld();
    world.clock = clock;
    const { url, drop } = await createDatabase();
    world.databaseUrl = url;
    world.dropDatabase = drop;
    world.folder = await mkdtemp(join(tmpdir(), 'twitter-'));
    world.door = createServer((request, response) => {
      void world.knock(request).then(({ status, body }) => response.writeHead(status).end(body));
    });
    world.door.listen(0, '127.0.0.1');
    await once(world.door, 'listening');
    const { port } = world.door.address() as AddressInfo;
    world.address = `http://127.0.0.1:${port}`;
    world.sandbox = await startSandbox({
      caDir: world.folder,
      webhookUrl: `${world.address}/webhooks/twitter`,
      challengeRetryMs: 20,
      retryDelaysMs: [20, 20, 20],
      ...(clock && { now: () => clock.now().getTime() }),
      ...more,
    });
    world.database = await openDatabase({ url, pool: 12 });
    world.storage = await openStorage(pathToFileURL(join(world.folder, 'attachments')).href, world.database);
    await world.startProduct();
    if (more.webhooks !== 'managed') await waitFor(() => world.sandbox.outside.courier.registration.valid);
    return world;
  }

  /** A process of the product begins. */
  async startProduct(): Promise<void> {
    this.module = await this.product(this.databaseUrl);
    this.webhook = this.module.get(TwitterWebhook);
    this.poller = this.module.get(TwitterPoller);
    this.channel = this.module.get(TwitterChannel);
    this.client = this.module.get(TwitterClient);
    this.delivery = this.module.get(DeliveryJob);
    this.isDown = false;
  }

  /** It is gone, with everything it had not written down; X finds nobody at the door. */
  async stopProduct(): Promise<void> {
    this.isDown = true;
    await this.poller.stop();
  }

  /** What a process of the product is made of, as far as X goes. */
  product(databaseUrl: string, peer = this.sandbox.twitterPeer): Promise<TestingModule> {
    const config = loadConfig({
      ...KEYS,
      DATABASE_URL: databaseUrl,
      HILO_SECRET: 'x'.repeat(32),
      HILO_BASE_URL: this.address,
      HILO_TWITTER_PEER: peer,
      HILO_TWITTER_AUTHORIZE_URL: `${this.sandbox.url}/i/oauth2/authorize`,
      HILO_TWITTER_CA: this.sandbox.caPath,
      HILO_TWITTER_POLL_SECONDS: '0.05',
    });
    return Test.createTestingModule({
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: CLOCK, useValue: { now: () => this.now() } },
        { provide: STORAGE, useValue: this.storage },
        { provide: DataSource, useValue: this.database },
        { provide: OUTBOUND_CHANNELS, useFactory: (channel: TwitterWays) => [channel], inject: [TwitterWays] },
        ...TWITTER_PARTS,
        ...[IntakeService, InvitationService, RejectService, ChannelHealth, DeliveryJob],
        ...[Metrics, ProcessLocks, Secrets, Wake],
      ],
    })
      .setLogger({ log: this.note, warn: this.note, error: this.note })
      .compile();
  }

  async end(): Promise<void> {
    await this.sandbox.stop();
    this.door.closeAllConnections();
    this.door.close();
    await this.poller.stop();
    await this.database.destroy();
    await this.dropDatabase();
    await rm(this.folder, { recursive: true });
  }

  now(): Date {
    return this.clock?.now() ?? new Date(Date.now() + this.aheadMs);
  }

  /** What goes wrong outside from now on. */
  weather(patch: KnobPatch): void {
    this.sandbox.outside.knobs.set(patch);
  }

  /** Nothing is brought: only polling finds messages. */
  withoutWebhooks(): void {
    this.weather({ webhooks: { enabled: false } });
  }

  fair(): void {
    this.weather(structuredClone(FAIR_WEATHER));
  }

  /** Something of the product. */
  get<T>(kind: new (...args: never[]) => T): T {
    return this.module.get<T>(kind);
  }

  /** Somebody says yes at X for the second account. */
  async connect(): Promise<void> {
    const connecting = this.get(ConnectService);
    const { url } = connecting.begin();
    const back = new URL((await fetch(`${url}&allow=${SECOND}`, { redirect: 'manual' })).headers.get('location') ?? '');
    await connecting.finish(back.searchParams.get('state') ?? '', back.searchParams.get('code') ?? '');
  }

  /** The care account writes from somewhere else: X's own app. */
  async writeInX(text: string): Promise<string> {
    const elsewhere = new TwitterApi(
      {
        appKey: KEYS.HILO_TWITTER_CONSUMER_KEY,
        appSecret: SECRET,
        accessToken: KEYS.HILO_TWITTER_ACCESS_TOKEN,
        accessSecret: KEYS.HILO_TWITTER_ACCESS_SECRET,
      },
      { httpAgent: this.client.agent },
    );
    const answer: unknown = await elsewhere.v2.sendDmToParticipant(LUCIA, { text });
    return (answer as { data: { dm_event_id: string } }).data.dm_event_id;
  }

  /** A reply of ours that is about to leave: as the composer and the sweep leave it. */
  async reply(text: string, to = LUCIA): Promise<string> {
    const id = newId();
    await this.rows(
      `insert into interaction (id, case_id, contact_point_id, thread_id, channel, direction, text, author_kind, author_name, occurred_at, received_at, search)
       select $1, t.case_id, t.contact_point_id, t.id, 'twitter', 'outbound', $2, 'agent', 'Marta', $3, $3, ''
       from channel_thread t join contact_point p on p.id = t.contact_point_id where t.channel = 'twitter' and p.value = $4`,
      [id, text, this.now(), to],
    );
    await this.rows(
      `insert into delivery (interaction_id, channel, state, due_at, first_due_at, attempts) values ($1, 'twitter', 'pending', $2, $2, 1)`,
      [id, this.now()],
    );
    return id;
  }

  /** Replies whose turn it is, as the sweep would claim them. */
  async due(): Promise<string[]> {
    const rows = await this.rows<{ id: string }>('select twitter_due($1, 100) as id', [this.now()]);
    return rows.map(({ id }) => id);
  }

  /** The next try of a reply, as a claimed job runs it. */
  async deliver(
    id: string,
    delivery = this.delivery,
  ): Promise<{ state: string; reason: string | null; externalId: string | null; dueAt: Date }> {
    await this.rows(
      'update delivery set attempts = greatest(attempts, claimed_attempt + 1) where interaction_id = $1',
      [id],
    );
    const [claimed] = await this.rows<{ attempts: number }>('select attempts from delivery where interaction_id = $1', [
      id,
    ]);
    const attempts = claimed?.attempts ?? 0;
    await delivery.run({ interactionId: id, attempt: attempts, correlationId: null });
    const [row] = await this.rows<{ state: string; reason: string | null; externalId: string | null; dueAt: Date }>(
      `select d.state, d.reason, i.external_id as "externalId", d.due_at as "dueAt" from delivery d join interaction i on i.id = d.interaction_id where i.id = $1`,
      [id],
    );
    if (!row) throw new Error(`no delivery ${id}`);
    return row;
  }

  /** Another process on the same database. */
  async second(): Promise<DeliveryJob> {
    return (await this.product(this.databaseUrl)).get(DeliveryJob);
  }

  /** How many connections to X were made while something was done. */
  async dialled(work: () => Promise<unknown>): Promise<number> {
    const { agent } = this.client;
    const dial = agent.createConnection.bind(agent);
    let count = 0;
    agent.createConnection = (...args: Parameters<typeof dial>) => {
      count += 1;
      return dial(...args);
    };
    try {
      await work();
    } finally {
      agent.createConnection = dial;
    }
    return count;
  }

  /** What the product's HTTP door does with X's calls. */
  private async knock(request: IncomingMessage): Promise<{ status: number; body: string }> {
    if (!this.webhook || this.isDown) return { status: 503, body: '' };
    const token = new URL(request.url ?? '/', 'http://door').searchParams.get('crc_token');
    if (token !== null) return { status: 200, body: JSON.stringify(this.webhook.answerChallenge(token)) };
    try {
      const body = await buffer(request);
      this.webhook.verify(body, [request.headers['x-twitter-webhooks-signature']].flat().at(0));
      await this.webhook.receive(body);
      return { status: 200, body: '' };
    } catch (error) {
      return { status: error instanceof DomainError ? error.status : 500, body: String(error) };
    }
  }
}
