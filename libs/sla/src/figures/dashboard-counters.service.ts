import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DASHBOARD_DAYS, type RecountAnswer } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';

const PORTION = 10_000;
/** By the clock of the house: when all figures are counted anew. */
const NIGHT_HOUR = 3;
/** In no queue, as figures are kept. */
const NO_QUEUE = '00000000-0000-0000-0000-000000000000';

/** Adds up what was added, oldest first. One at a time: whoever comes second takes nothing. */
const FOLD = `with taken as (delete from dashboard_delta where id in (select id from dashboard_delta order by id limit ${PORTION} for update skip locked) returning tile, queue_id, delta),
  folded as (insert into dashboard_count as c (tile, queue_id, count)
    select tile, queue_id, sum(delta) from taken group by tile, queue_id order by tile, queue_id
    on conflict (tile, queue_id) do update set count = c.count + excluded.count)
  select count(*)::int as taken from taken`;

/** All rows and all figures in one look; what differs is added, and told. */
const RECOUNT = `with counted as (select tile, coalesce(l.queue_id, '${NO_QUEUE}') as queue_id, count(*) as n from case_ledger l, unnest(dashboard_tiles(l)) tile group by 1, 2),
  kept as (select tile, queue_id, sum(count) as n from (select tile, queue_id, count from dashboard_count union all select tile, queue_id, delta from dashboard_delta) x group by 1, 2),
  wrong as (select tile, queue_id, coalesce(k.n, 0)::bigint as kept, coalesce(c.n, 0) as counted from counted c full join kept k using (tile, queue_id)
    where coalesce(k.n, 0) <> coalesce(c.n, 0)),
  mended as (insert into dashboard_delta (tile, queue_id, delta) select tile, queue_id, counted - kept from wrong)
  select coalesce(json_agg(json_build_object('tile', tile, 'queueId', nullif(queue_id, '${NO_QUEUE}'), 'kept', kept, 'counted', counted) order by tile, queue_id), '[]') as wrong from wrong`;

/**
 * How many customers were without service when a day ended, from what they lost and when they had it back. A case that is
 * closed now was open until it was closed.
 */
const SERVICE_DAYS = `with missing as (select day::date, (day + interval '1 day') at time zone $2 as ended
     from generate_series(date_trunc('day', $1::timestamptz at time zone $2) - interval '${DASHBOARD_DAYS} days', date_trunc('day', $1::timestamptz at time zone $2) - interval '1 day', interval '1 day') day
     where not exists (select from service_day s where s.day = day::date)),
   lost as (select d.day, coalesce(c.queue_id, '${NO_QUEUE}') as queue_id, count(distinct c.id) as n from missing d
     join impact i on i.reported_at < d.ended and (i.restored_at is null or i.restored_at >= d.ended)
     join cases c on c.id = i.case_id and c.opened_at < d.ended and (c.is_open or c.closed_at >= d.ended) and c.status not in ('merged', 'spam')
     group by 1, 2)
  insert into service_day (day, queue_id, count)
  select day, queue_id, sum(n) from (select day, queue_id, n from lost union all select day, '${NO_QUEUE}', 0 from missing) x group by 1, 2
  on conflict do nothing`;

/** Keeps the figures of the dashboard: adds up what writers added, and makes sure that they are true. */
@Injectable()
export class DashboardCounters {
  private readonly log = new Logger(DashboardCounters.name);

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns true when there may be more */
  async fold(): Promise<boolean> {
    const [{ taken }]: [{ taken: number }] = await this.database.query(FOLD);
    return taken === PORTION;
  }

  /** Counts all rows and mends what does not agree: that is a mistake of ours, and health tells of it until all agrees again. */
  async recount(): Promise<RecountAnswer> {
    const at = this.clock.now();
    const wrong = await this.database.transaction(async (tx) => {
      // One after the other: two that found the same mistake would both add what is missing.
      await tx.query(`select pg_advisory_xact_lock(hashtext('dashboard_recount'))`);
      const [counted]: [Pick<RecountAnswer, 'wrong'>] = await tx.query(RECOUNT);
      return counted.wrong;
    });
    await this.database.query(
      'insert into dashboard_recount (at, wrong) values ($1, $2) on conflict (at) do update set wrong = excluded.wrong',
      [at, JSON.stringify(wrong)],
    );
    await this.database.query(`delete from dashboard_recount where at < $1::timestamptz - interval '60 days'`, [at]);
    if (wrong.length > 0) this.log.error(`figures of the dashboard were wrong: ${JSON.stringify(wrong)}`);
    return { at: at.toISOString(), wrong };
  }

  /** What the nights are for: every figure counted anew, and the days that are over. */
  async nightly(): Promise<void> {
    const now = this.clock.now();
    const { timeZone } = this.config;
    await this.database.query(SERVICE_DAYS, [now, timeZone]);
    const [{ due }]: [{ due: boolean }] = await this.database.query(
      `select not exists (select from dashboard_recount where at >= (date_trunc('day', ($1::timestamptz at time zone $2) - interval '${NIGHT_HOUR} hours') + interval '${NIGHT_HOUR} hours') at time zone $2) as due`,
      [now, timeZone],
    );
    if (due) await this.recount();
  }
}
