import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HandoffMeasure, type Scorecard, type Scorecards } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { visibleTo } from '../case-row.sql.js';
import type { Reader } from '../inbox.view.js';
import { PARTNER } from './handoff.sql.js';
import { measures, OVER } from './score.sql.js';

const DAY_MS = 86_400_000;

const COUNTS = HandoffMeasure.options
  .map((measure) => `'${measure}', count(*) filter (where ${measures('$2', '$3')[measure]})::int`)
  .join(', ');
const MEDIAN = `percentile_cont(0.5) within group (order by extract(epoch from h.acknowledged_at - h.sent_at) / 60)
  filter (where h.acknowledged_at is not null and ${measures('$2', '$3').given})`;

/** Those given since then, those open, and those of which something did not arrive: each found by its own index. */
const CARDS = `
  with counted as materialized (
    select id from handoff where direction = 'out' and sent_at >= $2::timestamptz
    union select id from handoff where state not in ${OVER}
    union select handoff_id from handoff_delivery where state = 'dead'
  ), h as (
    select h.*, exists (select from handoff_delivery d where d.handoff_id = h.id and d.state = 'dead') as dead
    from counted join handoff h on h.id = counted.id join cases c on c.id = h.case_id where ${visibleTo('$1')}
  )
  select json_build_object('partner', ${PARTNER}, 'counts', json_build_object(${COUNTS}), 'medianAcknowledgeMinutes', ${MEDIAN},
    'open', count(*) filter (where h.state not in ${OVER})::int, 'dead', count(*) filter (where h.dead)::int) as item
  from partner p left join h on h.partner_id = p.id group by p.id having p.active or count(h.id) > 0 order by lower(p.name)`;

/** How each company does with what we hand to it. */
@Injectable()
export class ScorecardView {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** By name; those we no longer work with only where there is something to count. Each sees what there is of the cases they see. */
  async cards(tx: EntityManager, reader: Reader, days: number): Promise<Scorecards> {
    const now = this.clock.now();
    const rows: { item: Scorecard }[] = await tx.query(CARDS, [
      reader.storeId,
      new Date(now.getTime() - days * DAY_MS),
      now,
    ]);
    return { days, items: rows.map(({ item }) => item) };
  }
}
