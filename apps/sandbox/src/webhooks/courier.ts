import { type Clock, isoTime } from '../clock.js';
import type { Feed } from '../feed.js';
import type { KnobBoard } from '../knobs.js';
import type { DirectMessage } from '../messages.js';
import type { People } from '../people.js';
import { challenge, reasonOf, signatureOf } from './challenge.js';
import { accountActivity, activity } from './envelopes.js';
import { Lane } from './lane.js';

export interface WebhookOptions {
  /** Where the product listens for X. */
  url: string;
  consumerSecret: string;
  /** Waits after a delivery that was not answered 200; after the last one X gives up. */
  retryDelaysMs: readonly number[];
  /** Between challenges while the address has not proved itself, and after it has. */
  challengeRetryMs: number;
  challengeEveryMs: number;
}

export interface Registration {
  url: string;
  valid: boolean;
  reason: string | null;
  checkedAt: string | null;
}

/** One attempt to deliver one body, or the reason why there was none. */
export interface Delivery {
  dmId: string;
  envelope: 'aaa' | 'xaa';
  attempt: number;
  /** HTTP status; null when nothing was answered or nothing was sent. */
  status: number | null;
  outcome: 'accepted' | 'failed' | 'switched_off' | 'webhook_invalid';
  reason: string | null;
  at: string;
}

const REORDER_WINDOW_MS = 500;
const KEPT_DELIVERIES = 5000;
const AT_ONCE = 20;

/** X's webhooks: challenges the product's address, signs what happens to the account and brings it there. */
export class Courier {
  readonly registration: Registration;
  private readonly log: Delivery[] = [];
  private readonly stopping = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly lane = new Lane(AT_ONCE);
  private gathered: DirectMessage[] = [];
  private challengeTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly options: WebhookOptions,
    private readonly people: People,
    private readonly knobs: KnobBoard,
    private readonly feed: Feed,
    private readonly now: Clock,
  ) {
    this.registration = { url: options.url, valid: false, reason: 'not checked yet', checkedAt: null };
  }

  /** Newest last. */
  get deliveries(): readonly Delivery[] {
    return this.log;
  }

  /** Challenges the address now, and again in a while: soon while it fails, hourly once it holds. */
  async validate(): Promise<Registration> {
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    const before = this.registration.valid;
    const { valid, reason } = await challenge(this.options.url, this.options.consumerSecret, this.stopping.signal);
    Object.assign(this.registration, { valid, reason, checkedAt: isoTime(this.now()) });
    if (valid !== before) this.feed.tell('webhook');
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    const wait = valid ? this.options.challengeEveryMs : this.options.challengeRetryMs;
    if (!this.stopping.signal.aborted) this.challengeTimer = setTimeout(() => void this.validate(), wait);
    return this.registration;
  }

  /** Something happened to the account. Returns at once; what the knobs say decides when and how often it is told. */
  announce(message: DirectMessage): void {
    const { enabled, delayMs, reorder } = this.knobs.current.webhooks;
    if (!enabled) return this.note(message, 'switched_off');
    if (!this.registration.valid) return this.note(message, 'webhook_invalid');
    if (reorder) return this.gather(message);
    this.later(delayMs, () => this.deliver(message));
  }

  /** The same body again, so many times at once. Answers the HTTP statuses. */
  async redeliver(message: DirectMessage, copies: number): Promise<(number | null)[]> {
    const [first] = this.bodiesOf(message);
    if (!first) return [];
    return Promise.all(Array.from({ length: copies }, () => this.attempt(message, first, 0)));
  }

  stop(): void {
    this.stopping.abort(new Error('the sandbox is stopping'));
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private gather(message: DirectMessage): void {
    this.gathered.push(message);
    if (this.gathered.length > 1) return;
    this.later(REORDER_WINDOW_MS + this.knobs.current.webhooks.delayMs, async () => {
      const newestFirst = this.gathered.toReversed();
      this.gathered = [];
      for (const one of newestFirst) await this.deliver(one);
    });
  }

  private bodiesOf(message: DirectMessage): { envelope: Delivery['envelope']; bytes: Buffer }[] {
    const { envelope } = this.knobs.current.webhooks;
    const aaa = { envelope: 'aaa', bytes: accountActivity(message, this.people) } as const;
    const xaa = { envelope: 'xaa', bytes: activity(message, this.people) } as const;
    return envelope === 'both' ? [aaa, xaa] : [envelope === 'aaa' ? aaa : xaa];
  }

  private async deliver(message: DirectMessage): Promise<void> {
    const { copies } = this.knobs.current.webhooks;
    const all = this.bodiesOf(message).flatMap((body) => Array.from({ length: copies }, () => body));
    await Promise.all(all.map((body) => this.lane.run(() => this.attempt(message, body, 1))));
  }

  /** `attempt` counts from 1; 0 is a single try that is not repeated. */
  private async attempt(
    message: DirectMessage,
    body: { envelope: Delivery['envelope']; bytes: Buffer },
    attempt: number,
  ): Promise<number | null> {
    const { status, reason } = await this.post(body.bytes);
    if (this.stopping.signal.aborted) return status;
    const outcome = status === 200 ? 'accepted' : 'failed';
    this.keep({ dmId: message.id, envelope: body.envelope, attempt, status, outcome, reason, at: isoTime(this.now()) });
    const wait = attempt === 0 ? undefined : this.options.retryDelaysMs[attempt - 1];
    if (outcome === 'failed' && wait !== undefined) {
      this.later(wait, async () => {
        await this.lane.run(() => this.attempt(message, body, attempt + 1));
      });
    }
    return status;
  }

  private async post(bytes: Buffer): Promise<{ status: number | null; reason: string | null }> {
    try {
      const answer = await fetch(this.options.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'X-Webhooks/1.0',
          'x-twitter-webhooks-signature': signatureOf(this.options.consumerSecret, bytes),
        },
        body: new Uint8Array(bytes),
        redirect: 'manual',
        signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(10_000)]),
      });
      await answer.arrayBuffer();
      return { status: answer.status, reason: null };
    } catch (unanswered) {
      return { status: null, reason: reasonOf(unanswered) };
    }
  }

  private later(ms: number, work: () => Promise<void>): void {
    if (this.stopping.signal.aborted) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void work();
    }, ms);
    this.timers.add(timer);
  }

  private note(message: DirectMessage, outcome: 'switched_off' | 'webhook_invalid'): void {
    const { envelope } = this.knobs.current.webhooks;
    const reason = outcome === 'webhook_invalid' ? this.registration.reason : null;
    this.keep({
      dmId: message.id,
      envelope: envelope === 'xaa' ? 'xaa' : 'aaa',
      attempt: 0,
      status: null,
      outcome,
      reason,
      at: isoTime(this.now()),
    });
  }

  private keep(delivery: Delivery): void {
    this.log.push(delivery);
    if (this.log.length > KEPT_DELIVERIES) this.log.shift();
    this.feed.tell('webhook');
  }
}
