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

  /**
   * Counts this try before its password is looked at: those who guess all at once are as many as those who guess one
   * after the other.
   * @throws DomainError session.throttled with `retryAfterSeconds`
   */
  async admit(email: string, ip: string): Promise<void> {
    for (const [key, limit] of keys(email, ip)) if (!(await this.count(key, limit))) throw await this.throttled(key);
  }

  /** The password was right: nothing held against this person, one try less against the address. */
  async succeeded(email: string, ip: string): Promise<void> {
    const [[address], [person]] = keys(email, ip);
    await this.database.query('delete from login_attempt where key = $1', [person]);
    await this.database.query(
      'update login_attempt set failures = greatest(0, failures - 1), blocked_until = null where key = $1',
      [address],
    );
  }

  /** One more try under this key; false when it is blocked. The last one allowed blocks the next. */
  private async count(key: string, limit: number): Promise<boolean> {
    const now = this.clock.now();
    const rows: unknown[] = await this.database.query(
      `insert into login_attempt as a (key, failures, window_started_at) values ($1, 1, $2)
       on conflict (key) do update set
         failures = case when a.window_started_at < $3 then 1 else a.failures + 1 end,
         window_started_at = case when a.window_started_at < $3 then $2 else a.window_started_at end,
         blocked_until = case when a.window_started_at >= $3 and a.failures + 1 >= $4 then $5::timestamptz end
       where a.blocked_until is null or a.blocked_until <= $2
       returning 1`,
      [key, now, minutesLater(now, -WINDOW_MINUTES), limit, minutesLater(now, WINDOW_MINUTES)],
    );
    return rows.length > 0;
  }

  private async throttled(key: string): Promise<DomainError> {
    const rows: { blocked_until: Date | null }[] = await this.database.query(
      'select blocked_until from login_attempt where key = $1',
      [key],
    );
    const leftMs = (rows[0]?.blocked_until?.getTime() ?? 0) - this.clock.now().getTime();
    return new DomainError('session.throttled', { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) });
  }
}

const minutesLater = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000);

const keys = (email: string, ip: string): [[string, number], [string, number]] => [
  [`address:${ip}`, PER_ADDRESS],
  [`person:${email}`, PER_PERSON],
];
