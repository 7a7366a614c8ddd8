import { Inject, Injectable, Logger } from '@nestjs/common';
import type { TwitterApi } from 'twitter-api-v2';
import { CLOCK, Wake, type Clock } from '#platform';
import type { TwitterAccount, TwitterAccountState } from '#contracts';
import { ChannelHealth } from '../../health/index.js';
import { callFailure } from '../call-failure.js';
import { detailOf } from '../send-outcome.rules.js';
import { TwitterClient } from '../twitter-client.js';
import { AccountClosed, closedBy, labelOf, type Account, type AccountTokens } from './account.js';
import { AccountStore, KEYS_UNREADABLE, type NewAccount } from './account.store.js';
import { TokenRenewal } from './token-renewal.js';

/** Keys are renewed so long before they end. */
const AHEAD_MS = 60_000;
/** Without credit every further call is refused; keys of OAuth 1.0a may be good again without anybody's doing. */
const NO_CREDIT_MS = 5 * 60_000;
const REFUSED_MS = 60_000;
/** An account X did not name is asked about again after so long. */
const INTRODUCE_MS = 60_000;
const APP_ONLY = 'no HILO_TWITTER keys are set';

/** An account that may be used now, with its keys. */
interface Usable {
  account: Account;
  tokens: AccountTokens;
}

/** The care accounts and everything that is done in their name. */
@Injectable()
export class TwitterAccounts {
  private readonly log = new Logger(TwitterAccounts.name);
  private loaded: Promise<void> | null = null;
  private introducedAt = 0;
  private introduction = Promise.resolve();

  constructor(
    private readonly client: TwitterClient,
    private readonly store: AccountStore,
    private readonly renewal: TokenRenewal,
    private readonly health: ChannelHealth,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Every account, the one of the environment among them; none without the keys of an application. */
  async all(): Promise<Account[]> {
    if (!this.client.account) return [];
    await this.ready();
    return this.store.all();
  }

  /** As administrators see them. */
  async list(): Promise<TwitterAccount[]> {
    const accounts = await this.all();
    const waiting = await this.store.waiting();
    return accounts.map(({ userId, handle, name, auth, source, scopes, state, detail, expiresAt, openAt }, at) => ({
      ...{ userId, handle, name, auth, source, scopes, state, detail },
      expiresAt: expiresAt?.toISOString() ?? null,
      openAt: openAt?.toISOString() ?? null,
      // What names no account leaves from the first.
      waiting: (waiting.get(userId) ?? 0) + (at === 0 ? (waiting.get('') ?? 0) : 0),
    }));
  }

  async find(userId: string): Promise<Account | null> {
    if (!this.client.account) return null;
    await this.ready();
    return this.store.find(userId);
  }

  /** The account a message leaves from: the one it was written to, else the first there is. */
  async sender(stated: string | null): Promise<Account | null> {
    return stated === null ? ((await this.all())[0] ?? null) : this.find(stated);
  }

  /**
   * Asks X in the name of an account. Keys about to end are renewed first; keys X refuses are renewed once, whoever else
   * finds out at the same moment. What X says of the account itself becomes its state.
   * @throws AccountClosed without asking X; whatever `work` throws
   */
  async call<T>(userId: string, work: (api: TwitterApi) => Promise<T>): Promise<T> {
    const { account, tokens } = await this.usable(userId);
    try {
      return await this.worked(account, await work(this.client.speakAs(userId, tokens)));
    } catch (error) {
      if (statusOf(error) !== 401) return this.troubled(account, error);
    }
    const renewed = await this.renew(account);
    try {
      return await this.worked(renewed.account, await work(this.client.speakAs(userId, renewed.tokens)));
    } catch (error) {
      return this.troubled(renewed.account, error);
    }
  }

  /** What a request that the client does not make itself has to carry. */
  async authorization(userId: string, method: string, url: URL): Promise<Record<string, string>> {
    const { tokens } = await this.usable(userId);
    return this.client.authorization(tokens, method, url);
  }

  /** Asks X for the names of accounts nobody has named yet: those of the environment. Now and then; never throws. */
  introduce(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - this.introducedAt < INTRODUCE_MS) return this.introduction;
    this.introducedAt = now;
    this.introduction = this.nameAll();
    return this.introduction;
  }

  private async nameAll(): Promise<void> {
    try {
      const unnamed = (await this.all()).filter(({ handle, state }) => handle === null && state === 'ok');
      for (const { userId } of unnamed) await this.check(userId);
    } catch (error) {
      this.log.warn(`an account on X stays without its name for now: ${String(error)}`);
    }
  }

  /**
   * The account has withdrawn its permission: only somebody can give it again.
   * @param at when; what is told again after somebody has connected it anew changes nothing
   */
  async revoked(userId: string, at: Date | null = null): Promise<void> {
    const account = await this.store.find(userId);
    if (at && account?.state === 'ok' && account.changedAt > at) return;
    await this.close(userId, 'revoked', 'the account has withdrawn its permission', null);
  }

  /** Sees whether X takes the keys, whatever it said before. @throws what X says */
  async check(userId: string): Promise<void> {
    const account = await this.find(userId);
    if (!account) throw new AccountClosed('unknown', 'no such account', null);
    if (account.state !== 'ok') await this.store.setState(userId, account.state, { openAt: this.clock.now() });
    const me = await this.call(userId, (api) => api.v2.me());
    const { username: handle, name } = me.data;
    await this.store.nameIt(userId, handle, name);
    const keys = ['send', 'poll', 'webhook'].map((way) => `twitter:${userId}:${way}`);
    await this.health.rename(keys, labelOf({ userId, handle }));
  }

