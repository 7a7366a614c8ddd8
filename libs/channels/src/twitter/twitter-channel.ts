import { Inject, Injectable } from '@nestjs/common';
import { buffer } from 'node:stream/consumers';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { takesFiles, type StoredFile } from '#contracts';
import { CLOCK, STORAGE, type Clock, type Storage } from '#platform';
import type { OutboundChannel, OutgoingMessage, SendOutcome } from '../channel.js';
import { sameText } from './direct-message.rules.js';
import { DM_EVENT_QUERY, readDmEvents, type ListedEvent } from './dm-events.rules.js';
import { brokenOutcome, mediaKind, refusedOutcome } from './send-outcome.rules.js';
import { callFailure, TwitterClient } from './twitter-client.js';

/** X's answer to a send. */
const Sent = z.object({
  data: z.object({ dm_event_id: z.string().regex(/^\d+$/), dm_conversation_id: z.string().optional() }),
});

/** Clocks of X and ours agree to within this. */
const CLOCK_SKEW_MS = 30_000;
/** So many pages of 100 are looked through for a message whose outcome is unknown. */
const SETTLE_PAGES = 3;

/** Direct messages out, from the care account. Only to people who wrote first: X forbids anything else. */
@Injectable()
export class TwitterChannel implements OutboundChannel {
  readonly channel = 'twitter';
  readonly settles = true;

  constructor(
    private readonly client: TwitterClient,
    private readonly database: DataSource,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(message: OutgoingMessage): Promise<SendOutcome> {
    const now = this.clock.now();
    if (!this.client.api) return failed('channel.not_configured', 'no account on X is configured');
    if (!takesFiles('twitter', message.attachments)) {
      return failed('channel.refused', 'a direct message carries one picture (5 MB), GIF (15 MB) or MP4 film');
    }
    const recipient = message.to.value;
    if (recipient === null || !(await this.wroteFirst(recipient))) {
      return failed('recipient.closed', 'this person has not written to us on X');
    }
    const limited = this.client.limitedUntil('send', now);
    if (limited)
      return { outcome: 'retry', reason: 'channel.rate_limited', detail: 'the limit of X is used up', at: limited };

    let mediaId: string | null = null;
    try {
      const [file] = message.attachments;
      if (file) mediaId = await withinTime(this.upload(file));
    } catch (error) {
      if (error instanceof UploadTooSlow)
        return { outcome: 'retry', reason: 'channel.unreachable', detail: error.message };
      return this.outcomeOf(error, false);
    }
    try {
      return sentOutcome(await this.transmit(recipient, message, mediaId));
    } catch (error) {
      return this.outcomeOf(error, true);
    }
  }

  /** Looks for the message in the conversation: X has no key to ask by, so our own text since then is the proof. */
  async settle(message: OutgoingMessage): Promise<SendOutcome> {
    const echoed = await this.echoOf(message.interactionId);
    if (echoed !== null) return { outcome: 'sent', externalId: echoed };
    if (!this.client.api || message.to.value === null) return unknown('no account on X is configured');
    if (this.client.limitedUntil('settle', this.clock.now())) return unknown('the limit of X is used up');
    const since = message.firstDueAt.getTime() - CLOCK_SKEW_MS;
    try {
      const events = await this.eventsSince(message.to.value, since);
      if (!events) return unknown('the conversation is too long to look through');
      const found = await this.ownMessage(events, message, since);
      if (found) return { outcome: 'sent', externalId: found.id, threadRef: found.conversationId ?? undefined };
      return { outcome: 'retry', reason: 'channel.unreachable', detail: 'the message is not in the conversation' };
    } catch (error) {
      const failure = callFailure(error);
      if (!failure) throw error;
      return unknown(failure.kind === 'refused' ? `X answered ${failure.status}` : failure.detail);
    }
  }

  /** Sends go where the customer wrote from; X opens the same conversation by their id when it was never told. */
  private async transmit(recipient: string, message: OutgoingMessage, mediaId: string | null): Promise<unknown> {
    const api = this.client.api?.v2;
    const { ref } = message.thread;
    const body = {
      text: message.text,
      ...(mediaId === null ? {} : { attachments: [{ media_id: mediaId }] as [{ media_id: string }] }),
    };
    return ref === null ? api?.sendDmToParticipant(recipient, body) : api?.sendDmInConversation(ref, body);
  }

  private async upload(file: StoredFile): Promise<string | null> {
    const kind = mediaKind(file.contentType);
    if (!kind) return null;
    const bytes = await buffer(await this.storage.get(file.storageKey));
    const uploaded = this.client.api?.v2.uploadMedia(bytes, { media_type: kind.type, media_category: kind.category });
    return (await uploaded) ?? null;
  }

  private outcomeOf(error: unknown, mayHaveLeft: boolean): SendOutcome {
    const failure = callFailure(error);
    if (failure?.kind === 'refused') return refusedOutcome(failure, this.clock.now(), mayHaveLeft);
    if (failure) return brokenOutcome(failure.code, failure.detail, mayHaveLeft);
    if (mayHaveLeft || !(error instanceof Error)) throw error;
    // The client's own complaint about a file: it could not be read, or X could not make a medium of it.
    return failed('channel.refused', error.message);
  }

  private async wroteFirst(recipient: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `select 1 from contact_point c
       join cases k on k.customer_id = c.customer_id
       join channel_thread t on t.case_id = k.id and t.contact_point_id = c.id
       where c.kind = 'twitter' and c.value = $1 and t.channel = 'twitter' and t.last_inbound_at is not null
       limit 1`,
      [recipient],
    );
    return rows.length > 0;
  }

