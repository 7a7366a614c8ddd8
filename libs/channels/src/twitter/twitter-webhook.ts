import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { RejectService } from '#cases';
import { DomainError, isUnavailable, STORAGE, type Storage } from '#platform';
import type { Unreadable } from './direct-message.rules.js';
import { TwitterClient } from './twitter-client.js';
import { countNew, TwitterIntake } from './twitter-intake.js';
import { readWebhook, type WebhookReading } from './webhook-body.rules.js';

/** A word; every JSON object holds a brace. */
const CRC_TOKEN = /^[^\s{}"]{1,512}$/u;

/** What X knocks with: the check of the address, and events in the envelopes of Account Activity and X Activity. */
@Injectable()
export class TwitterWebhook {
  private readonly log = new Logger(TwitterWebhook.name);

  constructor(
    private readonly client: TwitterClient,
    private readonly intake: TwitterIntake,
    private readonly rejects: RejectService,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /**
   * X's challenge-response check: HMAC-SHA256 of the token with the consumer secret. The same proof signs the bodies of
   * deliveries and anybody may ask for it, so what could be a body is not signed.
   * @throws DomainError request.invalid
   */
  answerChallenge(crcToken: string): { response_token: string } {
    if (!CRC_TOKEN.test(crcToken))
      throw new DomainError('request.invalid', [{ path: 'crc_token', message: 'is no token' }]);
    return { response_token: this.signature(crcToken) };
  }

  /**
   * @param signatureHeader `x-twitter-webhooks-signature`: `sha256=<base64 HMAC-SHA256 of the body as it came>`
   * @throws DomainError webhook.bad_signature
   */
  verify(rawBody: Buffer, signatureHeader: string | undefined): void {
    const [right, stated] = [Buffer.from(this.signature(rawBody)), Buffer.from(signatureHeader ?? '')];
    if (right.length !== stated.length || !timingSafeEqual(right, stated)) {
      throw new DomainError('webhook.bad_signature');
    }
  }

  /**
   * Takes in what a verified body holds, in one transaction. What cannot be read is kept whole and shown.
   * @returns how many new interactions it made; 0 when everything was there already
   * @throws DomainError webhook.bad_body when it is no JSON object: kept as well
   */
  async receive(rawBody: Buffer): Promise<number> {
    const body = parse(rawBody);
    if (body === undefined) {
      await this.keep(rawBody, [{ reason: 'webhook.bad_body', detail: 'not a JSON object', sender: null }]);
      throw new DomainError('webhook.bad_body');
    }
    const reading = readWebhook(body, this.client.account?.userId ?? '');
    if (!reading) {
      await this.keep(rawBody, [{ reason: 'webhook.unknown_shape', detail: keysOf(body), sender: null }]);
      return 0;
    }
    if (reading.messages.length === 0) {
      if (reading.unreadable.length > 0) await this.keep(rawBody, reading.unreadable);
      return 0;
    }
    return this.take(rawBody, reading);
  }

  /** What intake refuses for good is kept whole too; while the database is away X is to come again. */
  private async take(rawBody: Buffer, { messages, unreadable }: WebhookReading): Promise<number> {
    try {
      if (unreadable.length === 0) return await this.intake.takeAmong(messages);
      const stored = await this.storage.put(Readable.from([rawBody]));
      return countNew(await this.intake.take(messages, (tx) => this.rejects.keep(tx, reject(unreadable, stored))));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await this.keep(rawBody, [{ reason: 'twitter.not_stored', detail: String(error), sender: null }]);
      return 0;
    }
  }

  private async keep(rawBody: Buffer, unreadable: Unreadable[]): Promise<void> {
    const stored = await this.storage.put(Readable.from([rawBody]));
    await this.intake.take([], (tx) => this.rejects.keep(tx, reject(unreadable, stored)));
    this.log.warn(`kept a webhook body that could not be read: ${unreadable[0]?.reason ?? ''}`);
  }

  private signature(message: string | Buffer): string {
    const { account } = this.client;
    // Without an account nobody can have signed anything.
    if (!account) throw new DomainError('webhook.bad_signature');
    return `sha256=${createHmac('sha256', account.consumerSecret).update(message).digest('base64')}`;
  }
}

/** The JSON object of a body; undefined when there is none. */
function parse(rawBody: Buffer): object | undefined {
  try {
    const body: unknown = JSON.parse(rawBody.toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const keysOf = (body: object): string => Object.keys(body).slice(0, 20).join(', ');

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
