import type { EntityManager } from 'typeorm';
import type { ReplaceReason } from '#contracts';

/** A phone of a chain: which one, and when and why the next one took its place. */
export interface ChainLink {
  id: string;
  replacedAt: Date | null;
  reason: ReplaceReason | null;
}

/** The phones that took one another's place, oldest first, this one among them; it alone when there are no others. */
export async function chainOf(tx: EntityManager, deviceId: string): Promise<ChainLink[]> {
  return tx.query(
    `with recursive later(id, depth) as (select $1::uuid, 0
         union all select living_device(d.replaced_by), l.depth + 1 from later l join device d on d.id = l.id
         where d.replaced_by is not null and l.depth < 20),
       earlier(id, depth) as (select $1::uuid, 0
         union all select living_device(d.id), e.depth - 1 from earlier e join device d on d.replaced_by in (select device_records(e.id))
         where e.depth > -20)
     select d.id, d.replaced_at as "replacedAt", d.replaced_why as reason
     from (select id, min(depth) as depth from (select * from later union all select * from earlier) each group by id) links
       join device d on d.id = links.id order by links.depth, d.replaced_at, d.id`,
    [deviceId],
  );
}
