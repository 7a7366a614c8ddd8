import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.js';

/** Somebody who may report tickets: by OAuth 2 client credentials, or by an API key. */
export interface Client {
  clientId: string;
  clientSecret: string;
  apiKey: string;
}

const TOKEN_SECONDS = 3600;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** Who may call the manufacturer's system, and the tokens they were given. */
export class Clients {
  private readonly tokens = new Map<string, { clientId: string; until: number }>();
  /** Tokens handed out, for whoever wants to count them. */
  issued = 0;

  constructor(
    private readonly known: readonly Client[],
    private readonly now: Clock,
  ) {}

  /** The token of RFC 6749 §4.4; null where the credentials are wrong. */
  token(authorization: string | undefined, form: URLSearchParams) {
    const [id, secret] = credentials(authorization, form);
    const client = this.known.find((one) => same(one.clientId, id) && same(one.clientSecret, secret));
    if (!client) return null;
    const token = randomBytes(32).toString('base64url');
    this.tokens.set(token, { clientId: client.clientId, until: this.now() + TOKEN_SECONDS * 1000 });
    this.issued += 1;
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS };
  }

  /** Every token ends now: whoever has one is to ask for another. @returns how many there were */
  expire(): number {
    const count = this.tokens.size;
    this.tokens.clear();
    return count;
  }

  /** Whose key a call came with; null for none or one that has ended. */
  caller(authorization: string | undefined, apiKey: string | undefined): string | null {
    const held = this.tokens.get(/^Bearer (.+)$/iu.exec(authorization ?? '')?.[1] ?? '');
    if (held && held.until > this.now()) return held.clientId;
    return this.known.find((one) => apiKey !== undefined && same(one.apiKey, apiKey))?.clientId ?? null;
  }
}

function credentials(authorization: string | undefined, form: URLSearchParams): [string, string] {
  const basic = /^Basic (.+)$/iu.exec(authorization ?? '')?.[1];
  if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
  return [id, secret];
}
