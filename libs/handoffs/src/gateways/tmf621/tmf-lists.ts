import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '#platform';
import type { Ticket } from './ticket.js';
import { TmfTickets } from './tmf-tickets.js';

const DEFAULT = 200;
const MOST = 1000;

/** Tickets of one partner, as they are asked for by their attributes. */
const TICKETS = `
  select h.id::text as id, coalesce(k.posted ->> 'externalId', h.reference) as "externalId", coalesce(k.posted ->> 'ticketType', h.mode) as "ticketType",
    coalesce(k.posted ->> 'severity', case h.priority when 'low' then 'Low' when 'normal' then 'Medium' when 'high' then 'High' else 'Critical' end) as severity,
    coalesce(k.posted ->> 'priority', h.priority) as priority, k.posted ->> 'name' as name, k.posted ->> 'description' as description,
    case when h.state in ('sent', 'acknowledged') then 'acknowledged' when h.state in ('accepted', 'in_progress') then 'inProgress'
      when h.state = 'info_requested' then 'pending' when h.state in ('resolved', 'closed', 'rejected') then h.state else 'cancelled' end as status,
    h.sent_at as "creationDate", coalesce((select max(e.recorded_at) from handoff_entry e where e.handoff_id = h.id and e.audience <> 'internal'), h.sent_at) as "lastUpdate"
  from handoff h left join tmf_ticket k on k.handoff_id = h.id
  where h.partner_id = $1 and h.sent_at is not null and k.deleted_at is null`;

const EQUAL = ['id', 'externalId', 'ticketType', 'severity', 'priority', 'name', 'description', 'status'];
const TIMES = ['creationDate', 'lastUpdate'];
const COMPARED: Partial<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** Lists of tickets: any of these attributes, pages, the oldest first. */
@Injectable()
export class TmfLists {
  constructor(private readonly tickets: TmfTickets) {}

  /** @throws DomainError request.invalid for what cannot be asked */
  async page(
    tx: EntityManager,
    partnerId: string,
    query: Record<string, string>,
  ): Promise<{ items: Ticket[]; total: number }> {
    const { fields: _, offset: from, limit: most, ...asked } = query;
    const values: unknown[] = [partnerId];
    const conditions = Object.entries(asked).map(([name, wanted]) => condition(name, wanted, values));
    const offset = whole('offset', from, 0, Number.MAX_SAFE_INTEGER);
    const limit = whole('limit', most, DEFAULT, MOST);
    const rows: { id: string; total: number }[] = await tx.query(
      `with found as (select t.id, t."creationDate" from (${TICKETS}) t ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}),
         counted as (select count(*)::int as total from found)
       select f.id, c.total from counted c left join lateral (select id from found order by "creationDate", id offset $${values.length + 1} limit $${values.length + 2}) f on true`,
      [...values, offset, limit],
    );
    const items: Ticket[] = [];
    for (const { id } of rows) if (id) items.push((await this.tickets.render(tx, id)).ticket);
    return { items, total: rows[0]?.total ?? 0 };
  }
}

function condition(name: string, wanted: string, values: unknown[]): string {
  if (EQUAL.includes(name)) {
    values.push(wanted.split(','));
    return `t."${name}" = any($${values.length})`;
  }
  const [attribute = '', how = ''] = name.split('.');
  const operator = COMPARED[how];
  if (!TIMES.includes(attribute) || !operator || Number.isNaN(Date.parse(wanted)))
    throw new DomainError('request.invalid', [{ path: name, message: 'cannot be asked' }]);
  values.push(new Date(wanted));
  return `t."${attribute}" ${operator} $${values.length}`;
}

function whole(path: string, text: string | undefined, fallback: number, most: number): number {
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,15}$/u.test(text)) throw new DomainError('request.invalid', [{ path, message: 'is no number' }]);
  return Math.min(Number(text), most);
}
