import type { EntityManager } from 'typeorm';
import type { ClockService } from '#sla';
import { Diary } from './diary.js';
import { livesUntil } from './lives.js';
import { Rows } from './rows.js';
import type { House } from './talk.js';

const DAYS = 30;
/** Cases whose clocks are read at once. */
const PORTION = 200;

/**
 * A month of cases, most of them closed, so that figures have something to say. As if long told: nobody is told again. Their
 * clocks are read from what happened, by the product itself.
 */
export async function writePast(
  tx: EntityManager,
  clocks: ClockService,
  house: House,
  timeZone: string,
): Promise<void> {
  const midnights: { at: number }[] = await tx.query(
    `select (extract(epoch from (date_trunc('day', $1::timestamptz at time zone $2) - n * interval '1 day') at time zone $2) * 1000)::float8 as at
     from generate_series(0, ${DAYS}) n order by n`,
    [house.now, timeZone],
  );
  const rows = new Rows();
  const lives = livesUntil(
    house.now.getTime(),
    midnights.map(({ at }) => at),
  );
  const caseIds = lives.map((life) => new Diary(life, house, rows).write());
  await rows.write(tx);
  for (let from = 0; from < caseIds.length; from += PORTION)
    await clocks.advance(tx, caseIds.slice(from, from + PORTION));
  await tx.query(
    `with over as (update clock set is_told = true, next_rung = null, rung_at = null
       where case_id = any($1) and (met_at is not null or ended_at is not null) returning case_id, metric, side, breached_at)
     insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
     select new_id(), o.case_id, c.version, 'clock.breached', jsonb_build_object('metric', o.metric, 'side', o.side, 'dueAt', iso(o.breached_at)),
       'system', 'Hilo', 'sla', o.breached_at
     from over o join cases c on c.id = o.case_id where o.breached_at is not null and o.side <> 'team' order by o.breached_at`,
    [caseIds],
  );
}
