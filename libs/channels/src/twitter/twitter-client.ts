import { Inject, Injectable } from '@nestjs/common';
import { Agent } from 'node:https';
import {
  TwitterApi,
  type ITwitterApiAfterRequestHookArgs,
  type ITwitterApiBeforeRequestConfigHookArgs,
  type ITwitterApiClientPlugin,
  type ITwitterApiResponseErrorHookArgs,
} from 'twitter-api-v2';
// The signature of the client itself: its public methods hold a whole file in memory, films of X are up to 512 MB.
import { OAuth1Helper } from 'twitter-api-v2/dist/cjs/client-mixins/oauth1.helper.js';
import { CONFIG, type Config } from '#platform';
import type { AccountTokens } from './accounts/account.js';
import { exhaustedUntil } from './send-outcome.rules.js';
import { PeerAgent } from './x-agent.js';

const TIMEOUT_MS = 20_000;

/** Requests that share one limit of X. Sends have their own book (SendSlots). */
export type LimitedCall = 'poll' | 'settle';

/** Keys X gives for keys that are about to end. */
export interface FreshTokens {
  accessToken: string;
  refreshToken: string | null;
  scope: string[];
  expiresIn: number;
}

/** The line to X: the keys of our application, how its hosts are dialled, one client per set of keys. */
@Injectable()
export class TwitterClient {
  /** The application and the account of the environment; null where none is configured. */
  readonly account: NonNullable<Config['twitter']> | null;
  readonly agent: Agent;
  private readonly limits = new Map<string, RateLimitWatch>();

  constructor(@Inject(CONFIG) config: Pick<Config, 'twitter'>) {
    const { twitter } = config;
    this.account = twitter;
    // No connection is kept: one that X has closed meanwhile would break a send with an unknown outcome.
    this.agent = twitter?.peer ? new PeerAgent(twitter.peer, twitter.caPath) : new Agent({ keepAlive: false });
  }

  /** A client that speaks in the name of an account. */
  speakAs(userId: string, tokens: AccountTokens): TwitterApi {
    const settings = { httpAgent: this.agent, plugins: [this.watch(userId)] };
    if (tokens.kind === 'oauth2') return new TwitterApi(tokens.accessToken, settings);
    const { consumerKey: appKey, consumerSecret: appSecret } = this.application();
    const { accessToken, accessSecret } = tokens;
    return new TwitterApi({ appKey, appSecret, accessToken, accessSecret }, settings);
  }

  /** The client that asks for keys of OAuth 2.0; null where the application has none of its own. */
  get connecting(): TwitterApi | null {
    const { clientId, clientSecret } = this.account ?? {};
    if (clientId === undefined) return null;
    const settings = { httpAgent: this.agent, plugins: [new TimeLimit()] };
    return new TwitterApi({ clientId, ...(clientSecret !== undefined && { clientSecret }) }, settings);
  }

  async refresh(refreshToken: string): Promise<FreshTokens> {
    const { connecting } = this;
    if (!connecting) throw new Error('HILO_TWITTER_CLIENT_ID is not set');
    const fresh = await connecting.refreshOAuth2Token(refreshToken);
    return { ...fresh, refreshToken: fresh.refreshToken ?? null };
  }

  /** The Authorization header of a request that is not made by the client. */
  authorization(tokens: AccountTokens, method: string, url: URL): Record<string, string> {
    if (tokens.kind === 'oauth2') return { authorization: `Bearer ${tokens.accessToken}` };
    const { consumerKey: key, consumerSecret: secret } = this.application();
    const signer = new OAuth1Helper({ consumerKeys: { key, secret } });
    const request = { url: `${url.origin}${url.pathname}`, method, data: Object.fromEntries(url.searchParams) };
    return signer.toHeader(signer.authorize(request, { key: tokens.accessToken, secret: tokens.accessSecret }));
  }

  /** Until when X answers nothing but 429 to this call, as its last headers said; null when it may be called. */
  limitedUntil(userId: string, call: LimitedCall, now: Date): Date | null {
    const until = this.limits.get(userId)?.until(call) ?? null;
    return until && until > now ? until : null;
  }

  private application(): NonNullable<Config['twitter']> {
    if (!this.account) throw new Error('the HILO_TWITTER keys are not set');
    return this.account;
  }

  private watch(userId: string): RateLimitWatch {
    const watch = this.limits.get(userId) ?? new RateLimitWatch();
    this.limits.set(userId, watch);
    return watch;
  }
}

/** Gives every request its time limit. */
class TimeLimit implements ITwitterApiClientPlugin {
  onBeforeRequestConfig({ params }: ITwitterApiBeforeRequestConfigHookArgs): void {
    params.timeout ??= TIMEOUT_MS;
  }
}

/** Remembers from every answer to one account when a limit is used up. */
class RateLimitWatch extends TimeLimit {
  private readonly used = new Map<LimitedCall, Date | null>();

  until(call: LimitedCall): Date | null {
    return this.used.get(call) ?? null;
  }

  onAfterRequest({ params, response }: ITwitterApiAfterRequestHookArgs): void {
    this.remember(params.method, params.url, exhaustedUntil(response.rateLimit));
  }

  onResponseError({ params, error }: ITwitterApiResponseErrorHookArgs): void {
    const until = exhaustedUntil(error.rateLimit);
    if (until || error.code !== 429) this.remember(params.method, params.url, until);
  }

  private remember(method: string, url: string, until: Date | null): void {
    const call = callOf(method, url);
    if (call) this.used.set(call, until);
  }
}

function callOf(method: string, url: string): LimitedCall | null {
  if (method.toUpperCase() !== 'GET') return null;
  if (url.endsWith('/2/dm_events')) return 'poll';
  return url.endsWith('/dm_events') ? 'settle' : null;
}
