import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '#contracts';
import { visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

/** The newest calls of a number that are shown: those written down by people and those only the switchboard knows. */
const CALLS = 5;

/** Who is behind a number, for the one who answers. */
@Injectable()
export class CallerView {
  constructor(private readonly database: DataSource) {}

  /**
   * What the case is about is said only to those who may see it.
   * @param phone E.164, or what was typed when it is no number
   */
  async find(reader: Reader, phone: string): Promise<Caller> {
    const rows: (Omit<Caller, 'phone' | 'sharedBy'> & { sharedBy: NonNullable<Caller['sharedBy']> | null })[] =
      await this.database.query(
        `select
         (select json_build_object('id', cu.id, 'displayName', cu.display_name) from contact_point p join customer cu on cu.id = p.customer_id
           where p.kind = 'phone' and p.value = $1 and p.valid_to is null and not p.shared) as customer,
         (select json_agg(distinct jsonb_build_object('id', cu.id, 'displayName', cu.display_name)) from contact_point p join customer cu on cu.id = p.customer_id
           where p.kind = 'phone' and p.value = $1 and p.shared and p.valid_to is null) as "sharedBy",
         (select json_build_object('id', c.id, 'reference', c.reference, 'problem', case when ${visibleTo('$2')} then c.problem end, 'status', c.status)
           from contact_point p join cases c on c.customer_id = p.customer_id and c.is_open
           where p.kind = 'phone' and p.value = $1 and p.valid_to is null and not p.shared) as "openCase",
         (select coalesce(json_agg(json_build_object('direction', k.direction, 'outcome', k.outcome, 'startedAt', iso(k.started_at)) order by k.started_at desc), '[]')
           from (
             select l.direction, l.outcome, l.started_at from call_log l where l.phone = $1 and l.interaction_id is null
             union all
             select k.direction, k.outcome, i.occurred_at from contact_point p join cases c on c.customer_id = p.customer_id
               join interaction i on i.case_id = c.id and i.channel = 'phone' and i.contact_point_id = p.id join call k on k.interaction_id = i.id
               where p.kind = 'phone' and p.value = $1 and p.valid_to is null and not p.shared
             order by 3 desc limit ${CALLS}) k) as calls`,
        [phone, reader.storeId],
      );
    const { sharedBy, ...known } = rows[0] ?? { customer: null, openCase: null, calls: [], sharedBy: null };
    return { phone, ...known, ...(sharedBy && { sharedBy }) };
  }
}
