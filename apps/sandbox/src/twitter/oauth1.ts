import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.js';

/** The keys of the one application and the one account X knows here. */
export interface TwitterKeys {
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessSecret: string;
}

/** What a signature covers besides the header itself. */
export interface SignedRequest {
  method: string;
  /** With the host the caller meant, e.g. `https://api.x.com/2/users/me?user.fields=name`. */
  url: string;
  authorization: string;
  /** Parameters of a form-encoded body; other bodies are not signed. */
  form?: URLSearchParams;
}

const LEEWAY_SECONDS = 300;

/** RFC 3986 unreserved characters stay, everything else is escaped. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!*'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function headerParameters(authorization: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const match of authorization.matchAll(/([a-z_]+)="([^"]*)"/g)) {
    parameters.set(match[1] ?? '', decodeURIComponent(match[2] ?? ''));
  }
  return parameters;
}

/** RFC 5849 §3.4.1: method, address without query, every parameter sorted by its encoded name and value. */
export function baseString(request: SignedRequest, oauth: Map<string, string>): string {
  const url = new URL(request.url);
  const pairs = [
    ...[...oauth].filter(([name]) => name !== 'oauth_signature' && name !== 'realm'),
    ...url.searchParams,
    ...(request.form ?? []),
  ].map(([name, value]) => [percentEncode(name), percentEncode(value)] as const);
  pairs.sort(([n1, v1], [n2, v2]) => (n1 === n2 ? (v1 < v2 ? -1 : 1) : n1 < n2 ? -1 : 1));
  const parameters = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  return [request.method.toUpperCase(), `${url.origin}${url.pathname}`, parameters].map(percentEncode).join('&');
}

/** OAuth 1.0a as X checks it: HMAC-SHA1 of the known keys, a timestamp near now, each nonce once. */
export class SignatureCheck {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly keys: TwitterKeys,
    private readonly now: Clock,
  ) {}

  isValid(request: SignedRequest): boolean {
    const oauth = headerParameters(request.authorization);
    if (oauth.get('oauth_consumer_key') !== this.keys.consumerKey) return false;
    if (oauth.get('oauth_token') !== this.keys.accessToken) return false;
    if (oauth.get('oauth_signature_method') !== 'HMAC-SHA1') return false;
    const stated = Buffer.from(oauth.get('oauth_signature') ?? '');
    const key = `${percentEncode(this.keys.consumerSecret)}&${percentEncode(this.keys.accessSecret)}`;
    const right = Buffer.from(createHmac('sha1', key).update(baseString(request, oauth)).digest('base64'));
    if (stated.length !== right.length || !timingSafeEqual(stated, right)) return false;
    return this.isFresh(Number(oauth.get('oauth_timestamp')), oauth.get('oauth_nonce') ?? '');
  }

  private isFresh(timestamp: number, nonce: string): boolean {
    const seconds = this.now() / 1000;
    if (!(Math.abs(seconds - timestamp) <= LEEWAY_SECONDS) || nonce === '') return false;
    for (const [known, at] of this.seen) {
      if (at >= seconds - 2 * LEEWAY_SECONDS) break;
      this.seen.delete(known);
    }
    const use = `${timestamp} ${nonce}`;
    if (this.seen.has(use)) return false;
    this.seen.set(use, seconds);
    return true;
  }
}
