import { isNativeError } from 'node:util/types';
import { Logger } from '@nestjs/common';
import { within, type ProcessLocks } from '#platform';
import { isOwnAddress } from './address.rules.js';
import type { ChannelHealth, ChannelReport } from '../health/index.js';
import { newConnection } from './imap.connection.js';
import type { ImapHouse } from './imap.house.js';
import { HouseError, ImapIntake } from './imap.intake.js';
import { ImapSession } from './imap.session.js';
import { CursorStore } from './mailbox.cursor.js';
import { cursorKey, failureOf, waitAfter, type MailboxFailure, type Patience } from './mailbox.rules.js';
import type { Mailboxes, OpenMailbox, SealedMailbox } from './mailbox.store.js';
import { MailboxTokens } from './mailbox.tokens.js';
import type { OwnAddresses } from './own.addresses.js';

export interface WatchPace extends Patience {
  pollMs: number;
  /** How often somebody else's mailbox is asked for. */
  lockMs: number;
}

export interface WatchHouse {
  house: ImapHouse;
  locks: ProcessLocks;
  health: ChannelHealth;
  mailboxes: Mailboxes;
  own: OwnAddresses;
  pace: WatchPace;
}

/** A connection that lasts less, and brings nothing, is no recovery. */
const STEADY_MS = 60_000;
/** Connections in a row that end at once before people are told. */
const MANY_DROPS = 3;
/** Longest wait for the work in hand. */
const STOP_MS = 3000;

export const healthKey = (id: string): string => `imap:${id}`;

/** Watches one mailbox for as long as it runs: connects, takes in, and when the connection ends, begins anew. */
export class MailboxWatcher {
  private readonly log = new Logger(MailboxWatcher.name);
  private readonly tries = new Map<number, number>();
  private readonly key: string;
  /** In a row: rounds that never got as far as the folder, and those that ended soon after. */
  private failures = 0;
  private drops = 0;
  private houseFailures = 0;
  private isOpen = false;
  private openedAt = 0;
  private session: ImapSession | null = null;
  private running: Promise<void> | null = null;
  private readonly stopped = new AbortController();
  private tokens: MailboxTokens | null = null;
  private endsAt: Date | undefined;
  /** The token server refuses another one; the connection may go on for a while without. */
  private isRefused = false;
  private renewAt = 0;

  constructor(
    readonly mailbox: SealedMailbox,
    private readonly around: WatchHouse,
  ) {
    this.key = cursorKey(mailbox);
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Within a few seconds, whatever the server does. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.session?.stop();
    if (this.running && !(await within(STOP_MS, this.running))) this.log.warn(`mailbox ${this.mailbox.id} is cut off`);
    await this.around.locks.release(this.key);
  }

