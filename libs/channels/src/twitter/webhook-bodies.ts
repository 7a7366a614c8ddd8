import { Inject, Injectable, Logger } from '@nestjs/common';
import { Readable } from 'node:stream';
import { RejectService } from '#cases';
import { isUnavailable, STORAGE, type Storage } from '#platform';
import type { Unreadable } from './direct-message.rules.js';
import { EncryptedChats, MentionIntake } from './mentions/index.js';
import { countNew, TwitterIntake } from './twitter-intake.js';
import type { WebhookReading } from './webhook-body.rules.js';

/** What a webhook brought: what can be read is taken in, the rest is kept whole. */
@Injectable()
export class WebhookBodies {
  private readonly log = new Logger(WebhookBodies.name);

  constructor(
    private readonly intake: TwitterIntake,
    private readonly mentions: MentionIntake,
    private readonly chats: EncryptedChats,
    private readonly rejects: RejectService,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /** What intake refuses for good is kept whole too; while the database is away X is to come again. */
  async take(rawBody: Buffer, reading: WebhookReading): Promise<number> {
    try {
      const count = (await this.takeMessages(rawBody, reading)) + (await this.mentions.take(reading.posts));
      return count + (await this.chats.take(reading.chats));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await this.keep(rawBody, [{ reason: 'twitter.not_stored', detail: String(error), sender: null }]);
      return 0;
    }
  }

  private async takeMessages(rawBody: Buffer, { messages, unreadable }: WebhookReading): Promise<number> {
    if (unreadable.length === 0) return messages.length === 0 ? 0 : this.intake.takeAmong(messages);
    if (messages.length === 0) {
      await this.keep(rawBody, unreadable);
      return 0;
    }
    const stored = await this.storage.put(Readable.from([rawBody]));
    return countNew(await this.intake.take(messages, (tx) => this.rejects.keep(tx, reject(unreadable, stored))));
  }

  async keep(rawBody: Buffer, unreadable: Unreadable[]): Promise<void> {
    const stored = await this.storage.put(Readable.from([rawBody]));
    await this.intake.take([], (tx) => this.rejects.keep(tx, reject(unreadable, stored)));
    this.log.warn(`kept a webhook body that could not be read: ${unreadable[0]?.reason ?? ''}`);
  }
}

/** One body is one reject: its first trouble gives the reason, all are in the detail. */
const reject = (unreadable: Unreadable[], stored: { key: string; size: number }) => ({
  channel: 'twitter' as const,
  reason: unreadable[0]?.reason ?? 'twitter.unmappable_event',
  detail: unreadable.map((one) => one.detail).join('; '),
  sender: unreadable[0]?.sender ?? null,
  subject: null,
  storageKey: stored.key,
  size: stored.size,
});
