import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DeliveryReason, JobData } from '#contracts';
import { lockCaseOf, record, SYSTEM, type NewEvent } from '#cases';
import {
  CLOCK,
  isUnavailable,
  Metrics,
  Secrets,
  sqlState,
  Wake,
  withRetry,
  type Clock,
  type JobHandler,
} from '#platform';
import {
  LeaseLost,
  OUTBOUND_CHANNELS,
  type Lease,
  type OutboundChannel,
  type OutgoingMessage,
  type SendOutcome,
} from '../channel.js';
import { nextTry } from './backoff.rules.js';
import { LEASE_SECONDS } from './delivery.sweep.js';
import { outgoingMessage } from './outgoing-message.js';

/** How far the pauses grow while an outcome is unknown: to ten minutes. */
const SETTLING_STEPS = 4;

interface Try {
  interactionId: string;
  attempt: number;
  caseId: string;
  channel: OutboundChannel;
  message: OutgoingMessage;
  previousReason: string | null;
}

/** Sends one message from its row and writes down what became of it. Runs at most once per try number. */
@Injectable()
export class DeliveryJob implements JobHandler<'delivery.send'> {
  readonly job = 'delivery.send';

  constructor(
    private readonly database: DataSource,
    @Inject(OUTBOUND_CHANNELS) private readonly channels: OutboundChannel[],
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly wake: Wake,
    private readonly secrets: Secrets,
  ) {}

  async run({ interactionId, attempt }: JobData<'delivery.send'>): Promise<void> {
    // Read before the try is taken: a database that stumbles here leaves a try that surely sent nothing.
    const message = await outgoingMessage(this.database.manager, interactionId, {
      secrets: this.secrets,
      now: this.clock.now(),
    });
    const taken = await this.take(interactionId, attempt);
    if (!taken) return;
    const { caseId, channelName, wasTransmitting, previousReason } = taken;
    const channel = this.channels.find((candidate) => candidate.channel === channelName);
    if (!channel) throw new Error(`no way out for channel ${channelName}`);
    const current: Try = { interactionId, attempt, caseId, channel, message, previousReason };
    const outcome = await this.attempt(current, wasTransmitting);
    if (!outcome) return;
    this.metrics.deliveries.inc({ channel: channelName, outcome: outcome.outcome });
    await this.persist(current, outcome);
    this.wake.ring('relay');
  }

  /**
   * Writes the outcome down, holding on while the database is away: what the other side took and nobody wrote down would
   * have to be settled, or asked of a person.
   */
  private async persist(current: Try, outcome: SendOutcome): Promise<void> {
    for (let pause = 100; ; pause *= 2) {
      try {
        await withRetry(this.database, (tx) => this.conclude(tx, current, outcome));
        return;
      } catch (error) {
        if (!isUnavailable(error) || pause > (LEASE_SECONDS * 1000) / 4) throw error;
        await sleep(pause);
      }
    }
  }

  /**
   * Takes this try on, once: sets the mark that says a message may be at the other side. The lease begins anew, however
   * long the job waited: nobody else may take the row over while this try sends.
   */
  private async take(interactionId: string, attempt: number) {
    const now = this.clock.now();
    const leaseEnd = new Date(now.getTime() + LEASE_SECONDS * 1000);
    const [rows]: [
      { caseId: string; channelName: string; wasTransmitting: boolean; previousReason: string | null }[],
      number,
    ] = await this.database.query(
      `update delivery d set claimed_attempt = $2, due_at = $4, transmitting_at = coalesce(old.transmitting_at, $3)
       from (select d.interaction_id, d.transmitting_at, i.case_id from delivery d join interaction i on i.id = d.interaction_id
             where d.interaction_id = $1 for update of d) old
       where d.interaction_id = old.interaction_id and d.state = 'pending' and d.attempts = $2 and d.claimed_attempt < $2
       returning old.case_id as "caseId", d.channel as "channelName", old.transmitting_at is not null as "wasTransmitting", d.reason as "previousReason"`,
      [interactionId, attempt, now, leaseEnd],
    );
    return rows[0];
  }

  /** Null when another try has begun meanwhile: what becomes of the message is that one's to say. */
  private async attempt(current: Try, wasTransmitting: boolean): Promise<SendOutcome | null> {
    const lease = { keep: () => this.keep(current) };
    const { refused } = current.message;
    if (refused && !wasTransmitting) return { outcome: 'failed', reason: refused, detail: '' };
    try {
      return wasTransmitting
        ? await this.settleThenSend(current, lease)
        : await current.channel.send(current.message, lease);
    } catch (error) {
      if (error instanceof LeaseLost) return null;
      throw error;
    }
  }

  /** An earlier try may have arrived: ask before sending again, and leave it to a person when nobody can tell. */
  private async settleThenSend({ channel, message }: Try, lease: Lease): Promise<SendOutcome> {
    const settled = await channel.settle(message);
    return settled.outcome === 'retry' ? channel.send(message, lease) : settled;
  }

  private async keep(current: Try): Promise<void> {
    const leaseEnd = new Date(this.clock.now().getTime() + LEASE_SECONDS * 1000);
    if (!(await this.update(this.database.manager, current, 'due_at = $3', [leaseEnd]))) {
      throw new LeaseLost(`try ${current.attempt} of ${current.interactionId} has been taken over`);
    }
  }

