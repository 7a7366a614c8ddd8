import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { CLOCK, DomainError, type Clock } from '#platform';
import { ChannelHealth } from '../health/index.js';
import { TwitterAccounts } from './accounts/index.js';
import { TwitterClient } from './twitter-client.js';
import { WebhookBodies } from './webhook-bodies.js';
import { readWebhook, type WebhookReading } from './webhook-body.rules.js';

/** A word; every JSON object holds a brace. */
const CRC_TOKEN = /^[^\s{}"]{1,512}$/u;

/** How often it is written down that deliveries come. */
const FLUSH_MS = 30_000;

/** What X knocks with: the check of the address, and events in the envelopes of Account Activity and X Activity. */
@Injectable()
export class TwitterWebhook {
  private flushedAt = 0;

  constructor(
    private readonly client: TwitterClient,
    private readonly bodies: WebhookBodies,
    private readonly accounts: TwitterAccounts,
    private readonly health: ChannelHealth,
    @Inject(CLOCK) private readonly clock: Clock,
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
      await this.bodies.keep(rawBody, [{ reason: 'webhook.bad_body', detail: 'not a JSON object', sender: null }]);
      throw new DomainError('webhook.bad_body');
    }
    const reading = readWebhook(body, this.client.account?.userId ?? '');
    if (!reading) {
      await this.bodies.keep(rawBody, [{ reason: 'webhook.unknown_shape', detail: keysOf(body), sender: null }]);
      return 0;
    }
    for (const { userId, at } of reading.revoked) await this.accounts.revoked(userId, at);
    const count = await this.bodies.take(rawBody, reading);
    // Not before: what could not be taken in has not been brought, and polling must hurry.
    this.delivered(reading);
    return count;
  }

  /** That it brings messages is what tells polling that it need not hurry. */
  private delivered({ messages, posts }: WebhookReading): void {
    const ids = new Set([...messages.map(({ account }) => account.id), ...posts.map(({ account }) => account)]);
    for (const id of ids) this.health.seen(`twitter:${id}:webhook`, 'in');
    const now = this.clock.now().getTime();
    if (ids.size === 0 || now - this.flushedAt < FLUSH_MS) return;
    this.flushedAt = now;
    // Nobody else does it in a process that only answers requests; not written down now is written down next time.
    void this.health.flush();
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
