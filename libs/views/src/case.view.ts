import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseDetail } from '#contracts';
import { DomainError } from '#platform';
import { CASE_ROW, CASE_ROW_JOINS, visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** One query for the whole page of a case; every part comes as JSON. */
const DETAIL = `
  select ${CASE_ROW} as row, c.next_action as "nextAction", c.merged_into as "mergedInto", iso(c.closed_at) as "closedAt",
    (select coalesce(json_agg(json_build_object('status', s.status, 'at', iso(s.at)) order by s.at), '[]') from (
       select 'new' as status, c.opened_at as at
       union all select e.data ->> 'to', e.at from case_event e where e.case_id = c.id and e.type = 'case.status_changed') s) as stages,
    (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'state', i.state, 'reportedAt', iso(i.reported_at), 'restoredAt', iso(i.restored_at)) order by i.reported_at, i.id), '[]')
       from impact i where i.case_id = c.id) as impacts,
    (select coalesce(json_agg(json_build_object('id', t.id, 'channel', t.channel, 'contactPointId', p.id, 'address', coalesce('@' || p.handle, p.value, p.display),
         'open', t.channel = 'email' or (t.channel = 'twitter' and t.last_inbound_at is not null),
         'reason', case when t.channel = 'twitter' and t.last_inbound_at is null then 'never_wrote' when t.channel = 'phone' then 'call' end,
         'lastInboundAt', iso(t.last_inbound_at)) order by t.last_inbound_at desc nulls last), '[]')
       from channel_thread t join contact_point p on p.id = t.contact_point_id where t.case_id = c.id) as threads,
    (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'handle', p.handle, 'display', p.display) order by p.created_at, p.id), '[]')
       from contact_point p where p.customer_id = c.customer_id) as "contactPoints",
    (select coalesce(json_agg(json_build_object('id', o.id, 'reference', o.reference, 'problem', o.problem, 'status', o.status, 'openedAt', iso(o.opened_at)) order by o.opened_at desc), '[]')
       from (select * from cases o where o.customer_id = c.customer_id and o.id <> c.id and o.status <> 'merged' and ${visibleTo('$2', 'o')} order by o.opened_at desc limit 20) o) as "otherCases"
  from cases c ${CASE_ROW_JOINS}`;

type DetailParts = Pick<
  CaseDetail,
  'nextAction' | 'mergedInto' | 'closedAt' | 'stages' | 'impacts' | 'threads' | 'contactPoints' | 'otherCases'
> & { row: CaseDetail };

/** The page of one case. */
@Injectable()
export class CaseDetailView {
  /**
   * @param idOrReference a case id, or its canonical reference
   * @throws DomainError case.not_found, also when the reader may not see it
   */
  async find(tx: EntityManager, reader: Reader, idOrReference: string): Promise<CaseDetail> {
    const column = UUID.test(idOrReference) ? 'c.id' : 'c.reference';
    const rows: DetailParts[] = await tx.query(`${DETAIL} where ${column} = $1 and ${visibleTo('$2')}`, [
      idOrReference,
      reader.storeId,
    ]);
    const found = rows[0];
    if (!found) throw new DomainError('case.not_found');
    const { row, ...parts } = found;
    return { ...row, owner: row.assignee, story: [], loans: [], repairs: [], handoffs: [], benefits: [], ...parts };
  }
}

/**
 * The id of a case the reader may see.
 * @throws DomainError case.not_found
 */
export async function visibleCase(tx: EntityManager, reader: Reader, idOrReference: string): Promise<string> {
  const column = UUID.test(idOrReference) ? 'c.id' : 'c.reference';
  const rows: { id: string }[] = await tx.query(
    `select c.id from cases c where ${column} = $1 and ${visibleTo('$2')}`,
    [idOrReference, reader.storeId],
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0].id;
}
