import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { CLOCK, type Clock } from '#platform';
import type { OutgoingMessage, SendOutcome } from '../../channel.js';
import { AccountClosed, TwitterAccounts, type Account } from '../accounts/index.js';
import { callFailure, type CallFailure } from '../call-failure.js';
import { sameText } from '../direct-message.rules.js';
import { brokenOutcome, detailOf, refusedOutcome } from '../send-outcome.rules.js';
import { externalIdOf, linkOf } from './public-post.rules.js';

const Posted = z.object({ data: z.object({ id: z.string().regex(/^\d+$/) }) });
const Own = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        text: z.string(),
        referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
      }),
    )
    .default([]),
});

/** Answers in public, to posts that call us. X has no key against doing it twice: what became of a try is looked up. */
@Injectable()
export class PublicReplies {
  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    const account = await this.accounts.sender(message.thread.account);
    if (!account) return NOT_CONNECTED;
    const body = { text: message.text, reply: { in_reply_to_tweet_id: message.answersPost } };
    try {
      const answer = await this.accounts.call(account.userId, (api) => api.v2.post<unknown>('tweets', body));
      const posted = Posted.safeParse(answer);
      if (!posted.success) return { outcome: 'unknown', detail: 'X answered a post without an id' };
      return await this.sent(message, account, posted.data.data.id);
    } catch (error) {
      if (error instanceof AccountClosed) return closed(error, false);
      const failure = callFailure(error);
      if (!failure) throw error;
      return isRepeated(failure) ? this.repeated(message, failure) : this.outcomeOf(failure);
    }
  }

  async settle(message: OutgoingMessage): Promise<SendOutcome> {
    const account = await this.accounts.sender(message.thread.account);
    if (!account) return NOT_CONNECTED;
    try {
      const id = await this.find(message, account);
      if (id !== null) return await this.sent(message, account, id);
      return { outcome: 'retry', reason: 'channel.unreachable', detail: 'the answer is not among our posts' };
    } catch (error) {
      if (error instanceof AccountClosed) return closed(error, true);
      const failure = callFailure(error);
      if (!failure) throw error;
      return { outcome: 'unknown', detail: failure.kind === 'refused' ? detailOf(failure) : failure.detail };
    }
  }

  /** X has these very words of ours already: of an earlier try, or of something else. */
  private async repeated(message: OutgoingMessage, failure: CallFailure): Promise<SendOutcome> {
    const settled = await this.settle(message);
    return settled.outcome === 'retry' ? this.outcomeOf(failure) : settled;
  }

  /** The post of ours that answers the same post in the same words; links X has shortened are left out. */
  private async find(message: OutgoingMessage, { userId }: Account): Promise<string | null> {
    const query = {
      max_results: 100,
      since_id: message.answersPost ?? '',
      'tweet.fields': 'id,text,referenced_tweets',
    };
    const answer = await this.accounts.call(userId, (api) =>
      api.v2.get<unknown>('users/:id/tweets', query, { params: { id: userId } }),
    );
    const found = Own.parse(answer).data.find(
      (post) =>
        post.referenced_tweets.some(({ type, id }) => type === 'replied_to' && id === message.answersPost) &&
        sameText(wordsOf(post.text), wordsOf(message.text)),
    );
    return found?.id ?? null;
  }

  private async sent(message: OutgoingMessage, account: Account, id: string): Promise<SendOutcome> {
    await this.database.query('update interaction set public_url = $2 where id = $1', [
      message.interactionId,
      linkOf({ id, author: account }),
    ]);
    return { outcome: 'sent', externalId: externalIdOf(id) };
  }

  private outcomeOf(failure: CallFailure): SendOutcome {
    if (failure.kind === 'refused') return refusedOutcome(failure, this.clock.now(), true);
    return brokenOutcome(failure.code, failure.detail, true);
  }
}

const wordsOf = (text: string): string => text.replace(/https?:\/\/\S+/gu, '').trim();

const isRepeated = (failure: CallFailure): boolean =>
  failure.kind === 'refused' && failure.status === 403 && /duplicate content/i.test(detailOf(failure));

const NOT_CONNECTED: SendOutcome = {
  outcome: 'failed',
  reason: 'channel.not_configured',
  detail: 'the account on X this was written to is not connected',
};

/** The account is closed: what is to leave from it waits. */
function closed({ state, detail, until }: AccountClosed, transmitting: boolean): SendOutcome {
  if (state === 'unknown') return transmitting ? { outcome: 'unknown', detail } : NOT_CONNECTED;
  return { outcome: 'wait', reason: `channel.${state}`, detail, at: until, transmitting };
}
