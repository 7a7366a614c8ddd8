import { RejectService } from '#cases';
import { ChannelHealth, ImapHouse, Mailboxes, MailboxTester, MailboxWatch, OwnAddresses } from '#channels';
import type { NewMailboxBody } from '#contracts';
import { ProcessLocks, Secrets } from '#platform';
import type { TestDatabase } from '../support/database.js';
import { PASSWORD, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { EmailWorld } from './email.world.js';

/** Quick enough for a test, slow enough to see whether anybody hurries. */
export const PACE = { pollMs: 500, firstMs: 50, longestMs: 200, refusedMs: 300, lockMs: 50 };

export interface HealthRow {
  key: string;
  state: string;
  reason: string | null;
  detail: string | null;
  label: string;
}

/** The mail road with its mailboxes: what a worker process runs of it. */
export class MailboxWorld {
  mailboxes: Mailboxes;
  tester: MailboxTester;
  watch: MailboxWatch;
  health: ChannelHealth;

  private constructor(readonly email: EmailWorld) {
    const { config, database, storage, clock, wake } = email;
    const own = new OwnAddresses(config, database);
    this.health = new ChannelHealth(database, clock);
    this.mailboxes = new Mailboxes(config, database, new Secrets(config), own, clock);
    this.tester = new MailboxTester(config, this.mailboxes);
    const house = new ImapHouse(config, storage, database, new RejectService(clock), clock, wake);
    this.watch = new MailboxWatch(house, this.mailboxes, own, new ProcessLocks(database), this.health, wake);
  }

  static async open(test: TestDatabase, environment: Record<string, string> = {}): Promise<MailboxWorld> {
    await test.query('truncate mailbox, mailbox_cursor, channel_health');
    const email = await EmailWorld.start(test, environment);
    return new MailboxWorld(email);
  }

  /** Another process of the same product; its settings are read anew. */
  twin(): MailboxWorld {
    return new MailboxWorld(this.email);
  }

  start(pace: Partial<typeof PACE> = {}): void {
    this.watch.start({ ...PACE, ...pace });
  }

  async end(): Promise<void> {
    await this.watch.stop();
    await this.email.end();
  }

  /** A mailbox of the table. */
  async add(dovecot: TestDovecot, user: string, over: Partial<NewMailboxBody> = {}): Promise<string> {
    return this.email.database.transaction((tx) =>
      this.mailboxes.add(tx, {
        ...{
          address: `${user}@hilo.test`,
          host: '127.0.0.1',
          port: dovecot.port,
          security: 'none',
          username: user,
          folder: 'INBOX',
        },
        ...{ moveTo: null, trustedAuthserv: null, access: { kind: 'password', password: PASSWORD }, active: true },
        ...over,
      }),
    );
  }

  /** Waits for so many rows, and for the server to know. */
  async taken(count: number): Promise<void> {
    await waitFor(async () => (await this.email.count('inbound_mail')) >= count, { timeout: 20_000 });
    await waitFor(async () => {
      const [row] = await this.email.test.query<{ n: number }>(
        `select count(*)::int as n from mailbox_cursor where to_mark <> '{}' or to_flag <> '{}'`,
      );
      return row?.n === 0;
    });
  }

  async healthOf(id = 'environment'): Promise<HealthRow | undefined> {
    const rows = await this.email.test.query<HealthRow & Record<string, unknown>>(
      'select key, state, reason, detail, label from channel_health where key = $1',
      [`imap:${id}`],
    );
    return rows[0];
  }

  isWell(id = 'environment'): Promise<unknown> {
    return waitFor(async () => (await this.healthOf(id))?.state === 'ok');
  }

  isTroubled(reason: string, id = 'environment'): Promise<HealthRow> {
    return waitFor(async () => {
      const row = await this.healthOf(id);
      return row?.reason === reason && row;
    });
  }
}
