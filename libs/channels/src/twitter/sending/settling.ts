import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import type { OutgoingMessage } from '../../channel.js';
import { AccountClosed, TwitterAccounts, type Account } from '../accounts/index.js';
import { callFailure } from '../call-failure.js';
import { sameText, type DirectMessage } from '../direct-message.rules.js';
import { DM_EVENT_QUERY, readDmEvents, type ListedEvent } from '../dm-events.rules.js';
import { TwitterClient } from '../twitter-client.js';
import type { PartPlan } from './parts.rules.js';

/** Clocks of X and ours agree to within this. */
const CLOCK_SKEW_MS = 30_000;
/** So many pages of 100 are looked through for a message whose outcome is unknown. */
const SETTLE_PAGES = 3;

export type Settled =
  { id: string; threadRef: string | undefined } | 'not there' | { unknown: string; at?: Date } | AccountClosed;

/** Finds out whether X has a message: it has no key to ask by, so our own file or our own words since then are the proof. */
@Injectable()
export class Settling {
  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly client: TwitterClient,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async look(message: OutgoingMessage, account: Account, part: PartPlan, mediaId: string | null): Promise<Settled> {
    const recipient = message.to.value;
    if (recipient === null) return { unknown: 'nobody knows whom it went to' };
    const limited = this.client.limitedUntil(account.userId, 'settle', this.clock.now());
    if (limited) return { unknown: 'the limit of X is used up', at: limited };
    const since = message.firstDueAt.getTime() - CLOCK_SKEW_MS;
    try {
      const events = await this.eventsSince(account.userId, recipient, since);
      if (!events) return { unknown: 'the conversation is too long to look through' };
      const found = await this.ownMessage(events, { message, part, mediaId, since });
      return found ? { id: found.id, threadRef: found.conversationId ?? undefined } : 'not there';
    } catch (error) {
      if (error instanceof AccountClosed) return error;
      const failure = callFailure(error);
      if (!failure) throw error;
      if (failure.kind === 'broken') return { unknown: failure.detail };
      const { status, resetAt } = failure;
      return { unknown: `X answered ${status}`, ...(status === 429 && resetAt && { at: resetAt }) };
    }
  }

  /** Events with one person, newest first, back to a moment; null when that is too far back. */
  private async eventsSince(userId: string, participant: string, since: number): Promise<ListedEvent[] | null> {
    const events: ListedEvent[] = [];
    let token: string | null = null;
    for (let page = 0; page < SETTLE_PAGES; page += 1) {
      const query = { ...DM_EVENT_QUERY, max_results: 100, ...(token === null ? {} : { pagination_token: token }) };
      const body = await this.accounts.call<unknown>(userId, (api) =>
        api.v2.get('dm_conversations/with/:participant_id/dm_events', query, {
          params: { participant_id: participant },
        }),
      );
      const read = readDmEvents(body, userId);
      if (!read) throw new Error('X answered a list of direct messages that is none');
      events.push(...read.events);
      const reached = read.events.some(({ message }) => message?.writtenAt && Date.parse(message.writtenAt) < since);
      token = read.nextToken;
      if (token === null || reached) return events;
    }
    return null;
  }

  /** The oldest own message that fits since then and is no other message of ours. */
  private async ownMessage(
    events: ListedEvent[],
    sought: { message: OutgoingMessage; part: PartPlan; mediaId: string | null; since: number },
  ): Promise<DirectMessage | undefined> {
    const { message, part, mediaId, since } = sought;
    const fits = (found: DirectMessage): boolean =>
      mediaId === null ? sameText(found.text, part.text) : found.media.some(({ id }) => id === mediaId);
    const fitting = events
      .flatMap(({ message: found }) => (found?.isOwn && fits(found) ? [found] : []))
      .filter((found) => found.writtenAt === null || Date.parse(found.writtenAt) >= since);
    const rows: { id: string }[] = await this.database.query(
      `select external_id as id from interaction where channel = 'twitter' and external_id = any($1) and id <> $2
       union all select event_id from twitter_part where event_id = any($1) and interaction_id <> $2`,
      [fitting.map(({ id }) => id), message.interactionId],
    );
    const others = new Set(rows.map(({ id }) => id));
    return fitting.filter(({ id }) => !others.has(id)).at(-1);
  }
}
