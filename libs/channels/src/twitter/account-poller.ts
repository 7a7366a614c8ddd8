import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { sqlState, withRetry, type Clock } from '#platform';
import { AccountClosed, type TwitterAccounts } from './accounts/index.js';
import { callFailure, type CallFailure } from './call-failure.js';
import { compareIds, idBefore, type DirectMessage, type Unreadable } from './direct-message.rules.js';
import { DM_EVENT_QUERY, readDmEvents, type ListedEvent } from './dm-events.rules.js';
import { storedIds } from './echoes.js';
import { detailOf } from './send-outcome.rules.js';
import { SinglePoller } from './single-poller.js';
import type { TwitterClient } from './twitter-client.js';
import { BATCH, type TwitterIntake } from './twitter-intake.js';
import type { UnreadableEvents } from './unreadable-events.js';

/** Events cost money each: a look that finds little asks for little, catching up asks for all X gives. */
const FIRST_PAGE = 20;
const NEXT_PAGES = 100;
/** Events may become visible late: within this time before the cursor, what is missing is taken too. */
const LOOK_BACK_MS = 10 * 60_000;

/** A catching-up that X's limit interrupted: it goes on where it stopped. */
interface Backlog {
  /** Newest first. */
  events: ListedEvent[];
  token: string;
}

/** What polling works with, the same for every account. */
export interface PollingTools {
  accounts: TwitterAccounts;
  client: TwitterClient;
  intake: TwitterIntake;
  unreadable: UnreadableEvents;
  database: DataSource;
  clock: Clock;
  everyMs: number;
}

/** Fetches what the webhook did not bring to one account. The cursor moves with the messages or not at all. */
export class AccountPoller {
  private readonly log = new Logger(AccountPoller.name);
  private readonly key: string;
  private readonly lock: SinglePoller;
  private inHand: Promise<number> | null = null;
  private backlog: Backlog | null = null;
  private notBefore = new Date(0);
  private trouble = '';

  constructor(
    private readonly userId: string,
    private readonly tools: PollingTools,
  ) {
    this.key = `twitter:${userId}`;
    this.lock = new SinglePoller(tools.database, this.key);
  }

  /** Finishes the look in hand and lets another process poll. */
  async stop(): Promise<void> {
    await this.inHand?.catch(() => undefined);
    await this.lock.release();
  }

  /**
   * One look, the one in hand if there is one; none while another process polls or X's limit is used up. X's refusals are
   * logged once and waited out.
   * @returns how many new interactions it made
   */
  poll(): Promise<number> {
    this.inHand ??= this.pollOnce().finally(() => {
      this.inHand = null;
    });
    return this.inHand;
  }

  private async pollOnce(): Promise<number> {
    if (this.isLimited() || !(await this.lock.hold())) return 0;
    const cursor = await this.cursor();
    let events: ListedEvent[] | null;
    try {
      events = await this.gather(cursor);
    } catch (error) {
      if (error instanceof AccountClosed) return this.waitUntil(null, error.message);
      const failure = callFailure(error);
      if (!failure) throw error;
      return this.waitOut(failure);
    }
    this.recovered();
    return events ? this.takeIn(events, cursor) : 0;
  }

  private isLimited(): boolean {
    const now = this.tools.clock.now();
    return now < this.notBefore || this.tools.client.limitedUntil(this.userId, 'poll', now) !== null;
  }

  /**
   * Reads pages from the newest event back to the cursor, all of them without one.
   * @returns null when X's limit came first; the next look goes on from there
   */
  private async gather(cursor: string | null): Promise<ListedEvent[] | null> {
    const events = this.backlog?.events ?? [];
    let token = this.backlog?.token ?? null;
    for (;;) {
      const page = await this.page(token, events.length === 0 && cursor !== null ? FIRST_PAGE : NEXT_PAGES);
      events.push(...page.events);
      const reached = cursor !== null && page.events.some(({ id }) => id !== null && compareIds(id, cursor) <= 0);
      token = page.nextToken;
      if (token === null || reached) break;
      this.backlog = { events, token };
      if (this.isLimited()) return null;
    }
    this.backlog = null;
    return events;
  }

