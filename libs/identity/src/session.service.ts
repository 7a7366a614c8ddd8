import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Language } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { LoginThrottle } from './login-throttle.service.js';
import { checkPassword } from './password.js';
import type { Principal } from './principal.js';
import { hashToken, newSecretToken } from './secret-token.js';

const IDLE_HOURS = 12;
const LONGEST_DAYS = 14;
/** How stale `last_seen_at` may get before a request writes it. */
const SEEN_MINUTES = 5;

export interface LoginRequest {
  email: string;
  password: string;
  ip: string;
  userAgent: string | null;
}

const PRINCIPAL = `a.id, a.email, a.display_name as "displayName", a.role, a.store_id as "storeId", a.language`;

/** Server-side sessions: the browser holds a random token, the table its hash. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: DataSource,
    private readonly throttle: LoginThrottle,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the token for the cookie, its lifetime in seconds, and who it is
   * @throws DomainError session.bad_credentials, session.throttled
   */
  async login(request: LoginRequest): Promise<{ token: string; maxAgeSeconds: number; principal: Principal }> {
    const email = request.email.trim().toLowerCase();
    await this.throttle.admit(email, request.ip);
    const rows: (Principal & { passwordHash: string })[] = await this.database.query(
      `select ${PRINCIPAL}, a.password_hash as "passwordHash" from agent a where a.email = $1 and a.active`,
      [email],
    );
    const found = rows[0];
    if (!(await checkPassword(found?.passwordHash ?? null, request.password)) || !found)
      throw new DomainError('session.bad_credentials');
    await this.throttle.succeeded(email, request.ip);
    const { passwordHash: _, ...principal } = found;
    const token = newSecretToken();
    const now = this.clock.now();
    await this.database.query(
      `insert into session (token_hash, agent_id, created_at, last_seen_at, expires_at, user_agent, ip) values ($1, $2, $3, $3, $4, $5, $6)`,
      [
        hashToken(token),
        principal.id,
        now,
        hoursLater(now, LONGEST_DAYS * 24),
        request.userAgent?.slice(0, 300),
        request.ip,
      ],
    );
    return { token, maxAgeSeconds: LONGEST_DAYS * 86_400, principal };
  }

  /**
   * Who holds this cookie.
   * @throws DomainError session.expired when the session is unknown, idle for 12 hours or older than 14 days
   */
  async authenticate(token: string): Promise<Principal> {
    const { principal, lastSeenAt } = await this.find(token);
    const now = this.clock.now();
    if (now.getTime() - lastSeenAt.getTime() > SEEN_MINUTES * 60_000)
      await this.database.query('update session set last_seen_at = $2 where token_hash = $1', [hashToken(token), now]);
    return principal;
  }

  /** Whether this session may still listen; asking is no sign of a person at the screen. */
  async stillHolds(token: string): Promise<Principal> {
    return (await this.find(token)).principal;
  }

  private async find(token: string): Promise<{ principal: Principal; lastSeenAt: Date }> {
    const now = this.clock.now();
    const rows: (Principal & { lastSeenAt: Date })[] = await this.database.query(
      `select ${PRINCIPAL}, s.last_seen_at as "lastSeenAt" from session s join agent a on a.id = s.agent_id
       where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and a.active`,
      [hashToken(token), now, hoursLater(now, -IDLE_HOURS)],
    );
    if (!rows[0]) throw new DomainError('session.expired');
    const { lastSeenAt, ...principal } = rows[0];
    return { principal, lastSeenAt };
  }

  async logout(token: string): Promise<void> {
    await this.database.query('delete from session where token_hash = $1', [hashToken(token)]);
  }

  async setLanguage(principal: Principal, language: Language): Promise<Principal> {
    await this.database.query('update agent set language = $2 where id = $1', [principal.id, language]);
    return { ...principal, language };
  }

  /** Forgets what has run out; called by a schedule. */
  async sweepExpired(): Promise<void> {
    const now = this.clock.now();
    await this.database.query('delete from session where expires_at < $1 or last_seen_at < $2', [
      now,
      hoursLater(now, -IDLE_HOURS),
    ]);
    await this.database.query('delete from login_attempt where window_started_at < $1', [hoursLater(now, -24)]);
    await this.database.query('delete from idempotency_key where created_at < $1', [hoursLater(now, -48)]);
  }
}

const hoursLater = (from: Date, hours: number): Date => new Date(from.getTime() + hours * 3_600_000);
