import { Inject, Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { Agent, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import {
  ApiPartialResponseError,
  ApiRequestError,
  ApiResponseError,
  TwitterApi,
  type ITwitterApiAfterRequestHookArgs,
  type ITwitterApiBeforeRequestConfigHookArgs,
  type ITwitterApiClientPlugin,
  type ITwitterApiResponseErrorHookArgs,
  type TwitterRateLimit,
} from 'twitter-api-v2';
import { z } from 'zod';
import { CONFIG, type Config } from '#platform';
import { exhaustedUntil } from './send-outcome.rules.js';

const TIMEOUT_MS = 20_000;

/** Requests that share one limit of X. */
export type LimitedCall = 'send' | 'poll' | 'settle';

/** The one connection to X: the care account, its client, its agent. Null where no account is configured. */
@Injectable()
export class TwitterClient {
  readonly account: NonNullable<Config['twitter']> | null;
  readonly api: TwitterApi | null;
  readonly agent: Agent;
  private readonly limits = new RateLimitWatch();

  constructor(@Inject(CONFIG) config: Pick<Config, 'twitter'>) {
    const { twitter } = config;
    this.account = twitter;
    // No connection is kept: one that X has closed meanwhile would break a send with an unknown outcome.
    this.agent = twitter?.peer ? new PeerAgent(twitter.peer, twitter.caPath) : new Agent({ keepAlive: false });
    this.api =
      twitter &&
      new TwitterApi(
        {
          appKey: twitter.consumerKey,
          appSecret: twitter.consumerSecret,
          accessToken: twitter.accessToken,
          accessSecret: twitter.accessSecret,
        },
        { httpAgent: this.agent, plugins: [this.limits] },
      );
  }

  /** Until when X answers nothing but 429 to this call, as its last headers said; null when it may be called. */
  limitedUntil(call: LimitedCall, now: Date): Date | null {
    const until = this.limits.until(call);
    return until && until > now ? until : null;
  }
}

/** Dials one peer whatever the address says. Address, TLS name and signature stay those of X. */
class PeerAgent extends Agent {
  private readonly host: string;
  private readonly port: number;

  constructor(
    peer: string,
    private readonly caPath: string | undefined,
  ) {
    super({ keepAlive: false });
    const [host, port] = peer.split(':');
    this.host = host ?? '';
    this.port = Number(port);
  }

  override createConnection(options: RequestOptions): Duplex {
    const servername = options.servername ?? options.host ?? undefined;
    try {
      // Read with each connection: who dials a peer may be up before that peer has written its certificate.
      const ca = this.caPath === undefined ? undefined : readFileSync(this.caPath);
      return connect({ host: this.host, port: this.port, servername, ca });
    } catch (error) {
      // The request fails as it does with any line that does not come about.
      return new Socket().destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** Remembers from every answer when a limit is used up, and gives every request its time limit. */
class RateLimitWatch implements ITwitterApiClientPlugin {
  private readonly used = new Map<LimitedCall, Date | null>();

  until(call: LimitedCall): Date | null {
    return this.used.get(call) ?? null;
  }

  onBeforeRequestConfig({ params }: ITwitterApiBeforeRequestConfigHookArgs): void {
    params.timeout ??= TIMEOUT_MS;
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
  if (method.toUpperCase() === 'POST') return url.endsWith('/messages') ? 'send' : null;
  if (url.endsWith('/2/dm_events')) return 'poll';
  return url.endsWith('/dm_events') ? 'settle' : null;
}

/** What went wrong with a call to X, in the words of the rules. */
export type CallFailure =
  | { kind: 'refused'; status: number; body: unknown; resetAt: Date | null }
  | { kind: 'broken'; code: string | undefined; detail: string };

/** Sorts an error of the client; null when it is none of X's or the line's. */
export function callFailure(error: unknown): CallFailure | null {
  if (error instanceof ApiResponseError) {
    return { kind: 'refused', status: error.code, body: error.data, resetAt: resetOf(error.code, error.rateLimit) };
  }
  if (error instanceof ApiPartialResponseError) return { kind: 'broken', code: undefined, detail: error.message };
  if (!(error instanceof ApiRequestError)) return null;
  const { code, message } = Cause.parse(error);
  return { kind: 'broken', code, detail: [code, message].filter(Boolean).join(' ') };
}

const Reason = z.object({ message: z.string(), code: z.string().optional().catch(undefined) });
/** What broke the line. The client (1.29.1) keeps it in `_options.error`, but its `requestError` looks elsewhere. */
const Cause = z
  .union([
    z.object({ requestError: Reason }).transform((error) => error.requestError),
    z.object({ _options: z.object({ error: Reason }) }).transform((error) => error._options.error),
  ])
  .catch({ message: 'the connection broke' });

/** A 429 waits for the window that is used up; when none says so, for the one it names. */
function resetOf(status: number, limit: TwitterRateLimit | undefined): Date | null {
  const until = exhaustedUntil(limit);
  if (until || status !== 429 || !limit || !Number.isFinite(limit.reset)) return until;
  return new Date(limit.reset * 1000);
}
