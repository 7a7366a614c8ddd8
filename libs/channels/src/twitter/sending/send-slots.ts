import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { TwitterRateLimit } from 'twitter-api-v2';
import { CLOCK, withRetry, type Clock } from '#platform';
import { APP, DAY_SECONDS, freeAt, MARGIN_MS, QUARTER_SECONDS, spreadOf, statedLimits, USUAL } from './limits.rules.js';

/** Those who take a slot do so one after the other, in whichever process. */
const SLOTS_LOCK = 4847;
/** Resets of one window, told by several answers, differ by no more. */
const SAME_WINDOW_MS = 5000;

interface SpanRow {
  seconds: number;
  capacity: number;
  nthLast: Date | null;
  remaining: number | null;
  resetsAt: Date | null;
}

/**
 * The book of sends: what each account may send now. A slot is taken in the transaction that begins a try and never given
 * back unless X surely did not count it, so that no crash and no second process makes us send more than X allows.
 */
@Injectable()
export class SendSlots {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A slot, or when there may be one.
   * @param begin notes the try it is for, in the same transaction
   */
  take(
    account: string,
    openAt: Date | null,
    begin: (tx: EntityManager) => Promise<void>,
  ): Promise<{ slot: string } | { at: Date }> {
    return withRetry(this.database, async (tx) => {
      const taken = await this.takeIn(tx, account, openAt);
      if ('slot' in taken) await begin(tx);
      return taken;
    });
  }

  private async takeIn(
    tx: EntityManager,
    account: string,
    openAt: Date | null,
  ): Promise<{ slot: string } | { at: Date }> {
    const now = this.clock.now();
    await tx.query('select pg_advisory_xact_lock($1)', [SLOTS_LOCK]);
    const at = freeAt(now, await this.spans(tx, account, now), openAt, spreadOf(account));
    if (at) {
      await this.hold(tx, account, at, now);
      return { at };
    }
    const rows: { id: string }[] = await tx.query(
      `with old as (delete from twitter_send where account = $1 and at < $2::timestamptz - interval '25 hours')
       insert into twitter_send (account, at) values ($1, $2) returning id`,
      [account, now],
    );
    return { slot: rows[0]?.id ?? '' };
  }

  /** X has answered: its headers say what is left, this send counted. Without headers nobody knows whether it was. */
  async answered(slot: string, account: string, headers: TwitterRateLimit | undefined): Promise<void> {
    const stated = headers ? statedLimits(account, headers) : [];
    if (stated.length === 0) return;
    await this.database.query(
      `with answered as (update twitter_send set answered_at = $2 where id = $1)
       insert into twitter_limit as l (account, seconds, capacity, remaining, resets_at)
       select account, seconds, capacity, remaining, "resetsAt" from jsonb_to_recordset($3::jsonb)
         as s (account text, seconds int, capacity int, remaining int, "resetsAt" timestamptz)
       order by account, seconds
       on conflict (account, seconds) do update set capacity = excluded.capacity, resets_at = excluded.resets_at,
         remaining = case when excluded.resets_at > l.resets_at + $4 * interval '1 millisecond' then excluded.remaining
           else least(l.remaining, excluded.remaining) end
       where excluded.resets_at >= l.resets_at - $4 * interval '1 millisecond'`,
      [slot, this.clock.now(), JSON.stringify(stated), SAME_WINDOW_MS],
    );
  }

  /** It never reached X, or X did not count it. */
  async release(slot: string): Promise<void> {
    await this.database.query('delete from twitter_send where id = $1', [slot]);
  }

  /** Nothing leaves before; `strike`: X said so without saying until when. */
  async pause(account: string, until: Date, strike: boolean): Promise<void> {
    await this.database.query(
      'update twitter_account set open_at = greatest(open_at, $2), strikes = strikes + $3 where user_id = $1',
      [account, until, strike ? 1 : 0],
    );
  }

  /** X takes messages: what it said before is over. */
  async calm(account: string): Promise<void> {
    await this.database.query('update twitter_account set strikes = 0 where user_id = $1 and strikes > 0', [account]);
  }

  /** So that nobody is woken before there is anything to send. */
  private async hold(tx: EntityManager, account: string, at: Date, now: Date): Promise<void> {
    await tx.query(
      'update twitter_account set open_at = $2 where user_id = $1 and (open_at is null or open_at <= $3)',
      [account, at, now],
    );
  }

  private async spans(tx: EntityManager, account: string, now: Date): Promise<SpanRow[]> {
    return tx.query(
      `select s.seconds, c.capacity, l.resets_at as "resetsAt",
         l.remaining - (select count(*)::int from twitter_send u where u.answered_at is null and (u.account = s.account or s.account = $2)
           and u.at > l.resets_at - s.seconds * interval '1 second' - $6 * interval '1 millisecond') as remaining,
         case when s.account = $2 then
           (select u.at from twitter_send u where u.at > $5::timestamptz - s.seconds * interval '1 second' - $6 * interval '1 millisecond'
             order by u.at desc offset greatest(0, c.capacity - 1) limit 1)
         else (select u.at from twitter_send u where u.account = s.account and u.at > $5::timestamptz - s.seconds * interval '1 second' - $6 * interval '1 millisecond'
             order by u.at desc offset greatest(0, c.capacity - 1) limit 1) end as "nthLast"
       from (values ($1::text, $3::int, $7::int), ($1, $4, $8), ($2, $4, $8)) s (account, seconds, usual)
         left join twitter_limit l on l.account = s.account and l.seconds = s.seconds
         cross join lateral (select coalesce(l.capacity, s.usual) as capacity) c`,
      [account, APP, QUARTER_SECONDS, DAY_SECONDS, now, MARGIN_MS, USUAL.quarter, USUAL.day],
    );
  }
}
