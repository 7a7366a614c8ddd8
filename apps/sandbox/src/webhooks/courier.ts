import { type Clock, isoTime } from '../clock.js';
import type { Feed } from '../feed.js';
import type { KnobBoard } from '../knobs.js';
import type { DirectMessage } from '../messages.js';
import type { Post, Posts } from '../posts.js';
import { challenge, reasonOf, signatureOf } from './challenge.js';
import { chatNotice, messageNotice, postNotice, revocationNotice, type Notice } from './envelopes.js';
import { Lane } from './lane.js';
import type { Registration, WebhookRegistry } from './registry.js';

export interface WebhookOptions {
  consumerSecret: string;
  /** Waits after a delivery that was not answered 200; after the last one X gives up. */
  retryDelaysMs: readonly number[];
  /** Between challenges while the address has not proved itself, and after it has. */
  challengeRetryMs: number;
  challengeEveryMs: number;
}

/** One attempt to deliver one body, or the reason why there was none. */
export interface Delivery {
  /** What it told of: a direct message, a post, a chat. */
  dmId: string;
  envelope: 'aaa' | 'xaa';
  attempt: number;
  /** HTTP status; null when nothing was answered or nothing was sent. */
  status: number | null;
  outcome: 'accepted' | 'failed' | 'switched_off' | 'webhook_invalid';
  reason: string | null;
  at: string;
}

interface Body {
  envelope: Delivery['envelope'];
  bytes: Buffer;
}

const REORDER_WINDOW_MS = 500;
const KEPT_DELIVERIES = 5000;
const AT_ONCE = 20;

/** X's webhooks: challenges the product's address, signs what happens to the account and brings it there. */
export class Courier {
  private readonly log: Delivery[] = [];
  private readonly stopping = new AbortController();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly lane = new Lane(AT_ONCE);
  private gathered: Notice[] = [];
  private challengeTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly options: WebhookOptions,
    readonly registry: WebhookRegistry,
    private readonly posts: Posts,
    private readonly knobs: KnobBoard,
    private readonly feed: Feed,
    private readonly now: Clock,
  ) {}

  get registration(): Registration {
    return this.registry.registration;
  }

  /** Newest last. */
  get deliveries(): readonly Delivery[] {
    return this.log;
  }

  /** Challenges the address now, and again in a while: soon while it fails, hourly once it holds. */
  async validate(): Promise<Registration> {
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    const { id, url, valid: before } = this.registration;
    if (id === null) return this.registration;
    const { valid, reason } = await challenge(url, this.options.consumerSecret, this.stopping.signal);
    this.registry.checked(valid, reason);
    if (valid !== before) this.feed.tell('webhook');
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    const wait = valid ? this.options.challengeEveryMs : this.options.challengeRetryMs;
    // An address that was registered and does not hold is left alone until somebody asks for it to be checked.
    const goesOn = valid || this.registry.isGiven;
    if (goesOn && !this.stopping.signal.aborted) this.challengeTimer = setTimeout(() => void this.validate(), wait);
    return this.registration;
  }

  /** Something happened to the account. Returns at once; what the knobs say decides when and how often it is told. */
  announce(message: DirectMessage): void {
    this.tell(messageNotice(message, this.posts.people));
  }

  /** A post that calls one of our accounts, or several. */
  announcePost(post: Post): void {
    for (const account of this.posts.careCalled(post))
      this.tell(postNotice(post, account, this.posts.people, this.posts));
  }

  /** Somebody wrote in XChat: nobody but the two of them can read it. */
  announceChat(id: string, senderId: string, account: string): void {
    this.tell(chatNotice({ id, senderId, account, at: this.now() }));
  }

  announceRevocation(account: string): void {
    this.tell(revocationNotice(account, this.now()));
  }

  private tell(notice: Notice): void {
    const { enabled, delayMs, reorder } = this.knobs.current.webhooks;
    if (!enabled) return this.note(notice, 'switched_off');
    if (!this.registration.valid) return this.note(notice, 'webhook_invalid');
    if (reorder) return this.gather(notice);
    this.later(delayMs, () => this.deliver(notice));
  }

  /** The same body again, so many times at once. Answers the HTTP statuses. */
  async redeliver(message: DirectMessage, copies: number): Promise<(number | null)[]> {
    const notice = messageNotice(message, this.posts.people);
    const [first] = this.bodiesOf(notice);
    if (!first) return [];
    return Promise.all(Array.from({ length: copies }, () => this.attempt(notice, first, 0)));
  }

  stop(): void {
    this.stopping.abort(new Error('the sandbox is stopping'));
    if (this.challengeTimer) clearTimeout(this.challengeTimer);
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private gather(notice: Notice): void {
    this.gathered.push(notice);
    if (this.gathered.length > 1) return;
    this.later(REORDER_WINDOW_MS + this.knobs.current.webhooks.delayMs, async () => {
      const newestFirst = this.gathered.toReversed();
      this.gathered = [];
      for (const one of newestFirst) await this.deliver(one);
    });
  }

  /** Given: as the knobs say, and what has one envelope only in that one. Registered: what is subscribed to. */
  private bodiesOf({ account, eventType, aaa, xaa }: Notice): Body[] {
    const { envelope } = this.knobs.current.webhooks;
    const bodies = [
      ...(aaa ? [{ envelope: 'aaa', bytes: aaa } as const] : []),
      ...(xaa ? [{ envelope: 'xaa', bytes: xaa } as const] : []),
    ];
    if (!this.registry.isGiven) {
      return bodies.filter((body) =>
        body.envelope === 'aaa' ? this.registry.isSubscribed(account) : this.registry.brings(eventType, account),
      );
    }
    const asked = bodies.filter((body) => envelope === 'both' || body.envelope === envelope);
    return asked.length > 0 ? asked : bodies;
  }

  private async deliver(notice: Notice): Promise<void> {
    const { copies } = this.knobs.current.webhooks;
    const all = this.bodiesOf(notice).flatMap((body) => Array.from({ length: copies }, () => body));
    await Promise.all(all.map((body) => this.lane.run(() => this.attempt(notice, body, 1))));
  }

  /** `attempt` counts from 1; 0 is a single try that is not repeated. */
  private async attempt(notice: Notice, body: Body, attempt: number): Promise<number | null> {
    const { status, reason } = await this.post(body.bytes);
    if (this.stopping.signal.aborted) return status;
    const outcome = status === 200 ? 'accepted' : 'failed';
    this.keep({ dmId: notice.id, envelope: body.envelope, attempt, status, outcome, reason, at: isoTime(this.now()) });
    const wait = attempt === 0 ? undefined : this.options.retryDelaysMs[attempt - 1];
    if (outcome === 'failed' && wait !== undefined) {
      this.later(wait, async () => {
        await this.lane.run(() => this.attempt(notice, body, attempt + 1));
      });
    }
    return status;
  }

  private async post(bytes: Buffer): Promise<{ status: number | null; reason: string | null }> {
    try {
      const answer = await fetch(this.registration.url, {
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

  private note(notice: Notice, outcome: 'switched_off' | 'webhook_invalid'): void {
    const { envelope } = this.knobs.current.webhooks;
    const reason = outcome === 'webhook_invalid' ? this.registration.reason : null;
    this.keep({
      dmId: notice.id,
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
