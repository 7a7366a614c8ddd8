import { Inject, Injectable } from '@nestjs/common';
import type { TwitterRateLimit } from 'twitter-api-v2';
import { z } from 'zod';
import { CLOCK, type Clock } from '#platform';
import type { Lease, OutgoingMessage, SendOutcome } from '../../channel.js';
import { ChannelHealth } from '../../health/index.js';
import { AccountClosed, TwitterAccounts, type Account } from '../accounts/index.js';
import { callFailure, type CallFailure } from '../call-failure.js';
import { brokenOutcome, looksAutomated, refusedOutcome } from '../send-outcome.rules.js';
import { busyFor, suspectedFor } from './limits.rules.js';
import { MediaUpload, UnusableMedia } from './media-upload.js';
import { closed, failed, unknown } from './outcomes.js';
import { PartStore, type PartRow } from './part.store.js';
import { bodyOf, type PartPlan } from './parts.rules.js';
import { SendSlots } from './send-slots.js';

/** X's answer to a send. */
const Sent = z.object({
  data: z.object({ dm_event_id: z.string().regex(/^\d+$/), dm_conversation_id: z.string().optional() }),
});
/** X takes a file in messages for 24 h; one that is nearly over is uploaded again. */
const MEDIA_MS = 20 * 3_600_000;

/** What is sent, from where, by which try. */
export interface Sending {
  message: OutgoingMessage;
  account: Account;
  lease: Lease;
}

/** Gone, or what becomes of the whole reply instead. */
export type PartOutcome = { eventId: string; threadRef: string | undefined } | SendOutcome;

/** Sends one direct message of a reply: its file first, then a slot, then the message itself. */
@Injectable()
export class PartSender {
  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly slots: SendSlots,
    private readonly parts: PartStore,
    private readonly media: MediaUpload,
    private readonly health: ChannelHealth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(sending: Sending, part: PartPlan, row: PartRow | undefined): Promise<PartOutcome> {
    const { message, account } = sending;
    let mediaId: string | null;
    try {
      mediaId = await this.mediaOf(sending, part, row);
    } catch (error) {
      return this.uploadOutcome(error);
    }
    const openAt = account.state === 'ok' ? account.openAt : null;
    const taken = await this.slots.take(account.userId, openAt, (tx) =>
      this.parts.trying(tx, message.interactionId, part.part),
    );
    if ('at' in taken) {
      const detail = 'X takes no more messages of this account for now';
      return { outcome: 'wait', reason: 'channel.rate_limited', detail, at: taken.at, transmitting: false };
    }
    return this.transmit(sending, part, { slot: taken.slot, mediaId });
  }

  private async mediaOf(
    { message, account, lease }: Sending,
    { part, file }: PartPlan,
    row: PartRow | undefined,
  ): Promise<string | null> {
    if (!file) return null;
    const goodSince = this.clock.now().getTime() - MEDIA_MS;
    if (row?.mediaId && row.uploadedAt && row.uploadedAt.getTime() > goodSince) return row.mediaId;
    const mediaId = await this.media.upload(account.userId, file, lease.keep);
    await this.parts.uploaded(message.interactionId, part, mediaId);
    await lease.keep();
    return mediaId;
  }

  /** Sends go where the customer wrote from; X opens the same conversation by their id when it was never told. */
  private async transmit(
    sending: Sending,
    part: PartPlan,
    { slot, mediaId }: { slot: string; mediaId: string | null },
  ): Promise<PartOutcome> {
    const { message, account } = sending;
    const { ref } = message.thread;
    const path = ref === null ? 'dm_conversations/with/:id/messages' : 'dm_conversations/:id/messages';
    const options = { params: { id: ref ?? message.to.value ?? '' }, fullResponse: true } as const;
    const body = bodyOf(part.text, mediaId);
    try {
      const answer = await this.accounts.call(account.userId, (api) => api.v2.post<unknown>(path, body, options));
      return await this.taken(sending, part, { slot, data: answer.data, limits: answer.rateLimit });
    } catch (error) {
      return this.refused(sending, part, { slot, error });
    }
  }

  private async taken(
    { message, account }: Sending,
    { part }: PartPlan,
    answer: { slot: string; data: unknown; limits: TwitterRateLimit | undefined },
  ): Promise<PartOutcome> {
    await this.slots.answered(answer.slot, account.userId, answer.limits);
    const sent = Sent.safeParse(answer.data);
    if (!sent.success) return unknown('X answered a send without an id');
    const { dm_event_id: eventId, dm_conversation_id: threadRef } = sent.data.data;
    await this.parts.sent(message.interactionId, part, eventId);
    if (account.strikes > 0) await this.slots.calm(account.userId);
    this.health.seen(`twitter:${account.userId}:send`, 'out');
    return { eventId, threadRef };
  }

  private async refused(
    { message, account }: Sending,
    { part }: PartPlan,
    { slot, error }: { slot: string; error: unknown },
  ): Promise<SendOutcome> {
    if (error instanceof AccountClosed) {
      await this.slots.release(slot);
      await this.parts.notSent(message.interactionId, part);
      return closed(error, false);
    }
    const failure = callFailure(error);
    if (!failure) throw error;
    const outcome = this.outcomeOf(failure, true);
    if (failure.kind === 'refused') {
      if (failure.status === 429) await this.slots.release(slot);
      else await this.slots.answered(slot, account.userId, failure.limits);
    } else if (outcome.outcome === 'retry') await this.slots.release(slot);
    if (outcome.outcome !== 'unknown') await this.parts.notSent(message.interactionId, part);
    return this.pausedBy(failure, account, outcome);
  }

  /** What concerns the account and not the message: everything that leaves from it waits, and none of it has failed. */
  private async pausedBy(failure: CallFailure, account: Account, outcome: SendOutcome): Promise<SendOutcome> {
    if (failure.kind !== 'refused' || outcome.outcome !== 'retry' || outcome.reason !== 'channel.rate_limited') {
      return outcome;
    }
    const now = this.clock.now().getTime();
    const suspected = looksAutomated(failure.body);
    const { strikes, userId } = account;
    const until = suspected
      ? new Date(now + suspectedFor(strikes))
      : (failure.resetAt ?? new Date(now + busyFor(strikes)));
    await this.slots.pause(userId, until, suspected || failure.resetAt === null);
    const { reason, detail } = outcome;
    return { outcome: 'wait', reason, detail, at: until, transmitting: false };
  }

  private uploadOutcome(error: unknown): SendOutcome {
    if (error instanceof AccountClosed) return closed(error, false);
    if (error instanceof UnusableMedia) return failed('channel.refused', error.message);
    const failure = callFailure(error);
    if (failure) return this.outcomeOf(failure, false);
    throw error;
  }

  private outcomeOf(failure: CallFailure, mayHaveLeft: boolean): SendOutcome {
    if (failure.kind === 'refused') return refusedOutcome(failure, this.clock.now(), mayHaveLeft);
    return brokenOutcome(failure.code, failure.detail, mayHaveLeft);
  }
}
