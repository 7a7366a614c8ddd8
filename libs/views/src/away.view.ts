import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AwayAnswer, LeftCase } from '#contracts';
import { asJson, CASE_ROW, CASE_ROW_JOINS, visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

const MOST = 200;

const AWAY = `json_build_object('since', iso(b.since), 'until', iso(b.until), 'reason', b.reason)`;

const HANDED_BACK =
  asJson(`c.id, c.reference, c.customer_name as customer, c.problem, iso(h.at) as at, q.name as queue, c.status,
  case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end as assignee,
  (select count(*)::int from interaction i where i.case_id = c.id and i.occurred_at > h.at)
    + (select count(*)::int from note n where n.case_id = c.id and n.occurred_at > h.at) as entries`);

/** Whether somebody is away, what they would leave behind, and what became of what they handed back. */
@Injectable()
export class AwayView {
  /** @param until when they would be back; null: nobody knows */
  async find(tx: EntityManager, reader: Reader, now: Date, until: string | null): Promise<AwayAnswer> {
    return {
      away: await this.away(tx, reader.id, now),
      left: await this.left(tx, reader, until),
      last: await this.last(tx, reader),
    };
  }

  async away(tx: EntityManager, agentId: string, now: Date): Promise<AwayAnswer['away']> {
    const rows: { item: AwayAnswer['away'] }[] = await tx.query(
      `select ${AWAY} as item from absence b where b.agent_id = $1 and b.ended_at is null and is_away(b.since, b.until, $2)`,
      [agentId, now],
    );
    return rows[0]?.item ?? null;
  }

  private async left(tx: EntityManager, reader: Reader, until: string | null): Promise<LeftCase[]> {
    const rows: { item: LeftCase }[] = await tx.query(
      `select json_build_object('case', ${CASE_ROW}, 'customerWaits', o.waits, 'dueBefore', o.due) as item
       from cases c ${CASE_ROW_JOINS} cross join lateral (select coalesce(c.last_direction = 'inbound', false) and c.status <> 'waiting' as waits,
         cl.next_due_at is not null and ($2::timestamptz is null or cl.next_due_at < $2) as due) o
       where c.assignee_id = $1 and c.is_open and ${visibleTo('$3')}
       order by o.waits or o.due desc, due_minute(cl.next_due_at), cl.impact_rank, cl.tier_rank, c.id limit ${MOST}`,
      [reader.id, until, reader.storeId],
    );
    return rows.map(({ item }) => item);
  }

  /** The newest absence, with what was handed back because of it; of cases they no longer see nothing is told. */
  private async last(tx: EntityManager, reader: Reader): Promise<AwayAnswer['last']> {
    const rows: { item: AwayAnswer['last'] }[] = await tx.query(
      `select json_build_object('since', iso(b.since), 'until', iso(b.until), 'reason', b.reason, 'endedAt', iso(b.ended_at),
         'handedBack', (select coalesce(json_agg(x.item order by x.at, x.id), '[]') from (
           select ${HANDED_BACK} as item, h.at, h.id from handover h join cases c on c.id = living_case(h.case_id)
             left join queue q on q.id = h.to_queue left join agent a on a.id = c.assignee_id
           where h.absence_id = b.id and ${visibleTo('$2')} order by h.at, h.id limit ${MOST}) x)) as item
       from absence b where b.agent_id = $1 order by b.since desc limit 1`,
      [reader.id, reader.storeId],
    );
    return rows[0]?.item ?? null;
  }
}