  /** A new account, or new keys of a known one: whatever waited for it leaves. */
  async admit(account: NewAccount): Promise<void> {
    await this.ready();
    await this.store.save(account);
    this.wake.ring('delivery');
  }

  /** X forgets the keys, if anybody can still read them; then we do. What waited to leave from it fails visibly. */
  async letGo(account: Account): Promise<void> {
    const tokens = this.opened(account);
    try {
      if (tokens?.kind === 'oauth2') await this.client.connecting?.revokeOAuth2Token(tokens.accessToken);
    } catch (error) {
      // Keys X does not know any more are as good as revoked; a line that is down must not keep them here.
      if (!callFailure(error)) throw error;
    }
    await this.store.remove(account.userId);
    await this.health.forget(`twitter:${account.userId}:send`);
    this.wake.ring('delivery');
  }

  /** The account of the environment has its row; its keys are put there anew at each start. */
  ready(): Promise<void> {
    this.loaded ??= this.load().catch((error: unknown) => {
      this.loaded = null;
      throw error;
    });
    return this.loaded;
  }

  private async load(): Promise<void> {
    const own = this.client.account;
    if (!own) return;
    const { userId, accessToken, accessSecret } = own;
    const known = await this.store.find(userId);
    const tokens = known && this.opened(known);
    // One that was connected meanwhile has better keys than the environment, also while it may do nothing for now.
    if (known?.source === 'connected' && known.state !== 'revoked' && tokens) return;
    const isSame =
      tokens?.kind === 'oauth1' && tokens.accessToken === accessToken && tokens.accessSecret === accessSecret;
    if (isSame && known?.state === 'ok') return;
    await this.store.save({
      userId,
      handle: null,
      name: null,
      source: 'environment',
      tokens: { kind: 'oauth1', accessToken, accessSecret },
      scopes: [],
      expiresAt: null,
    });
  }

  /** Null when they were sealed with another HILO_SECRET. */
  private opened(account: Account): AccountTokens | null {
    try {
      return this.store.open(account);
    } catch (error) {
      this.log.warn(`the keys of account ${account.userId} cannot be opened: ${String(error)}`);
      return null;
    }
  }

  /** @throws AccountClosed when nobody can read them any more: somebody has to connect the account again */
  private async keysOf(account: Account): Promise<AccountTokens> {
    const tokens = this.opened(account);
    if (tokens) return tokens;
    await this.close(account.userId, 'reconnect', KEYS_UNREADABLE, null);
    throw new AccountClosed('reconnect', KEYS_UNREADABLE, null);
  }

  private async usable(userId: string): Promise<Usable> {
    if (!this.client.account) throw new AccountClosed('unknown', APP_ONLY, null);
    const account = await this.find(userId);
    if (!account) throw new AccountClosed('unknown', `no account ${userId}`, null);
    const now = this.clock.now();
    const closed = closedBy(account, now);
    if (closed) throw closed;
    const tokens = await this.keysOf(account);
    const endsSoon = account.expiresAt !== null && account.expiresAt.getTime() - AHEAD_MS <= now.getTime();
    return endsSoon ? this.renew(account) : { account, tokens };
  }

  private async renew(account: Account): Promise<Usable> {
    const renewed = await this.renewal.renew(account);
    if (typeof renewed === 'string') return this.refused(account, renewed);
    return { account: renewed, tokens: await this.keysOf(renewed) };
  }

  private async worked<T>(account: Account, answer: T): Promise<T> {
    if (account.state !== 'ok' && (await this.store.setState(account.userId, 'ok'))) {
      this.log.log(`X lets account ${account.userId} in again`);
      this.wake.ring('delivery');
    }
    await this.health.report(`twitter:${account.userId}:send`, {
      channel: 'twitter',
      label: labelOf(account),
      state: 'ok',
      ...endOf(account),
    });
    return answer;
  }

  private async troubled(account: Account, error: unknown): Promise<never> {
    const failure = callFailure(error);
    if (failure?.kind !== 'refused') throw error;
    const { userId } = account;
    if (failure.status === 401) return this.refused(account, detailOf(failure));
    if (failure.status === 402) {
      const until = new Date(this.clock.now().getTime() + NO_CREDIT_MS);
      await this.close(userId, 'no_credit', detailOf(failure), until);
      throw new AccountClosed('no_credit', detailOf(failure), until);
    }
    throw error;
  }

  /** X takes the keys no more. Those of OAuth 1.0a may be good again by themselves, others only by somebody's doing. */
  private async refused(account: Account, detail: string): Promise<never> {
    const until = account.auth === 'oauth1' ? new Date(this.clock.now().getTime() + REFUSED_MS) : null;
    await this.close(account.userId, 'reconnect', detail, until);
    throw new AccountClosed('reconnect', detail, until);
  }

  private async close(
    userId: string,
    state: Exclude<TwitterAccountState, 'ok'>,
    detail: string,
    openAt: Date | null,
  ): Promise<void> {
    const isNew = await this.store.setState(userId, state, { detail, openAt });
    const account = await this.store.find(userId);
    if (!account) return;
    if (isNew) this.log.warn(`account ${userId} on X: ${state}, ${detail}`);
    await this.health.report(`twitter:${userId}:send`, {
      channel: 'twitter',
      label: labelOf(account),
      state: 'trouble',
      reason: `channel.${state}`,
      detail,
      ...endOf(account),
    });
    // Those who wait are told why.
    this.wake.ring('delivery');
  }
}

const endOf = ({ expiresAt }: Account): { expiresAt?: Date } => (expiresAt === null ? {} : { expiresAt });

function statusOf(error: unknown): number | null {
  const failure = callFailure(error);
  return failure?.kind === 'refused' ? failure.status : null;
}
