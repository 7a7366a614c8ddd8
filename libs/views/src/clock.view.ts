import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseClocks } from '#contracts';
import { DomainError } from '#platform';
import { visibleTo } from './case-row.sql.js';
import { UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';

/** How a clock stands at $3. The last fifth of its time is `due`. */
const STATE = `case when k.met_at is not null then 'met' when k.ended_at is not null then 'ended'
  when k.breached_at is not null or k.due_at <= $3 then 'breached' when k.paused_for is not null then 'paused'
  when k.due_at - (k.due_at - k.started_at) * 0.2 <= $3 then 'due' else 'running' end`;

const ACTOR = (of: string) => `json_build_object('kind', ${of}_kind, 'id', ${of}_id, 'name', ${of}_name)`;

/** What happened to the clock of a team before it stood still alone is told of the customer's. */
const ITS_LINES = `select n.id, n.at, n.type, ${ACTOR('n.actor')} as actor, n.reason, n.minutes from clock_line n
  where n.case_id = k.case_id and n.metric = k.metric and n.round = k.round and (n.side = k.side or k.side = 'team' and n.side = 'customer'
    and not exists (select from clock_line t where t.case_id = k.case_id and t.metric = k.metric and t.round = k.round and t.side = 'team' and t.id < n.id))`;

const LEDGER = `select json_agg(json_build_object('at', iso(n.at), 'type', n.type, 'actor', n.actor, 'reason', n.reason,
    'businessMinutes', round(n.minutes::numeric, 1)) order by n.id)
  from (select 0 as id, k.started_at as at, 'started' as type, ${ACTOR('k.started')} as actor, null as reason, 0 as minutes union all ${ITS_LINES}) n`;

const CLOCK = `json_build_object('metric', k.metric, 'side', k.side, 'round', k.round,
  'handoff', case when k.handoff_id is not null then json_build_object('id', k.handoff_id, 'reference', h.reference, 'partnerName', k.partner_name) end, 'state', ${STATE}, 'startedAt', iso(k.started_at), 'dueAt', iso(k.due_at),
  'minutes', k.minutes, 'pausedFor', k.paused_for, 'metAt', iso(k.met_at), 'breachedAt', iso(k.breached_at), 'endedAt', iso(k.ended_at),
  'policy', case when k.minutes is not null then json_build_object('name', p.name, 'version', v.version) end, 'ledger', (${LEDGER}))`;

/** How long everything took and may take, with who made it begin, stand still and end. */
@Injectable()
export class ClockView {
  /**
   * @param idOrReference a case id, or its canonical reference
   * @returns its clocks, those that began last first
   * @throws DomainError case.not_found, also when the reader may not see it
   */
  async find(tx: EntityManager, reader: Reader, idOrReference: string, now: Date): Promise<CaseClocks> {
    const rows: { items: CaseClocks['items'] }[] = await tx.query(
      `select coalesce((select json_agg(${CLOCK} order by k.started_at desc, k.metric, k.side) from clock_side k
         left join handoff h on h.id = k.handoff_id left join case_ledger l on l.case_id = k.case_id left join sla_policy_version v on v.id = l.policy_version_id left join sla_policy p on p.id = v.policy_id
         where k.case_id = c.id), '[]') as items
       from cases c where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId, now],
    );
    if (!rows[0]) throw new DomainError('case.not_found');
    return { items: rows[0].items };
  }
}
