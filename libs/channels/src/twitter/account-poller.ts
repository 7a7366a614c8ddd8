import { Logger } from '@nestjs/common';
import { within, type Clock, type ProcessLocks } from '#platform';
import type { ChannelHealth } from '../health/index.js';
import { AccountClosed, type TwitterAccounts } from './accounts/index.js';
import { callFailure, type CallFailure } from './call-failure.js';
import { compareIds, timeOfId } from './direct-message.rules.js';
import { DM_EVENT_QUERY, readDmEvents, type ListedEvent } from './dm-events.rules.js';
import type { Found, FoundMessages } from './polling/found-messages.js';
import { pauseUntilNextLook } from './polling/pace.rules.js';
import { PollHealth, troubleOf, type PollTrouble } from './polling/poll-health.js';
import type { TwitterClient } from './twitter-client.js';
import type { WebhookKeeper } from './webhooks/index.js';

/** Events cost money each: a look that finds little asks for little, catching up asks for all X gives. */
const FIRST_PAGE = 20;
const NEXT_PAGES = 100;
/** A message so old that a webhook would have brought it by now. */
const OVERDUE_MS = 30_000;
/** X lists no older ones. */
const LISTED_MS = 30 * 86_400_000;
/** Longest wait for the look in hand. */
export const STOP_MS = 1500;

/** What polling works with, the same for every account. */
export interface PollingTools {
  accounts: TwitterAccounts;
  client: TwitterClient;
  messages: FoundMessages;
  health: ChannelHealth;
  webhooks: WebhookKeeper;
  clock: Clock;
  everyMs: number;
}

/** Fetches what the webhook did not bring to one account. The cursor moves with the messages or not at all. */
export class AccountPoller {
  private readonly log = new Logger(AccountPoller.name);
  private readonly key: string;
  private readonly stopped = new AbortController();
  private inHand: Promise<number> | null = null;
  private notBefore = new Date(0);
  private dueAt = new Date(0);
  private lastFoundAt: Date | null = null;
  private trouble = '';
  private readonly health: PollHealth;

  constructor(
    readonly userId: string,
    private readonly tools: PollingTools,
    private readonly locks: ProcessLocks,
  ) {
    this.health = new PollHealth(tools.health, userId, userId);
    this.key = `twitter:${userId}`;
  }

  /** What people call the account. */
  set label(label: string) {
    this.health.label = label;
  }

  /** Whether this process polls for the account, as far as its last look knows. */
  get isOurs(): boolean {
    return this.locks.holds(this.key);
  }

  /** Whether it is time for the next look. */
  isDue(): boolean {
    return this.tools.clock.now() >= this.dueAt;
  }

  /** The account is no more. */
  async forget(): Promise<void> {
    await this.stop();
    await this.tools.messages.pages.clear(this.userId);
    await this.health.forget();
  }

  /**
   * Within a second or two: files that are being fetched are left for later, and X's answer is not waited for. Then another
   * process may poll.
   */
  async stop(): Promise<void> {
    this.stopped.abort();
    const inHand = this.inHand?.catch(() => undefined);
    if (inHand && !(await within(STOP_MS, inHand))) this.log.warn(`the look for ${this.userId} is cut off`);
    await this.locks.release(this.key);
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
    if (this.isLimited() || !(await this.locks.hold(this.key))) return 0;
    const { messages } = this.tools;
    const cursor = await messages.cursor(this.userId);
    let events: ListedEvent[] | null;
    try {
      events = await this.gather(cursor);
    } catch (error) {
      const failure = error instanceof AccountClosed ? error : callFailure(error);
      if (!failure) throw error;
      return this.waitOut(failure);
    }
    await this.recovered();
    if (!events) return 0;
    const found = await messages.takeIn(this.userId, events, cursor, this.stopped.signal);
    await this.setPace(found);
    return found.count;
  }

  private async setPace({ count, oldestAt }: Found): Promise<void> {
    const { webhooks, clock, everyMs } = this.tools;
    const now = clock.now();
    if (count > 0) {
      this.lastFoundAt = now;
      this.health.found();
    }
    if (oldestAt && now.getTime() - oldestAt.getTime() > OVERDUE_MS) webhooks.look();
    const webhook = await webhooks.word(this.userId);
    this.dueAt = new Date(now.getTime() + pauseUntilNextLook({ everyMs, now, lastFoundAt: this.lastFoundAt, webhook }));
  }

  private isLimited(): boolean {
    const now = this.tools.clock.now();
    return now < this.notBefore || this.tools.client.limitedUntil(this.userId, 'poll', now) !== null;
  }

  /**
   * Reads pages from the newest event back to the cursor, all of them without one.
   * @returns null when X's limit or a stop came first; the next look goes on from there, whoever takes it
   */
  private async gather(cursor: string | null): Promise<ListedEvent[] | null> {
    const { events, ...rest } = await this.tools.messages.pages.load(this.userId);
    let { token } = rest;
    for (;;) {
      const page = await this.page(token, events.length === 0 && cursor !== null ? FIRST_PAGE : NEXT_PAGES);
      events.push(...page.events);
      const reached = cursor !== null && page.events.some(({ id }) => id !== null && compareIds(id, cursor) <= 0);
      token = page.nextToken;
      if (token === null || reached) {
        if (!reached) this.tellGap(cursor);
        return events;
      }
      await this.tools.messages.pages.add(this.userId, page.events, token);
      if (this.isLimited() || this.stopped.signal.aborted) return null;
    }
  }

  /** Nobody can read any more what was written between the last look and the oldest message X still lists. */
  private tellGap(cursor: string | null): void {
    const lastLook = cursor === null ? null : timeOfId(cursor);
    const oldest = this.tools.clock.now().getTime() - LISTED_MS;
    if (lastLook === null || lastLook >= oldest) return;
    this.log.warn(`the last look of ${this.userId} was more than 30 days ago: X lists no older messages`);
  }

  private async page(token: string | null, size: number) {
    const query = { ...DM_EVENT_QUERY, max_results: size, ...(token === null ? {} : { pagination_token: token }) };
    const body = await this.tools.accounts.call<unknown>(this.userId, (api) => api.v2.get('dm_events', query));
    const page = readDmEvents(body, this.userId);
    if (!page) throw new Error('X answered a list of direct messages that is none');
    return page;
  }

  /** X's refusals are told once and waited out: until the limit is free again where X says so. */
  private async waitOut(failure: CallFailure | AccountClosed): Promise<number> {
    const usual = new Date(this.tools.clock.now().getTime() + this.tools.everyMs);
    const refused = !(failure instanceof AccountClosed) && failure.kind === 'refused' ? failure : null;
    // A page token X no longer knows: start again from the newest.
    if (refused?.status === 400) await this.tools.messages.pages.clear(this.userId);
    this.notBefore = refused?.resetAt ?? usual;
    this.dueAt = this.notBefore;
    await this.complain(troubleOf(failure));
    return 0;
  }

  private async complain(trouble: PollTrouble): Promise<void> {
    if (trouble.detail !== this.trouble) this.log.warn(`polling X for ${this.userId} does not work: ${trouble.detail}`);
    this.trouble = trouble.detail;
    await this.health.fails(trouble);
  }

  private async recovered(): Promise<void> {
    if (this.trouble !== '') this.log.log('polling X works again');
    this.trouble = '';
    this.notBefore = new Date(0);
    await this.health.works();
  }
}
