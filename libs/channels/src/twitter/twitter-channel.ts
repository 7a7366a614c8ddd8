import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { takesFiles } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import type { Lease, OutboundChannel, OutgoingMessage, SendOutcome } from '../channel.js';
import { AccountClosed, closedBy, TwitterAccounts } from './accounts/index.js';
import { PartSender, partsOf, PartStore, Settling, type PartPlan, type PartRow } from './sending/index.js';
import { closed, failed, notThere, unknown } from './sending/outcomes.js';

/** Direct messages out, from the account the customer wrote to. Only to people who wrote first: X forbids anything else. */
@Injectable()
export class TwitterChannel implements OutboundChannel {
  readonly channel = 'twitter';
  readonly settles = true;

  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly sender: PartSender,
    private readonly parts: PartStore,
    private readonly settling: Settling,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send(message: OutgoingMessage, lease: Lease = FOREVER): Promise<SendOutcome> {
    const account = await this.accounts.sender(message.thread.account);
    if (!account) return failed('channel.not_configured', 'the account on X this was written to is not connected');
    if (!takesFiles('twitter', message.attachments)) {
      return failed('channel.refused', 'direct messages carry pictures (5 MB), GIFs (15 MB) and MP4 films only');
    }
    const recipient = message.to.value;
    if (recipient === null || !(await this.wroteFirst(recipient))) {
      return failed('recipient.closed', 'this person has not written to us on X');
    }
    const shut = closedBy(account, this.clock.now());
    if (shut) return closed(shut, false);
    const done = await this.parts.of(message.interactionId);
    let threadRef: string | undefined;
    for (const part of partsOf(message)) {
      const row = done.get(part.part);
      if (row?.eventId) continue;
      const step = await this.sender.send({ message, account, lease }, part, row);
      if ('outcome' in step) return step;
      threadRef = step.threadRef;
      done.set(part.part, { ...EMPTY, ...row, part: part.part, eventId: step.eventId });
    }
    return { outcome: 'sent', externalId: done.get(1)?.eventId ?? '', threadRef };
  }

  /** Finds out about the one message of it that may have left; those before it are known. */
  async settle(message: OutgoingMessage): Promise<SendOutcome> {
    const account = await this.accounts.sender(message.thread.account);
    const rows = await this.parts.of(message.interactionId);
    const plans = partsOf(message);
    const open = plans.find(({ part }) => !rows.get(part)?.eventId);
    if (!open) return { outcome: 'sent', externalId: rows.get(1)?.eventId ?? '' };
    const row = rows.get(open.part);
    const echoed = open.part === 1 ? await this.echoOf(message.interactionId) : null;
    if (echoed !== null) return this.settled(message, plans, open, { id: echoed, threadRef: undefined });
    if (!row?.tryingAt) return notThere;
    if (!account) return unknown('the account on X this was written to is not connected');
    const found = await this.settling.look(message, account, open, row?.mediaId ?? null);
    if (found instanceof AccountClosed) return closed(found, true);
    if (found === 'not there') return notThere;
    if ('unknown' in found) return unknown(found.unknown, found.at);
    return this.settled(message, plans, open, found);
  }

  private async settled(
    message: OutgoingMessage,
    plans: PartPlan[],
    { part }: PartPlan,
    found: { id: string; threadRef: string | undefined },
  ): Promise<SendOutcome> {
    await this.parts.sent(message.interactionId, part, found.id);
    if (part < plans.length) return notThere;
    const first = part === 1 ? found.id : (await this.parts.of(message.interactionId)).get(1)?.eventId;
    return { outcome: 'sent', externalId: first ?? found.id, threadRef: found.threadRef };
  }

  private async wroteFirst(recipient: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `select 1 from contact_point c
       join cases k on k.customer_id = c.customer_id
       join channel_thread t on t.case_id = k.id and t.contact_point_id = c.id
       where c.kind = 'twitter' and c.value = $1 and c.valid_to is null and not c.shared and t.channel = 'twitter' and t.last_inbound_at is not null
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
}

const EMPTY: Omit<PartRow, 'part' | 'eventId'> = { mediaId: null, uploadedAt: null, tryingAt: null };
const FOREVER: Lease = { keep: () => Promise.resolve() };
