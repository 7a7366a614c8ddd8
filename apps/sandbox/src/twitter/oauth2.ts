import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../clock.js';

const CODE_MS = 30_000;
const ACCESS_MS = 2 * 3_600_000;

/** What somebody said yes to on the page of X. */
interface Grant {
  userId: string;
  scopes: string[];
  redirectUri: string;
  challenge: string;
  until: number;
}

/** Keys that came of one yes: each renewal replaces them, and all of them end together. */
interface Family {
  userId: string;
  scopes: string[];
  access: string | null;
  accessUntil: number;
  refresh: string | null;
  /** Refresh keys that were used before. */
  used: Set<string>;
  revoked: boolean;
}

export interface TokenAnswer {
  token_type: 'bearer';
  expires_in: number;
  access_token: string;
  scope: string;
  refresh_token?: string;
}

/** A refusal of the token endpoint, in the words of RFC 6749 §5.2 as X answers them. */
export class TokenProblem extends Error {
  constructor(
    readonly status: 400 | 401,
    readonly error: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type',
    message: string,
  ) {
    super(message);
  }
}

const opaque = (): string => randomBytes(32).toString('base64url');

/** OAuth 2.0 with PKCE as X has it: codes for 30 s and one use, access for two hours, refresh keys that are used once. */
export class OAuth2 {
  private readonly codes = new Map<string, Grant>();
  private readonly families: Family[] = [];
  /** Successful renewals, for whoever wants to count them. */
  renewals = 0;

  constructor(
    private readonly client: { clientId: string; clientSecret: string },
    private readonly now: Clock,
  ) {}

  /** Somebody said yes. Answers the code. */
  allow(grant: Omit<Grant, 'until'>): string {
    const code = opaque();
    this.codes.set(code, { ...grant, until: this.now() + CODE_MS });
    return code;
  }

  isClient(clientId: string | undefined): boolean {
    return clientId === this.client.clientId;
  }

  /** @throws TokenProblem */
  authenticate(authorization: string | undefined, body: Record<string, string | undefined>): void {
    const [id, secret] = /^Basic (.+)$/.test(authorization ?? '')
      ? Buffer.from(authorization?.slice(6) ?? '', 'base64')
          .toString()
          .split(':')
          .map(decodeURIComponent)
      : [body['client_id'], body['client_secret']];
    const [stated, right] = [id, secret].map((part) =>
      createHash('sha256')
        .update(part ?? '')
        .digest(),
    );
    const own = [this.client.clientId, this.client.clientSecret].map((part) =>
      createHash('sha256').update(part).digest(),
    );
    const fits =
      stated && right && own[0] && own[1] && timingSafeEqual(stated, own[0]) && timingSafeEqual(right, own[1]);
    if (!fits) throw new TokenProblem(401, 'invalid_client', 'Missing or wrong client credentials');
  }

  /** @throws TokenProblem */
  exchange(body: Record<string, string | undefined>): TokenAnswer {
    const code = body['code'] ?? '';
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (!grant || grant.until < this.now()) throw invalidGrant('Value passed for the authorization code was invalid.');
    const challenge = createHash('sha256')
      .update(body['code_verifier'] ?? '')
      .digest('base64url');
    if (challenge !== grant.challenge)
      throw invalidGrant('Value passed for the code verifier did not match the code challenge.');
    if (body['redirect_uri'] !== grant.redirectUri)
      throw invalidGrant('Value passed for the redirect uri did not match.');
    const { userId, scopes } = grant;
    const family = {
      userId,
      scopes,
      access: null,
      accessUntil: 0,
      refresh: null,
      used: new Set<string>(),
      revoked: false,
    };
    this.families.push(family);
    return this.issue(family);
  }

  /** A refresh key that comes a second time was stolen or lost: everything that came of the same yes ends. @throws TokenProblem */
  renew(refreshToken: string | undefined): TokenAnswer {
    const token = refreshToken ?? '';
    const reused = this.families.find(({ used }) => used.has(token));
    if (reused) reused.revoked = true;
    const family = this.families.find(({ refresh, revoked }) => refresh === token && !revoked);
    if (!family) throw invalidGrant('Value passed for the token was invalid.');
    family.used.add(token);
    this.renewals += 1;
    return this.issue(family);
  }

  revoke(token: string | undefined): void {
    const family = this.families.find(
      ({ access, refresh }) => token !== undefined && [access, refresh].includes(token),
    );
    if (family) family.revoked = true;
  }

  /** Withdraws everything an account has allowed, as its owner does in the settings of X. */
  withdraw(userId: string): void {
    for (const family of this.families) if (family.userId === userId) family.revoked = true;
  }

  /** The access keys of an account end now; its refresh keys stay good. */
  expire(userId: string): void {
    for (const family of this.families) if (family.userId === userId) family.accessUntil = 0;
  }

  /** Whose access key this is, and what for; null when it is none or has ended. */
  bearer(token: string): { userId: string; scopes: string[] } | null {
    const family = this.families.find(({ access, revoked }) => access === token && !revoked);
    return family && family.accessUntil > this.now() ? { userId: family.userId, scopes: family.scopes } : null;
  }

  private issue(family: Family): TokenAnswer {
    family.access = opaque();
    family.accessUntil = this.now() + ACCESS_MS;
    family.refresh = family.scopes.includes('offline.access') ? opaque() : null;
    return {
      token_type: 'bearer',
      expires_in: ACCESS_MS / 1000,
      access_token: family.access,
      scope: family.scopes.join(' '),
      ...(family.refresh === null ? {} : { refresh_token: family.refresh }),
    };
  }
}

const invalidGrant = (message: string): TokenProblem => new TokenProblem(400, 'invalid_grant', message);
