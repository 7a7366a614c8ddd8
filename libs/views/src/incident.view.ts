import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type {
  Incident,
  IncidentCasePage,
  IncidentPage,
  IncidentState,
  IncidentUpdate,
  IncidentUpdatePage,
  MembershipState,
  UpdateItemPage,
  UpdateItemState,
} from '#contracts';
import { DomainError } from '#platform';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';

interface Asked {
  limit: number;
  cursor?: string | undefined;
}

const PERSON = (column: string): string =>
  `(select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = ${column})`;

/** An Incident (contracts) of `incident n`, counted by what its cases are now. */
const INCIDENT = `json_build_object('id', n.id, 'reference', n.reference, 'title', n.title, 'kind', n.kind,
  'told', json_build_object('es', n.told_es, 'en', n.told_en), 'state', n.state, 'look', n.look,
  'openedBy', ${PERSON('n.opened_by')}, 'openedAt', iso(n.opened_at), 'resolvedBy', ${PERSON('n.resolved_by')}, 'resolvedAt', iso(n.resolved_at),
  'cases', k.cases, 'openCases', k.open, 'lacking', k.lacking, 'proposed', k.proposed)`;
const COUNTED = `cross join lateral (select count(*) filter (where m.state = 'in')::int as cases, count(*) filter (where m.state = 'in' and c.is_open)::int as open,
    count(*) filter (where m.state = 'in' and c.is_open and c.lacks <> '{}')::int as lacking, count(*) filter (where m.state = 'proposed')::int as proposed
  from incident_case m join cases c on c.id = m.case_id where m.incident_id = n.id and m.state <> 'out') k`;

/** How an item `i` with the delivery `d` of its reply stands. */
const ITEM_STATE = `case when i.state <> 'made' then i.state when d.state = 'sent' then 'sent' when d.state = 'failed' then 'failed'
  when d.state = 'undone' then 'stopped' else 'queued' end`;

/** Every state, whether any item is in it or not. */
const NO_COUNTS = `'{"waiting": 0, "queued": 0, "sent": 0, "failed": 0, "skipped": 0, "stopped": 0}'::jsonb`;
const UPDATE = `json_build_object('id', u.id, 'incidentId', u.incident_id, 'kind', u.kind, 'text', json_build_object('es', u.text_es, 'en', u.text_en),
  'nextUpdateAt', iso(u.next_update_at), 'state', u.state, 'by', ${PERSON('u.created_by')}, 'at', iso(u.created_at), 'finishedAt', iso(u.finished_at),
  'stoppedBy', ${PERSON('u.stopped_by')}, 'total', u.total,
  'counts', (select ${NO_COUNTS} || coalesce(jsonb_object_agg(g.state, g.count), '{}') from (
     select ${ITEM_STATE} as state, count(*)::int from incident_update_item i left join delivery d on d.interaction_id = i.interaction_id
     where i.update_id = u.id group by 1) g))`;

/** Incidents, the cases they are made of, and how far what is written to all of them has come. */
@Injectable()
export class IncidentView {
  constructor(private readonly database: DataSource) {}

  /** Newest first. */
  async list(state: IncidentState | undefined, { limit, cursor }: Asked): Promise<IncidentPage> {
    const from = decodeCursor(cursor);
    const rows: { item: Incident; at: string; id: string }[] = await this.database.query(
      `select ${INCIDENT} as item, n.at, n.id from (
         select *, ${MICROS('opened_at')} as at from incident
         where ($2::text is null or state = $2) and ($3::text is null or (opened_at, id) < (${FROM_MICROS('$3')}, $4::uuid))
         order by opened_at desc, id desc limit $1) n ${COUNTED} order by n.opened_at desc, n.id desc`,
      [limit + 1, state ?? null, from?.at ?? null, from?.id ?? null],
    );
    return paged(rows, limit);
  }

  /** @throws DomainError incident.not_found */
  async one(tx: EntityManager, id: string): Promise<Incident> {
    const rows: { item: Incident }[] = await tx.query(
      `select ${INCIDENT} as item from incident n ${COUNTED} where n.id = $1`,
      [id],
    );
    if (!rows[0]) throw new DomainError('incident.not_found');
    return rows[0].item;
  }

