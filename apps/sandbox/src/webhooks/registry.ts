import { randomUUID } from 'node:crypto';
import { type Clock, isoTime } from '../clock.js';
import type { Snowflakes } from '../snowflake.js';

export interface Registration {
  /** Null: no address is registered. */
  id: string | null;
  url: string;
  valid: boolean;
  reason: string | null;
  checkedAt: string | null;
  createdAt: string | null;
}

/** One kind of event X Activity brings of one account. */
export interface ActivitySubscription {
  subscription_id: string;
  event_type: string;
  filter: { user_id: string };
  tag: string;
  webhook_id: string;
}

/**
 * Where X delivers and what. `given`: the address is there from the start and everything is delivered, in the envelope the
 * knobs name. Otherwise X knows none until it is told one, and delivers what is subscribed to.
 */
export class WebhookRegistry {
  readonly registration: Registration;
  private readonly accounts = new Set<string>();
  private activity: ActivitySubscription[] = [];

  constructor(
    /** The given address; null: it is to be registered. */
    private readonly given: string | null,
    private readonly snowflakes: Snowflakes,
    private readonly now: Clock,
  ) {
    this.registration = { id: null, url: '', valid: false, reason: 'not registered', checkedAt: null, createdAt: null };
    if (given !== null) this.register(given);
  }

  get isGiven(): boolean {
    return this.given !== null && this.registration.url === this.given;
  }

  register(url: string): void {
    Object.assign(this.registration, {
      id: this.snowflakes.next(),
      url,
      valid: false,
      reason: 'not checked yet',
      checkedAt: null,
      createdAt: isoTime(this.now()),
    });
  }

  /** Subscriptions go with their webhook. */
  remove(): void {
    Object.assign(this.registration, { id: null, url: '', valid: false, reason: 'not registered', checkedAt: null });
    this.accounts.clear();
    this.activity = [];
  }

  checked(valid: boolean, reason: string | null): void {
    Object.assign(this.registration, { valid, reason, checkedAt: isoTime(this.now()) });
  }

  subscribe(account: string): void {
    this.accounts.add(account);
  }

  unsubscribe(account: string): void {
    this.accounts.delete(account);
  }

  isSubscribed(account: string): boolean {
    return this.isGiven || this.accounts.has(account);
  }

  subscriptions(): readonly ActivitySubscription[] {
    return this.activity;
  }

  /** Null when there is one already. */
  subscribeActivity(stated: Omit<ActivitySubscription, 'subscription_id'>): ActivitySubscription | null {
    if (this.brings(stated.event_type, stated.filter.user_id)) return null;
    const made = { ...stated, subscription_id: randomUUID() };
    this.activity.push(made);
    return made;
  }

  /** Whether X Activity brings this kind of event of an account. */
  brings(eventType: string, account: string): boolean {
    return this.activity.some((one) => one.event_type === eventType && one.filter.user_id === account);
  }
}