  /** The id an echo has given this message meanwhile. */
  private async echoOf(interactionId: string): Promise<string | null> {
    const rows: { external_id: string | null }[] = await this.database.query(
      'select external_id from interaction where id = $1',
      [interactionId],
    );
    return rows[0]?.external_id ?? null;
  }

  /** Events with one person, newest first, back to a moment; null when that is too far back. */
  private async eventsSince(participant: string, since: number): Promise<ListedEvent[] | null> {
    const events: ListedEvent[] = [];
    let token: string | null = null;
    for (let page = 0; page < SETTLE_PAGES; page += 1) {
      const query = { ...DM_EVENT_QUERY, max_results: 100, ...(token === null ? {} : { pagination_token: token }) };
      const body: unknown = await this.client.api?.v2.get('dm_conversations/with/:participant_id/dm_events', query, {
        params: { participant_id: participant },
      });
      const read = readDmEvents(body, this.client.account?.userId ?? '');
      if (!read) throw new Error('X answered a list of direct messages that is none');
      events.push(...read.events);
      const reached = read.events.some(({ message }) => message?.writtenAt && Date.parse(message.writtenAt) < since);
      token = read.nextToken;
      if (token === null || reached) return events;
    }
    return null;
  }

  /** The oldest own message with this text since then that is no other reply of ours. */
  private async ownMessage(events: ListedEvent[], sent: OutgoingMessage, since: number) {
    const fitting = events
      .flatMap(({ message }) => (message?.isOwn && sameText(message.text, sent.text) ? [message] : []))
      .filter((message) => message.writtenAt === null || Date.parse(message.writtenAt) >= since);
    const rows: { external_id: string }[] = await this.database.query(
      `select external_id from interaction where channel = 'twitter' and external_id = any($1) and id <> $2`,
      [fitting.map(({ id }) => id), sent.interactionId],
    );
    const others = new Set(rows.map((row) => row.external_id));
    return fitting.filter(({ id }) => !others.has(id)).at(-1);
  }
}

function sentOutcome(answer: unknown): SendOutcome {
  const sent = Sent.safeParse(answer);
  if (!sent.success) return unknown('X answered a send without an id');
  const { dm_event_id: externalId, dm_conversation_id: threadRef } = sent.data.data;
  return { outcome: 'sent', externalId, threadRef };
}

const unknown = (detail: string): SendOutcome => ({ outcome: 'unknown', detail });
const failed = (reason: Extract<SendOutcome, { outcome: 'failed' }>['reason'], detail: string): SendOutcome => ({
  outcome: 'failed',
  reason,
  detail,
});

/** An upload that outlived its time would outlive the lease of its try, and a second try would send as well. */
const UPLOAD_MS = 60_000;

class UploadTooSlow extends Error {}

async function withinTime<T>(upload: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UploadTooSlow(`the upload took more than ${UPLOAD_MS / 1000} s`)), UPLOAD_MS);
  });
  try {
    return await Promise.race([upload, tooSlow]);
  } finally {
    clearTimeout(timer);
  }
}