  /** The newest first. @throws DomainError incident.not_found */
  async cases(id: string, state: MembershipState, { limit, cursor }: Asked): Promise<IncidentCasePage> {
    await this.refuseUnknown(id);
    const from = decodeCursor(cursor);
    const rows: { item: IncidentCasePage['items'][number]; at: string; id: string }[] = await this.database.query(
      `select json_build_object('caseId', c.id, 'reference', c.reference, 'customer', c.customer_name, 'problem', c.problem, 'status', c.status,
         'lacks', c.lacks, 'channels', c.channels, 'assignee', ${PERSON('c.assignee_id')}, 'state', m.state, 'by', ${PERSON('m.added_by')}, 'at', iso(m.added_at)) as item,
         ${MICROS('m.added_at')} as at, m.id
       from incident_case m join cases c on c.id = m.case_id
       where m.incident_id = $1 and m.state = $2 and m.state <> 'out' and ($4::text is null or (m.added_at, m.id) < (${FROM_MICROS('$4')}, $5::uuid))
       order by m.added_at desc, m.id desc limit $3`,
      [id, state, limit + 1, from?.at ?? null, from?.id ?? null],
    );
    return paged(rows, limit);
  }

  /** The newest first. @throws DomainError incident.not_found */
  async updates(id: string, { limit, cursor }: Asked): Promise<IncidentUpdatePage> {
    await this.refuseUnknown(id);
    const from = decodeCursor(cursor);
    const rows: { item: IncidentUpdate; at: string; id: string }[] = await this.database.query(
      `select ${UPDATE} as item, ${MICROS('u.created_at')} as at, u.id from incident_update u
       where u.incident_id = $1 and ($3::text is null or (u.created_at, u.id) < (${FROM_MICROS('$3')}, $4::uuid))
       order by u.created_at desc, u.id desc limit $2`,
      [id, limit + 1, from?.at ?? null, from?.id ?? null],
    );
    return paged(rows, limit);
  }

  /** @throws DomainError update.not_found */
  async update(tx: EntityManager, incidentId: string, updateId: string): Promise<IncidentUpdate> {
    const rows: { item: IncidentUpdate }[] = await tx.query(
      `select ${UPDATE} as item from incident_update u where u.id = $1 and u.incident_id = $2`,
      [updateId, incidentId],
    );
    if (!rows[0]) throw new DomainError('update.not_found');
    return rows[0].item;
  }

  /** In the order of their turns. @throws DomainError update.not_found */
  async items(
    of: { incidentId: string; updateId: string },
    state: UpdateItemState | undefined,
    { limit, cursor }: Asked,
  ): Promise<UpdateItemPage> {
    const known: unknown[] = await this.database.query(
      'select from incident_update where id = $1 and incident_id = $2',
      [of.updateId, of.incidentId],
    );
    if (known.length === 0) throw new DomainError('update.not_found');
    const after = decodeCursor(cursor)?.id ?? null;
    const rows: { item: UpdateItemPage['items'][number]; at: string; id: string }[] = await this.database.query(
      `select json_build_object('caseId', i.case_id, 'reference', c.reference, 'customer', c.customer_name, 'state', ${ITEM_STATE},
         'channel', i.channel, 'language', i.language, 'reason', case when i.state = 'made' then d.reason else i.reason end,
         'at', iso(coalesce(d.sent_at, i.at))) as item, '0' as at, i.case_id as id
       from incident_update_item i join cases c on c.id = i.case_id left join delivery d on d.interaction_id = i.interaction_id
       where i.update_id = $1 and ($2::text is null or ${ITEM_STATE} = $2) and ($3::uuid is null or i.case_id > $3) order by i.case_id limit $4`,
      [of.updateId, state ?? null, after, limit + 1],
    );
    return paged(rows, limit);
  }

  private async refuseUnknown(id: string): Promise<void> {
    const known: unknown[] = await this.database.query('select from incident where id = $1', [id]);
    if (known.length === 0) throw new DomainError('incident.not_found');
  }
}
