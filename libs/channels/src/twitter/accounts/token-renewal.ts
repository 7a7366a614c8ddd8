import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { callFailure } from '../call-failure.js';
import { detailOf } from '../send-outcome.rules.js';
import { TwitterClient, type FreshTokens } from '../twitter-client.js';
import { AccountClosed, type Account } from './account.js';
import { AccountStore } from './account.store.js';

const REFUSED = 'X refuses the keys';

/**
 * New keys for old ones, fetched by one at a time: this process asks once, other processes wait for it. They are stored
 * before anybody uses them, for X takes the old ones no more.
 */
@Injectable()
export class TokenRenewal {
  private readonly running = new Map<string, Promise<Account | string>>();

  constructor(
    private readonly client: TwitterClient,
    private readonly store: AccountStore,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param known the account with the keys that are of no use any more
   * @returns the account with others, or why there are none
   * @throws AccountClosed while X cannot be reached
   */
  renew(known: Account): Promise<Account | string> {
    const running = this.running.get(known.userId);
    if (running) return running;
    const renewal = this.database
      .transaction((tx) => this.renewIn(tx, known))
      .finally(() => this.running.delete(known.userId));
    this.running.set(known.userId, renewal);
    return renewal;
  }

  private async renewIn(tx: EntityManager, known: Account): Promise<Account | string> {
    const { userId } = known;
    const account = await this.store.lockRenewal(tx, userId);
    if (!account) return REFUSED;
    // Somebody else was faster.
    if (account.tokensVersion !== known.tokensVersion) return account;
    const tokens = this.store.open(account);
    if (tokens.kind === 'oauth1' || tokens.refreshToken === null) return REFUSED;
    const fresh = await this.ask(tokens.refreshToken);
    if (typeof fresh === 'string') return fresh;
    const { accessToken, refreshToken, scope, expiresIn } = fresh;
    const renewed = { kind: 'oauth2', accessToken, refreshToken: refreshToken ?? tokens.refreshToken } as const;
    const expiresAt = new Date(this.clock.now().getTime() + expiresIn * 1000);
    await this.store.replaceTokens(tx, account, renewed, scope, expiresAt);
    return (await this.store.find(userId, tx)) ?? REFUSED;
  }

  private async ask(refreshToken: string): Promise<FreshTokens | string> {
    try {
      return await this.client.refresh(refreshToken);
    } catch (error) {
      const failure = callFailure(error);
      if (!failure) throw error;
      const said = failure.kind === 'refused' ? detailOf(failure) : failure.detail;
      const isLater = failure.kind === 'broken' || failure.status >= 500 || failure.status === 429;
      if (isLater) throw new AccountClosed('unreachable', `the access could not be renewed: ${said}`, null);
      return `X does not renew the access: ${said}`;
    }
  }
}
