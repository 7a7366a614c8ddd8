import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { networkOf } from './network.rules.js';

/** So many in so long. */
export interface Allowance {
  attempts: number;
  minutes: number;
}

/** Links that lead nowhere, from one network. A person mistypes a few; nobody guesses 192 bits with thirty. */
export const WRONG_LINKS: Allowance = { attempts: 30, minutes: 15 };
/** What is sent from the page of a case: by one link, and from one network. */
export const SENT_BY_LINK: Allowance = { attempts: 20, minutes: 60 };
export const SENT_FROM_NETWORK: Allowance = { attempts: 60, minutes: 60 };

/** Who is asked: the database, or a transaction that is under way. */
type Asked = Pick<EntityManager, 'query'>;

/** How long a closed door can matter at most. */
const FORGET_MINUTES = 24 * 60;

/**
 * Counts knocks at doors that need no login, in the database: all processes count together, and none holds a list in its
 * memory. A count begins anew when its time is over.
 */
@Injectable()
export class Doors {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is counted at a door for one network. */
  from(door: string, address: string): string {
    return `${door}:${networkOf(address)}`;
  }

  /** Whether so many have knocked that nobody is let in for now; asking does not count. */
  async isShut(key: string, { attempts, minutes }: Allowance, on: Asked = this.database): Promise<boolean> {
    const rows: unknown[] = await on.query(
      'select from door_attempt where key = $1 and attempts >= $2 and window_started_at > $3',
      [key, attempts, this.ago(minutes)],
    );
    return rows.length > 0;
  }

  /** Counts one more: at once, or in a transaction, which counts if it commits. @returns whether it was one too many */
  async knock(key: string, { attempts, minutes }: Allowance, on: Asked = this.database): Promise<boolean> {
    const rows: { attempts: number }[] = await on.query(
      `insert into door_attempt as d (key, attempts, window_started_at) values ($1, 1, $2)
       on conflict (key) do update set
         attempts = case when d.window_started_at > $3 then least(d.attempts, 1000000) + 1 else 1 end,
         window_started_at = case when d.window_started_at > $3 then d.window_started_at else $2 end
       returning attempts`,
      [key, this.clock.now(), this.ago(minutes)],
    );
    return (rows[0]?.attempts ?? 0) > attempts;
  }

  /** Forgets what no longer counts; called by a schedule. */
  async sweep(): Promise<void> {
    await this.database.query('delete from door_attempt where window_started_at < $1', [this.ago(FORGET_MINUTES)]);
    await this.database.query('delete from case_grant where until < $1', [this.ago(FORGET_MINUTES)]);
  }

  private ago(minutes: number): Date {
    return new Date(this.clock.now().getTime() - minutes * 60_000);
  }
}
