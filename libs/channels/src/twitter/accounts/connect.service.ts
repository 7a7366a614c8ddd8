import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TWITTER_NEEDED_SCOPES, TWITTER_SCOPES, type TwitterConnect } from '#contracts';
import { CLOCK, CONFIG, DomainError, Secrets, type Clock, type Config } from '#platform';
import { callFailure } from '../call-failure.js';
import { detailOf } from '../send-outcome.rules.js';
import { TwitterClient } from '../twitter-client.js';
import { AccountClosed } from './account.js';
import { TwitterAccounts } from './twitter-accounts.js';

const PURPOSE = 'twitter.connect';
const VALID_MS = 10 * 60_000;

const State = z.object({ verifier: z.string(), until: z.number() });

/** Connects care accounts: somebody is sent to X, says yes there, and comes back with a code for keys (OAuth 2.0, PKCE). */
@Injectable()
export class ConnectService {
  constructor(
    private readonly client: TwitterClient,
    private readonly accounts: TwitterAccounts,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Where to send the browser. The state holds what is needed afterwards, sealed: it is good for ten minutes and for whoever
   * owns the account, which need not be who asked.
   * @throws DomainError twitter.not_configured
   */
  begin(): TwitterConnect {
    const { connecting } = this.client;
    if (!connecting) throw new DomainError('twitter.not_configured');
    const link = connecting.generateOAuth2AuthLink(this.callback, { scope: [...TWITTER_SCOPES], state: 'later' });
    const until = this.clock.now().getTime() + VALID_MS;
    const state = this.secrets.seal(PURPOSE, JSON.stringify({ verifier: link.codeVerifier, until }));
    const url = new URL(link.url);
    url.searchParams.set('state', state);
    // X spells it this way in its documents; the client does not.
    url.searchParams.set('code_challenge_method', 'S256');
    const page = this.client.account?.authorizeUrl;
    const shown = page === undefined ? url : new URL(`${page}${url.search}`);
    return { url: shown.href, state, expiresAt: new Date(until).toISOString() };
  }

  /**
   * The browser has come back.
   * @returns the user id of the account that is connected now
   * @throws DomainError twitter.connect_expired, twitter.connect_refused, twitter.not_configured
   */
  async finish(state: string, code: string): Promise<string> {
    const { connecting } = this.client;
    if (!connecting) throw new DomainError('twitter.not_configured');
    const { verifier: codeVerifier } = this.read(state);
    try {
      const keys = await connecting.loginWithOAuth2({ code, codeVerifier, redirectUri: this.callback });
      const missing = TWITTER_NEEDED_SCOPES.filter((scope) => !keys.scope.includes(scope));
      if (missing.length > 0) throw new DomainError('twitter.connect_refused', { missing });
      const tokens = {
        kind: 'oauth2',
        accessToken: keys.accessToken,
        refreshToken: keys.refreshToken ?? null,
      } as const;
      const me = await this.client.speakAs('connecting', tokens).v2.me();
      const { id: userId, username: handle, name } = me.data;
      const expiresAt = new Date(this.clock.now().getTime() + keys.expiresIn * 1000);
      await this.accounts.admit({ userId, handle, name, source: 'connected', tokens, scopes: keys.scope, expiresAt });
      return userId;
    } catch (error) {
      const failure = callFailure(error);
      if (failure?.kind === 'refused') throw new DomainError('twitter.connect_refused', { detail: detailOf(failure) });
      throw error;
    }
  }

  /**
   * Asks X whether it takes the keys, whatever it said before; what it says becomes the account's state.
   * @throws DomainError twitter.account_not_found
   */
  async check(userId: string): Promise<void> {
    if (!(await this.accounts.find(userId))) throw new DomainError('twitter.account_not_found');
    try {
      await this.accounts.check(userId);
    } catch (error) {
      // Its state says what is wrong; a line that is down changes nothing.
      if (!(error instanceof AccountClosed) && !callFailure(error)) throw error;
    }
  }

  /**
   * Lets go of an account: X forgets the keys, then we do. Replies that waited to leave from it fail visibly.
   * @throws DomainError twitter.account_not_found, twitter.account_fixed
   */
  async remove(userId: string): Promise<void> {
    const account = await this.accounts.find(userId);
    if (!account) throw new DomainError('twitter.account_not_found');
    if (userId === this.client.account?.userId) throw new DomainError('twitter.account_fixed');
    await this.accounts.letGo(account);
  }

  private read(state: string): z.infer<typeof State> {
    try {
      const read = State.parse(JSON.parse(this.secrets.open(PURPOSE, state)));
      if (read.until > this.clock.now().getTime()) return read;
    } catch (error) {
      throw new DomainError('twitter.connect_expired', { detail: error instanceof Error ? error.name : '' });
    }
    throw new DomainError('twitter.connect_expired');
  }

  private get callback(): string {
    return `${this.config.http.baseUrl.replace(/\/+$/, '')}/api/v1/twitter/callback`;
  }
}
