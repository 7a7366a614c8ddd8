import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Queue, Worker } from '#contracts';
import { DomainError } from '#platform';
import { asJson, visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

/** Counting stops here, as it does for lists. */
const COUNT_CAP = 1000;

/** Of the cases whoever reads ($1: how far they see) may see. */
const WAITS = `c.queue_id = q.id and c.is_open and c.assignee_id is null and ${visibleTo('$1')}`;

const QUEUE = asJson(`q.id, q.name, q.kind, q.is_default as "isDefault", q.store_id as "storeId", q.skills,
  (select count(*)::int from queue_member m join agent a on a.id = m.agent_id where m.queue_id = q.id and a.active) as members,
  (select coalesce(json_agg(json_build_object('id', a.id, 'displayName', a.display_name) order by a.display_name, a.id), '[]')
     from queue_member m join agent a on a.id = m.agent_id where m.queue_id = q.id and a.active) as people,
  least(w.number, ${COUNT_CAP}) as waiting, w.number > ${COUNT_CAP} as capped,
  iso((select c.opened_at from cases c where ${WAITS} order by c.opened_at limit 1)) as "oldestAt"`);

const LIST = `select ${QUEUE} as item
  from queue q cross join lateral (select count(*)::int as number from (select from cases c where ${WAITS} limit ${COUNT_CAP + 1}) x) w
  where q.removed_at is null`;

const WORKER = asJson(`a.id, a.display_name as "displayName", a.role,
  case when s.id is not null then json_build_object('id', s.id, 'name', s.name) end as store, a.skills, a.languages, a.capacity,
  (select count(*)::int from cases c where c.assignee_id = a.id and c.is_open) as load, a.on_shift as "onShift",
  case when is_away(a.away_since, a.away_until, $1) then
    json_build_object('since', iso(a.away_since), 'until', iso(a.away_until), 'reason', a.away_reason) end as away`);

/** Queues, who works them and what waits in them. Small sets: never paged. */
@Injectable()
export class QueueView {
  async list(tx: EntityManager, reader: Reader, { stores }: { stores: boolean }): Promise<Queue[]> {
    const rows: { item: Queue }[] = await tx.query(
      `${LIST} and ($2 or q.store_id is null) order by q.store_id is not null, q.is_default desc, q.name`,
      [reader.storeId, stores],
    );
    return rows.map(({ item }) => item);
  }

  /** @throws DomainError queue.not_found */
  async find(tx: EntityManager, reader: Reader, id: string): Promise<Queue> {
    const rows: { item: Queue }[] = await tx.query(`${LIST} and q.id = $2`, [reader.storeId, id]);
    if (!rows[0]) throw new DomainError('queue.not_found');
    return rows[0].item;
  }

  /** Everybody cases can come to, by name. */
  async workers(tx: EntityManager, now: Date, id: string | null = null): Promise<Worker[]> {
    const rows: { item: Worker }[] = await tx.query(
      `select ${WORKER} as item from agent a left join store s on s.id = a.store_id
       where a.active and ($2::uuid is null or a.id = $2) order by a.display_name, a.id`,
      [now, id],
    );
    return rows.map(({ item }) => item);
  }
}
