import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, DomainError, type Clock } from '#platform';

const WINDOW_MINUTES = 15;
const PER_PERSON = 10;
const PER_ADDRESS = 100;

/** Slows down guessing: ten wrong passwords for one person, or a hundred from one address, in a quarter of an hour. */
@Injectable()
export class LoginThrottle {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError session.throttled with `retryAfterSeconds` */
  async admit(email: string, ip: string): Promise<void> {
    const rows: { blocked_until: Date }[] = await this.database.query(
      'select blocked_until from login_attempt where key = any($1) and blocked_until > $2 order by 1 desc',
      [keys(email, ip).map(([key]) => key), this.clock.now()],
    );
    const until = rows[0]?.blocked_until;
    if (until) {
      const retryAfterSeconds = Math.ceil((until.getTime() - this.clock.now().getTime()) / 1000);
      throw new DomainError('session.throttled', { retryAfterSeconds });
    }
  }

  async failed(email: string, ip: string): Promise<void> {
    const now = this.clock.now();
    const windowStart = new Date(now.getTime() - WINDOW_MINUTES * 60_000);
    const blockedUntil = new Date(now.getTime() + WINDOW_MINUTES * 60_000);
    for (const [key, limit] of keys(email, ip)) {
      await this.database.query(
        `insert into login_attempt as a (key, failures, window_started_at) values ($1, 1, $2)
         on conflict (key) do update set
           failures = case when a.window_started_at < $3 then 1 else a.failures + 1 end,
           window_started_at = case when a.window_started_at < $3 then $2 else a.window_started_at end,
           blocked_until = case when a.window_started_at >= $3 and a.failures + 1 >= $4 then $5::timestamptz end`,
        [key, now, windowStart, limit, blockedUntil],
      );
    }
  }

  async succeeded(email: string): Promise<void> {
    await this.database.query('delete from login_attempt where key = $1', [`person:${email}`]);
  }
}

const keys = (email: string, ip: string): [string, number][] => [
  [`address:${ip}`, PER_ADDRESS],
  [`person:${email}`, PER_PERSON],
];