  private async conclude(tx: EntityManager, current: Try, outcome: SendOutcome): Promise<void> {
    // Case before delivery, the order everybody takes them in; a merge may have moved the message while it was sent.
    current.caseId = await lockCaseOf(tx, current.interactionId);
    switch (outcome.outcome) {
      case 'sent':
        return this.sent(tx, current, outcome);
      case 'failed':
        return this.failed(tx, current, outcome.reason, outcome.detail);
      case 'retry':
        return this.tryLater(tx, current, outcome.reason, outcome.detail, { at: outcome.at, transmitting: false });
      case 'wait':
        return this.wait(tx, current, outcome);
      case 'unknown':
        return current.channel.settles
          ? this.tryLater(tx, current, 'outcome.unknown', outcome.detail, { at: outcome.at, transmitting: true })
          : this.failed(tx, current, 'outcome.unknown', outcome.detail);
    }
  }

  private async sent(
    tx: EntityManager,
    current: Try,
    outcome: { externalId: string; threadRef?: string },
  ): Promise<void> {
    const { interactionId, caseId, channel } = current;
    const changed = await this.update(
      tx,
      current,
      `state = 'sent', sent_at = $3, transmitting_at = null, reason = null, detail = null`,
      [this.clock.now()],
    );
    if (!changed) return;
    await nameExternally(tx, interactionId, outcome.externalId);
    await tx.query(
      'update channel_thread t set thread_ref = coalesce(t.thread_ref, $2) from interaction i where i.id = $1 and t.id = i.thread_id',
      [interactionId, outcome.threadRef ?? null],
    );
    await this.tell(tx, caseId, { type: 'interaction.sent', data: { interactionId, channel: channel.channel } });
  }

  private async failed(tx: EntityManager, current: Try, reason: DeliveryReason, detail: string): Promise<void> {
    const { interactionId, caseId, channel } = current;
    const changed = await this.update(
      tx,
      current,
      `state = 'failed', transmitting_at = null, reason = $3, detail = $4`,
      [reason, detail.slice(0, 500)],
    );
    if (!changed) return;
    await tx.query('update cases set failed_sends = failed_sends + 1 where id = $1', [caseId]);
    await this.tell(tx, caseId, {
      type: 'interaction.failed',
      data: { interactionId, channel: channel.channel, reason },
    });
  }

  private async tryLater(
    tx: EntityManager,
    current: Try,
    reason: DeliveryReason,
    detail: string,
    next: { at?: Date; transmitting: boolean },
  ): Promise<void> {
    const { message } = current;
    // What may have arrived is asked for often: others to the same person wait behind it.
    const attempt = next.transmitting ? Math.min(current.attempt, SETTLING_STEPS) : current.attempt;
    const dueAt = nextTry(this.clock.now(), message.firstDueAt, attempt, next.at);
    if (!dueAt) return this.failed(tx, current, next.transmitting ? 'outcome.unknown' : 'attempts.exhausted', detail);
    const transmitting = next.transmitting ? 'transmitting_at' : 'null';
    const changed = await this.update(
      tx,
      current,
      `due_at = $3, reason = $4, detail = $5, transmitting_at = ${transmitting}`,
      [dueAt, reason, detail.slice(0, 500)],
    );
    await this.tellDelay(tx, current, changed, reason);
  }

  /** The time it is given up after begins when its turn comes: waiting for the channel is nobody's failure. */
  private async wait(
    tx: EntityManager,
    current: Try,
    { reason, detail, at, transmitting }: Extract<SendOutcome, { outcome: 'wait' }>,
  ): Promise<void> {
    const dueAt = at ?? this.clock.now();
    const clean = transmitting ? '' : ', transmitting_at = null, first_due_at = greatest(first_due_at, $3)';
    const changed = await this.update(tx, current, `due_at = $3, reason = $4, detail = $5${clean}`, [
      dueAt,
      reason,
      detail.slice(0, 500),
    ]);
    await this.tellDelay(tx, current, changed, reason);
  }

  private async tellDelay(tx: EntityManager, current: Try, changed: boolean, reason: DeliveryReason): Promise<void> {
    const { interactionId, caseId, channel, previousReason } = current;
    if (changed && previousReason !== reason)
      await this.tell(tx, caseId, {
        type: 'interaction.delayed',
        data: { interactionId, channel: channel.channel, reason },
      });
  }

  /** Writes only while this try is still the row's own: a try that outlived its lease changes nothing. */
  private async update(
    tx: EntityManager,
    { interactionId, attempt }: Try,
    assignments: string,
    values: unknown[],
  ): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.query(
      `update delivery set ${assignments} where interaction_id = $1 and attempts = $2 and state = 'pending'`,
      [interactionId, attempt, ...values],
    );
    return count > 0;
  }

  private async tell(tx: EntityManager, caseId: string, event: NewEvent): Promise<void> {
    await record(tx, caseId, SYSTEM, 'delivery', this.clock.now(), [event]);
  }
}

/** The channel's own id of the message, so that its echo is known as a replay. */
async function nameExternally(tx: EntityManager, interactionId: string, externalId: string): Promise<void> {
  await tx.query('savepoint naming');
  try {
    await tx.query('update interaction set external_id = $2 where id = $1 and external_id is null', [
      interactionId,
      externalId,
    ]);
    await tx.query('release savepoint naming');
  } catch (error) {
    // An echo that could not be told apart has taken the id already: both stay visible, nothing is lost.
    if (sqlState(error) !== '23505') throw error;
    await tx.query('rollback to savepoint naming');
  }
}
