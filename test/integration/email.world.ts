import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { DataSource, EntityManager } from 'typeorm';
import type { Arrival, InboundInteraction } from '#contracts';
import { AutomaticMail, IntakeService, RejectService, SystemMail } from '#cases';
import {
  BounceIntake,
  MailDrain,
  MailGate,
  MailListener,
  MailReader,
  MailSieve,
  OverLimitMail,
  SenderCheck,
  SideDoors,
} from '#channels';
import { loadConfig, Metrics, openDatabase, openStorage, Secrets, Wake, type Config, type Storage } from '#platform';
import { FakeClock } from '../support/clock.js';
import type { TestDatabase } from '../support/database.js';
import { Line } from './email.smtp.js';

export const CARE = 'care@hilo.test';
export const NOW = '2026-11-21T12:00:00.000Z';

export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Lines as they travel. */
export const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/** A plain mail; what a test is about it says itself. */
export function plainMail(
  over: { from?: string; subject?: string; messageId?: string | null; text?: string; headers?: string } = {},
): string {
  const messageId = over.messageId === undefined ? '<1@example.com>' : over.messageId;
  return crlf(
    [
      `From: ${over.from ?? 'Robin Díaz <robin@example.com>'}`,
      `To: ${CARE}`,
      `Subject: ${over.subject ?? 'No funciona'}`,
      ...(messageId ? [`Message-ID: ${messageId}`] : []),
      'Date: Sat, 21 Nov 2026 12:30:00 +0100',
      ...(over.headers ? [over.headers] : []),
      'Content-Type: text/plain; charset=utf-8',
      '',
      over.text ?? 'El móvil no funciona.',
      '',
    ].join('\n'),
  );
}

/** Intake that can be made to stumble. */
export class StumblingIntake extends IntakeService {
  batches: number[] = [];
  /** Called after a batch is written and before it is committed. */
  stumble: (tx: EntityManager, messages: InboundInteraction[]) => Promise<void> = () => Promise.resolve();

  override async receive(tx: EntityManager, messages: InboundInteraction[]): Promise<Arrival[]> {
    const arrivals = await super.receive(tx, messages);
    this.batches.push(messages.length);
    await this.stumble(tx, messages);
    return arrivals;
  }
}

/** Storage that can be made to fail. */
export class FailingStorage implements Storage {
  failPut = false;
  readonly missing = new Set<string>();

  constructor(private readonly real: Storage) {}

  put(body: Readable, options?: { maxBytes?: number }) {
    if (!this.failPut) return this.real.put(body, options);
    body.resume();
    return Promise.reject(new Error('no space left on device'));
  }

  get(key: string): Promise<Readable> {
    return this.missing.has(key) ? Promise.reject(new Error('storage is away')) : this.real.get(key);
  }

  async getSmall(keys: string[]): Promise<Map<string, Buffer>> {
    return this.real.getSmall(keys.filter((key) => !this.missing.has(key)));
  }

  has(key: string): Promise<boolean> {
    return this.real.has(key);
  }

  remove(key: string): Promise<void> {
    return this.real.remove(key);
  }
}

export interface MailRow {
  id: string;
  storage_key: string;
  state: string;
  attempts: number;
  interaction_id: string | null;
  correlation_id: string;
  envelope_from: string;
  envelope_to: string[];
  remote_ip: string;
}

/** A product that only knows mail: the listener, the drain, a database behind a line that can be cut, a storage folder. */
export class EmailWorld {
  readonly clock = new FakeClock(NOW);
  readonly wake = new Wake();
  readonly sideDoors = new SideDoors();
  /** What DNS answers: `TXT example.com` → its records. */
  readonly dns = new Map<string, string[][] | string[]>();
  config: Config;
  test: TestDatabase;
  line: Line;
  database: DataSource;
  storage: FailingStorage;
  intake: StumblingIntake;
  listener: MailListener;
  drain: MailDrain;
  port: number;
  folder: string;

