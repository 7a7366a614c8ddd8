import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IntakeService } from '#cases';
import type { InboundInteraction } from '#contracts';
import { CLOCK, Wake, withRetry, type Clock } from '#platform';

/** A message of XChat: that somebody wrote is all X tells. */
export interface EncryptedChat {
  id: string;
  account: string;
  senderId: string;
  /** ISO 8601; null when X does not say. */
  writtenAt: string | null;
}

interface KnownSender {
  senderId: string;
  handle: string | null;
  display: string;
  name: string;
}

/**
 * Says on the cases of people who are known that they wrote something nobody here can read. What strangers write that way
 * stands among the rejects only: nobody knows who they are, and they could not be answered.
 */
@Injectable()
export class EncryptedChats {
  constructor(
    private readonly database: DataSource,
    private readonly intake: IntakeService,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe to run again. @returns how many entries it made */
  async take(chats: readonly EncryptedChat[]): Promise<number> {
    if (chats.length === 0) return 0;
    const now = this.clock.now();
    const arrivals = await withRetry(this.database, async (tx) => {
      const known: KnownSender[] = await tx.query(
        `select p.value as "senderId", p.handle, p.display, c.display_name as name
         from contact_point p join customer c on c.id = p.customer_id
         where p.kind = 'twitter' and p.value = any($1) and p.valid_to is null and not p.shared`,
        [chats.map(({ senderId }) => senderId)],
      );
      const accounts: { userId: string; handle: string | null }[] = await tx.query(
        'select user_id as "userId", handle from twitter_account where user_id = any($1)',
        [chats.map(({ account }) => account)],
      );
      const inbound = chats.flatMap((chat) => {
        const sender = known.find(({ senderId }) => senderId === chat.senderId);
        const handle = accounts.find(({ userId }) => userId === chat.account)?.handle ?? null;
        return sender ? [toInbound(chat, sender, handle, now)] : [];
      });
      return inbound.length === 0 ? [] : this.intake.receive(tx, inbound);
    });
    const count = arrivals.filter(({ outcome }) => outcome !== 'duplicate').length;
    if (count > 0) this.wake.ring('relay');
    return count;
  }
}

function toInbound(chat: EncryptedChat, sender: KnownSender, handle: string | null, now: Date): InboundInteraction {
  const account = handle === null ? 'X' : `@${handle}`;
  return {
    channel: 'twitter',
    externalId: `chat:${chat.id}`,
    contact: { kind: 'twitter', value: chat.senderId, handle: sender.handle, display: sender.display },
    displayName: sender.name,
    // Names the entry where there are no words to show.
    subject: 'XChat',
    text: '',
    notices: [{ code: 'twitter.encrypted_chat', values: { account } }],
    occurredAt: chat.writtenAt ?? now.toISOString(),
    account: chat.account,
    opensThread: false,
  };
}