  private async page(token: string | null, size: number) {
    const query = { ...DM_EVENT_QUERY, max_results: size, ...(token === null ? {} : { pagination_token: token }) };
    const body = await this.tools.accounts.call<unknown>(this.userId, (api) => api.v2.get('dm_events', query));
    const page = readDmEvents(body, this.userId);
    if (!page) throw new Error('X answered a list of direct messages that is none');
    return page;
  }

  /** Oldest first, in batches, each with the cursor's move to its newest event. */
  private async takeIn(events: ListedEvent[], cursor: string | null): Promise<number> {
    const floor = cursor === null ? 0n : idBefore(cursor, LOOK_BACK_MS);
    const ordered = events
      .filter((event): event is ListedEvent & { id: string } => event.id !== null && BigInt(event.id) > floor)
      .sort((one, other) => compareIds(one.id, other.id));
    const isNew = ({ id }: { id: string }) => cursor === null || compareIds(id, cursor) > 0;
    await this.tools.unreadable.keep(events.filter(({ id }) => id === null || isNew({ id })));
    const known = await storedIds(this.tools.database.manager, ordered);
    const fresh = ordered.filter((event) => event.message && !known.has(event.id));
    let count = 0;
    for (let at = 0; at < fresh.length; at += BATCH) {
      const batch = fresh.slice(at, at + BATCH);
      count += await this.takeBatch(batch, batch.at(-1)?.id ?? '0');
    }
    const newest = ordered.at(-1);
    if (newest && isNew(newest)) await withRetry(this.tools.database, (tx) => this.moveCursor(tx, newest.id));
    return count;
  }

  private async takeBatch(batch: ListedEvent[], newest: string): Promise<number> {
    const messages = batch.flatMap(({ message }) => (message ? [message] : []));
    try {
      return await this.take(messages, newest);
    } catch (error) {
      if (!isBadData(error)) throw error;
    }
    // One of them cannot be stored: the others do not wait for it, and it is kept where people see it.
    let count = 0;
    for (const event of batch) {
      try {
        if (event.message) count += await this.take([event.message], event.message.id);
      } catch (error) {
        if (!isBadData(error)) throw error;
        const trouble: Unreadable = {
          reason: 'twitter.not_stored',
          detail: String(error),
          sender: event.message?.other.id ?? null,
        };
        await this.tools.unreadable.keep([{ ...event, unreadable: trouble }]);
      }
    }
    return count;
  }

  private async take(messages: DirectMessage[], newest: string): Promise<number> {
    const arrivals = await this.tools.intake.take(messages, (tx) => this.moveCursor(tx, newest));
    return arrivals.filter((arrival) => arrival.outcome !== 'duplicate').length;
  }

  /** Id of the newest event taken in; null before the first look. */
  private async cursor(): Promise<string | null> {
    const rows: { value: string }[] = await this.tools.database.query(
      'select value from channel_cursor where key = $1',
      [this.key],
    );
    return rows[0]?.value ?? null;
  }

  private async moveCursor(tx: EntityManager, id: string): Promise<void> {
    await tx.query(
      `insert into channel_cursor as c (key, value, updated_at) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
       where c.value::numeric < excluded.value::numeric`,
      [this.key, id, this.tools.clock.now()],
    );
  }

  private waitOut(failure: CallFailure): number {
    const now = this.tools.clock.now().getTime();
    const isRefused = failure.kind === 'refused';
    // A page token X no longer knows: start again from the newest.
    if (isRefused && failure.status === 400) this.backlog = null;
    const usual = new Date(now + this.tools.everyMs);
    const until = isRefused && failure.resetAt ? failure.resetAt : usual;
    return this.waitUntil(until, isRefused ? detailOf(failure) : failure.detail);
  }

  private waitUntil(until: Date | null, trouble: string): number {
    this.notBefore = until ?? new Date(this.tools.clock.now().getTime() + this.tools.everyMs);
    if (trouble !== this.trouble) this.log.warn(`polling X for ${this.userId} does not work: ${trouble}`);
    this.trouble = trouble;
    return 0;
  }

  private recovered(): void {
    if (this.trouble !== '') this.log.log('polling X works again');
    this.trouble = '';
    this.notBefore = new Date(0);
  }
}

/** The data itself is refused: by the schema of an arrival, or by the database (data exception, constraint). */
function isBadData(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return state.startsWith('22') || (state.startsWith('23') && state !== '23505');
  return error instanceof Error && error.name === 'ZodError';
}