  private get isStopping(): boolean {
    return this.stopped.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      let pause: number;
      try {
        pause = (await this.round()) ? 0 : this.around.pace.lockMs;
        this.houseFailures = 0;
      } catch (error) {
        pause = await this.failed(error);
      }
      if (pause > 0) await this.rest(pause);
    }
  }

  /** @returns false when another process watches this mailbox */
  private async round(): Promise<boolean> {
    if (!(await ours(this.around.locks.hold(this.key)))) return false;
    // Not as it was when we began: a token may have been renewed by another process.
    const current = await ours(this.around.mailboxes.find(this.around.house.database.manager, this.mailbox.id));
    const mailbox = current.open();
    const { connection, session } = await this.connect(mailbox);
    try {
      const folder = await session.open();
      await this.opened();
      const store = new CursorStore(this.around.house.database, this.around.house.clock, this.key);
      const cursor = await ours(store.open(folder.uidValidity, folder.uidNext));
      const own = await ours(this.around.own.list());
      const place = {
        ...mailbox,
        isOwn: (address: string) => isOwnAddress(address, own),
        onTaken: () => this.taken(),
      };
      const intake = new ImapIntake(connection, place, cursor, store, this.around.house, this.tries);
      await session.work(cursor, store, {
        mayGoOn: () => this.mayGoOn(),
        takeNew: (isStopping) => intake.takeNew(isStopping),
      });
      return this.isStopping;
    } finally {
      this.session = null;
      connection.close();
    }
  }

  private async connect(mailbox: OpenMailbox) {
    const auth = { user: mailbox.username, ...(await this.credentials(mailbox)) };
    const connection = newConnection(mailbox, auth, this.around.house.limitBytes);
    const { folder, moveTo } = mailbox;
    this.session = new ImapSession(connection, { name: mailbox.id, folder, moveTo, pollMs: this.around.pace.pollMs });
    if (this.isStopping) connection.close();
    return { connection, session: this.session };
  }

  private async credentials({ access }: OpenMailbox): Promise<{ pass: string } | { accessToken: string }> {
    if (access.kind === 'password') return { pass: access.password };
    if (access.kind === 'token') return { accessToken: access.accessToken };
    this.tokens ??= new MailboxTokens(access, (renewed) => this.around.mailboxes.renew(this.mailbox, renewed));
    return { accessToken: await this.newToken(this.tokens) };
  }

  private async newToken(tokens: MailboxTokens): Promise<string> {
    const token = await tokens.current();
    this.endsAt = tokens.endsAt ?? undefined;
    this.isRefused = false;
    return token;
  }

  /** In time, so that people hear of an access that is over while mail still comes in, and not when the connection ends. */
  private async renew(): Promise<void> {
    const { tokens } = this;
    if (!tokens?.isOver || performance.now() < this.renewAt) return;
    this.renewAt = performance.now() + this.around.pace.refusedMs;
    try {
      await this.newToken(tokens);
      await this.well();
    } catch (error) {
      const failure = failureOf(isNativeError(error) ? error : new Error(String(error)), true);
      // A token server that is away hinders nothing yet.
      if (failure.reason !== 'channel.reconnect') return;
      this.isRefused = true;
      await this.tell(failure);
    }
  }

  private async opened(): Promise<void> {
    if (this.failures > 1) this.log.log(`mailbox ${this.mailbox.id} is open again`);
    this.failures = 0;
    this.isOpen = true;
    this.openedAt = performance.now();
    if (this.drops < MANY_DROPS) await this.well();
  }

  private async mayGoOn(): Promise<boolean> {
    await this.renew();
    if (this.drops > 0 && performance.now() - this.openedAt > STEADY_MS) await this.steady();
    // One that is cut off must not take back what it has let go of.
    return !this.isStopping && ours(this.around.locks.hold(this.key));
  }

  private async taken(): Promise<void> {
    this.around.house.wake.ring('mail');
    this.around.health.seen(healthKey(this.mailbox.id), 'in');
    if (this.drops > 0) await this.steady();
  }

  private async steady(): Promise<void> {
    this.drops = 0;
    await this.well();
  }

  private async well(): Promise<void> {
    if (!this.isRefused) await ours(this.report({ state: 'ok' }));
  }

  private report(said: Pick<ChannelReport, 'state' | 'reason' | 'detail'>): Promise<void> {
    const { id, address } = this.mailbox;
    const { endsAt } = this;
    return this.around.health.report(healthKey(id), {
      ...{ channel: 'email', label: address, ...said },
      ...(endsAt && { expiresAt: endsAt }),
    });
  }

  /** @returns how long to wait before the next try, in milliseconds */
  private async failed(error: unknown): Promise<number> {
    const { pace } = this.around;
    const wasOpen = this.isOpen;
    this.isOpen = false;
    if (this.isStopping) return 0;
    if (error instanceof HouseError) {
      this.houseFailures += 1;
      if (this.houseFailures === 1) this.log.warn(`mailbox ${this.mailbox.id} waits: ${error.message}`);
      return waitAfter(this.houseFailures, 'channel.failing', pace);
    }
    if (wasOpen) this.drops += 1;
    else this.failures += 1;
    const failure = failureOf(
      isNativeError(error) ? error : new Error(String(error)),
      this.mailbox.accessKind !== 'password',
    );
    if (failure.reason === 'channel.reconnect') {
      const mayDo = this.tokens?.reject() ?? false;
      this.tokens = null;
      // The token we had ended before its time: another one may do.
      if (mayDo) return pace.firstMs;
    }
    await this.tell(failure);
    return waitAfter(this.failures + this.drops, failure.reason, pace);
  }

  /** A connection that ends now and then is nothing to tell of. */
  private async tell(failure: MailboxFailure): Promise<void> {
    const { id } = this.mailbox;
    const isRefused = failure.reason !== 'channel.unreachable';
    if (!isRefused && this.failures < 2 && this.drops < MANY_DROPS) return;
    if (this.failures + this.drops <= 3) this.log.warn(`mailbox ${id}: ${failure.reason}, ${failure.detail}`);
    await this.report({ state: 'trouble', ...failure });
  }

  private async rest(ms: number): Promise<void> {
    const over = Promise.withResolvers<void>();
    const timer = setTimeout(over.resolve, ms);
    this.stopped.signal.addEventListener('abort', () => over.resolve(), { once: true });
    if (this.isStopping) over.resolve();
    await over.promise;
    clearTimeout(timer);
  }
}

/** Work of the house: its failures say nothing about the mailbox. */
async function ours<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new HouseError(isNativeError(error) ? error.message : String(error), { cause: error });
  }
}
