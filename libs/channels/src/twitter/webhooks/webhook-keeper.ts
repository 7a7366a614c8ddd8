import { Inject, Injectable, Logger } from '@nestjs/common';
import { CLOCK, CONFIG, ProcessLocks, Sweep, within, type Clock, type Config } from '#platform';
import { ChannelHealth, type ChannelReport } from '../../health/index.js';
import { AccountClosed, labelOf, TwitterAccounts, type Account } from '../accounts/index.js';
import { callFailure } from '../call-failure.js';
import { troubleOf } from '../polling/poll-health.js';
import type { WebhookWord } from '../polling/pace.rules.js';
import { activityWanted, canBeKnockedAt, planFor, webhookAddress } from './address.rules.js';
import { WebhookCalls } from './webhook-calls.js';

/** One process at a time looks after them. */
const LOCK = 'twitter:webhooks';
const TICK_MS = 30_000;
const HOUR_MS = 3_600_000;
/** Longest wait for the look in hand. */
const STOP_MS = 1500;
/** A product that has just started may not answer X's check yet; each time it fails again, twice as long, up to an hour. */
const AGAIN_MS = 60_000;
/** Refusals that say that something is not to be had, and not that it went wrong. */
const NOT_OFFERED = [403, 404];
const NOT_PUBLIC = 'HILO_BASE_URL is no https address X could reach: messages are fetched instead';

/**
 * Sees to it that X knocks: registers our address, has it checked again when X has stopped delivering, subscribes every
 * account. Looks once an hour, soon again while something is wrong. Polling finds every message without it, later.
 */
@Injectable()
export class WebhookKeeper {
  private readonly log = new Logger(WebhookKeeper.name);
  private readonly sweep: Sweep;
  private readonly address: string;
  private dueAt = new Date(0);
  private failures = 0;
  private trouble = '';

  constructor(
    private readonly accounts: TwitterAccounts,
    private readonly calls: WebhookCalls,
    private readonly health: ChannelHealth,
    private readonly locks: ProcessLocks,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http' | 'twitter'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.address = webhookAddress(config.http.baseUrl);
    this.sweep = new Sweep(WebhookKeeper.name, TICK_MS, () => this.tick());
  }

  start(): void {
    if (this.config.twitter) this.sweep.start();
  }

  /** Within a second or two, whatever X does. */
  async stop(): Promise<void> {
    if (!(await within(STOP_MS, this.sweep.stop()))) this.log.warn('a look at the webhook is cut off');
    await this.locks.release(LOCK);
  }

  /** What is known of an account's webhook, whichever process takes care of it. */
  async word(userId: string): Promise<WebhookWord> {
    const known = await this.health.known(keyOf(userId));
    return { isValid: known?.state === 'ok', lastInAt: known?.lastInAt ?? null };
  }

  /** Something says that X does not deliver: looks now. */
  look(): void {
    this.dueAt = new Date(0);
    this.sweep.poke();
  }

  /**
   * One look at everything. What X refuses stands in the health of each account.
   * @returns whether X knocks for every account
   */
  async check(): Promise<boolean> {
    const accounts = await this.accounts.all();
    if (!canBeKnockedAt(this.address, this.config.twitter?.peer !== undefined)) {
      for (const account of accounts) await this.report(account, { state: 'stopped', detail: NOT_PUBLIC });
      return true;
    }
    let id: string;
    try {
      id = await this.registered();
    } catch (error) {
      for (const account of accounts) await this.refused(account, error);
      return false;
    }
    const fine: boolean[] = [];
    for (const account of accounts) fine.push(await this.subscribed(account, id));
    if (this.trouble !== '' && fine.every(Boolean)) this.trouble = '';
    return fine.every(Boolean);
  }

  private async tick(): Promise<boolean> {
    if (this.clock.now() < this.dueAt || !(await this.locks.hold(LOCK))) return false;
    try {
      // Whoever reads how they are doing knows them by their names.
      await this.accounts.introduce();
      const isFine = await this.check();
      const pause = isFine ? HOUR_MS : Math.min(HOUR_MS, AGAIN_MS * 2 ** this.failures);
      this.failures = isFine ? 0 : this.failures + 1;
      this.dueAt = new Date(this.clock.now().getTime() + pause);
      return false;
    } finally {
      await this.locks.release(LOCK);
    }
  }

