import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { AccountClosed, TwitterAccounts } from '../accounts/index.js';
import { callFailure } from '../call-failure.js';
import { compareIds } from '../direct-message.rules.js';
import { troubleOf } from '../polling/poll-health.js';
import { TwitterClient } from '../twitter-client.js';
import { UnreadableEvents } from '../unreadable-events.js';
import { MentionIntake } from './mention.intake.js';
import { MENTIONS_QUERY, readMentions, type MentionPage } from './public-post.rules.js';

/** Mentions are looked for so many times less often than messages. */
const SELDOM = 5;
/** Where the list is not to be had, or X has no time for us. */
const REFUSED_MS = 15 * 60_000;
/** What was posted before Hilo looked for the first time is history, but for the last day. */
const FIRST_LOOK_MS = 24 * 3_600_000;

/** Finds public posts that call our accounts and that no webhook has brought. */
@Injectable()
export class MentionPoller {
  private readonly log = new Logger(MentionPoller.name);
  private readonly dueAt = new Map<string, Date>();
  private readonly troubles = new Map<string, string>();
  private readonly everyMs: number;

  constructor(
    private readonly accounts: TwitterAccounts,
    client: TwitterClient,
    private readonly intake: MentionIntake,
    private readonly unreadable: UnreadableEvents,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.everyMs = (client.account?.pollSeconds ?? 0) * 1000 * SELDOM;
  }

  isDue(userId: string): boolean {
    return this.clock.now() >= (this.dueAt.get(userId) ?? new Date(0));
  }

  /**
   * One look for an account. A refusal is logged once and waited out.
   * @returns how many new entries it made
   */
  async poll(userId: string): Promise<number> {
    this.wait(userId, this.everyMs);
    const cursor = await this.cursor(userId);
    try {
      const pages = await this.gather(userId, cursor);
      this.troubles.delete(userId);
      return await this.takeIn(userId, pages);
    } catch (error) {
      const failure = error instanceof AccountClosed ? error : callFailure(error);
      if (!failure) throw error;
      const refused = !(failure instanceof AccountClosed) && failure.kind === 'refused' ? failure : null;
      const until = refused?.resetAt ?? null;
      this.wait(userId, until ? until.getTime() - this.clock.now().getTime() : Math.max(REFUSED_MS, this.everyMs));
      this.complain(userId, troubleOf(failure).detail);
      return 0;
    }
  }

  /** Every page since the cursor: X lists no more than the last 800. */
  private async gather(userId: string, cursor: string | null): Promise<MentionPage[]> {
    const since = cursor === null ? { start_time: this.firstLook() } : { since_id: cursor };
    const pages: MentionPage[] = [];
    for (let token: string | null = null; ;) {
      const query = { ...MENTIONS_QUERY, ...since, ...(token === null ? {} : { pagination_token: token }) };
      const body = await this.accounts.call<unknown>(userId, (api) =>
        api.v2.get('users/:id/mentions', query, { params: { id: userId } }),
      );
      const page = readMentions(body, userId);
      if (!page) throw new Error('X answered a list of mentions that is none');
      pages.push(page);
      token = page.nextToken;
      if (token === null) return pages;
    }
  }

  private async takeIn(userId: string, pages: MentionPage[]): Promise<number> {
    const newest = pages
      .flatMap(({ ids }) => ids)
      .reduce<string | null>((most, id) => (most === null || compareIds(id, most) > 0 ? id : most), null);
    const lost = pages.flatMap(({ unreadable }) => unreadable);
    await this.unreadable.keep(
      lost.map((raw) => ({
        id: null,
        raw,
        message: null,
        unreadable: { reason: 'twitter.unmappable_event', detail: 'post', sender: null },
      })),
    );
    const posts = pages.flatMap((page) => page.posts);
    if (newest === null && posts.length === 0) return 0;
    return this.intake.take(posts, (tx) => this.moveCursor(tx, userId, newest ?? '0'));
  }

  private async cursor(userId: string): Promise<string | null> {
    const rows: { value: string }[] = await this.database.query('select value from channel_cursor where key = $1', [
      keyOf(userId),
    ]);
    return rows[0]?.value ?? null;
  }

  private async moveCursor(tx: EntityManager, userId: string, id: string): Promise<void> {
    await tx.query(
      `insert into channel_cursor as c (key, value, updated_at) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at
       where c.value::numeric < excluded.value::numeric`,
      [keyOf(userId), id, this.clock.now()],
    );
  }

  private firstLook(): string {
    const at = new Date(this.clock.now().getTime() - FIRST_LOOK_MS);
    // X takes whole seconds only.
    return at.toISOString().replace(/\.\d+Z$/, 'Z');
  }

  private wait(userId: string, ms: number): void {
    this.dueAt.set(userId, new Date(this.clock.now().getTime() + ms));
  }

  private complain(userId: string, detail: string): void {
    if (this.troubles.get(userId) !== detail) this.log.warn(`mentions of ${userId} cannot be read: ${detail}`);
    this.troubles.set(userId, detail);
  }
}

const keyOf = (userId: string): string => `twitter:${userId}:mentions`;