  /** A world on an empty database; the database belongs to the caller. */
  static async start(test: TestDatabase, environment: Record<string, string> = {}): Promise<EmailWorld> {
    // What goes wrong here goes wrong on purpose.
    Logger.overrideLogger(false);
    const world = new EmailWorld();
    world.test = test;
    // What the product never empties is emptied here all the same.
    await test.query(
      'begin; set local session_replication_role = replica; truncate customer, inbound_mail, inbound_reject, partner cascade; commit',
    );
    world.folder = await mkdtemp(join(tmpdir(), 'email-'));
    const url = new URL(world.test.url);
    world.line = new Line(url.hostname, Number(url.port));
    url.hostname = '127.0.0.1';
    url.port = String(await world.line.mend());
    world.config = loadConfig({
      DATABASE_URL: url.href,
      HILO_SECRET: 'x'.repeat(32),
      HILO_MAIL_ADDRESS: CARE,
      HILO_SMTP_PORT: '0',
      HILO_MAIL_LIMIT_MB: '2',
      ...environment,
    });
    world.database = await openDatabase({ url: url.href, pool: 6 });
    world.storage = new FailingStorage(await openStorage(pathToFileURL(world.folder), world.database));
    world.intake = new StumblingIntake(world.clock, new Metrics());
    const { config, storage, database, wake, clock } = world;
    world.listener = new MailListener(config, storage, database, wake, clock);
    world.drain = new MailDrain(
      new MailReader(config, storage, new SenderCheck(world.lookUp, 30_000)),
      database,
      world.intake,
      new MailSieve(
        new MailGate(config, clock),
        new BounceIntake(new Secrets(config), clock),
        new RejectService(clock),
        new OverLimitMail(new AutomaticMail(clock), new SystemMail(new Secrets(config), config, clock)),
        world.sideDoors,
        new Secrets(config),
      ),
      clock,
      wake,
    );
    world.port = await world.listener.start();
    return world;
  }

  readonly lookUp = (domain: string, type: string): Promise<string[][] | string[]> => {
    const records = this.dns.get(`${type} ${domain.toLowerCase()}`);
    if (records) return Promise.resolve(records);
    return Promise.reject(Object.assign(new Error(`no ${type} for ${domain}`), { code: 'ENOTFOUND' }));
  };

  async end(): Promise<void> {
    await this.listener.stop();
    await this.drain.stop();
    await this.database.destroy();
    await this.line.cut();
    await rm(this.folder, { recursive: true });
  }

  /** Sends mails over one connection. @throws the refusal, with its responseCode */
  async deliver(...mails: (string | Buffer)[]): Promise<void> {
    await this.deliverAs({ from: 'bounce@example.com', to: CARE }, ...mails);
  }

  /** With an envelope of its own; `from: ''` is the null sender. */
  async deliverAs(envelope: { from: string; to: string }, ...mails: (string | Buffer)[]): Promise<void> {
    const transport = createTransport({ host: '127.0.0.1', port: this.port, pool: true, maxConnections: 4 });
    try {
      await Promise.all(mails.map((raw) => transport.sendMail({ envelope, raw })));
    } finally {
      transport.close();
    }
  }

  /** Drains until nothing is due. @returns how many mails were looked at */
  async drained(): Promise<number> {
    let total = 0;
    for (let taken = -1; taken !== 0; total += taken) taken = await this.drain.drain();
    return total;
  }

  mails(): Promise<MailRow[]> {
    return this.test.query<MailRow & Record<string, unknown>>('select * from inbound_mail order by received_at, id');
  }

  async count(
    table: 'interaction' | 'cases' | 'inbound_mail' | 'inbound_reject' | 'attachment' | 'customer',
  ): Promise<number> {
    const [row] = await this.test.query<{ n: number }>(`select count(*)::int as n from ${table}`);
    return row?.n ?? -1;
  }

  /** Every file of the storage folder, finished or not. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  }
}