  /** @returns the id of our webhook, valid now. @throws what X says */
  private async registered(): Promise<string> {
    const made = await this.calls.registry.made();
    const plan = planFor(this.address, await this.calls.list(), made);
    // What stands at our address is ours, whoever has registered it there.
    if (plan.step !== 'create') await this.calls.registry.remember(plan.id, this.address);
    if (plan.step === 'fine') return plan.id;
    if (plan.step === 'revalidate') {
      await this.calls.revalidate(plan.id);
      const after = planFor(this.address, await this.calls.list(), made);
      if (after.step !== 'fine') throw new WebhookInvalid('X has checked the address and does not take it');
      this.log.log('X delivers again');
      return after.id;
    }
    if (plan.stale !== null) await this.calls.remove(plan.stale);
    const { id, valid } = await this.calls.create(this.address);
    if (!valid) throw new WebhookInvalid('X has registered the address and does not take it');
    this.log.log('X has been told where to deliver');
    return id;
  }

  private async subscribed(account: Account, id: string): Promise<boolean> {
    try {
      const hasActivity = await this.accountActivity(account.userId, id);
      const kinds = await this.activity(account.userId, id, hasActivity);
      if (!hasActivity && kinds === null) {
        await this.report(account, {
          state: 'trouble',
          reason: 'channel.webhook_invalid',
          detail: 'X offers this application neither Account Activity nor X Activity',
        });
        return false;
      }
      await this.report(account, { state: 'ok' });
      return true;
    } catch (error) {
      await this.refused(account, error);
      return false;
    }
  }

  /** @returns false where X does not offer it */
  private async accountActivity(userId: string, id: string): Promise<boolean> {
    try {
      if (!(await this.calls.isSubscribed(userId, id))) await this.calls.subscribe(userId, id);
      return true;
    } catch (error) {
      if (isNotOffered(error)) return false;
      throw error;
    }
  }

  /** @returns null where X does not offer it */
  private async activity(userId: string, id: string, hasAccountActivity: boolean): Promise<readonly string[] | null> {
    const wanted = activityWanted(hasAccountActivity);
    try {
      const there = await this.calls.activityOf(userId, id);
      for (const type of wanted.filter((kind) => !there.includes(kind))) {
        await this.calls.subscribeActivity(userId, id, type);
      }
      return wanted;
    } catch (error) {
      if (isNotOffered(error)) return null;
      throw error;
    }
  }

  private async refused(account: Account, error: unknown): Promise<void> {
    const detail = await this.reportRefusal(account, error);
    if (detail !== this.trouble) this.log.warn(`the webhook at X does not work: ${detail}`);
    this.trouble = detail;
  }

  private async reportRefusal(account: Account, error: unknown): Promise<string> {
    if (error instanceof WebhookInvalid) {
      await this.report(account, { state: 'trouble', reason: 'channel.webhook_invalid', detail: error.message });
      return error.message;
    }
    const failure = error instanceof AccountClosed ? error : callFailure(error);
    if (!failure) throw error;
    const { reason, detail } = troubleOf(failure);
    await this.report(account, {
      state: 'trouble',
      reason: reason === 'channel.failing' ? 'channel.webhook_invalid' : reason,
      detail,
    });
    return detail;
  }

  private report(account: Account, said: Pick<ChannelReport, 'state' | 'reason' | 'detail'>): Promise<void> {
    return this.health.report(keyOf(account.userId), { channel: 'twitter', label: labelOf(account), ...said });
  }
}

const keyOf = (userId: string): string => `twitter:${userId}:webhook`;

/** X has the address and does not deliver to it. */
class WebhookInvalid extends Error {}

function isNotOffered(error: unknown): boolean {
  const failure = callFailure(error);
  return failure?.kind === 'refused' && NOT_OFFERED.includes(failure.status);
}
