import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CustomerDetail, CustomerRow } from '#contracts';
import { DomainError, plannedEachTime } from '#platform';
import { seesAll, visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';
import { IDENTITY, masked } from './identity.sql.js';
import { named } from './search.sql.js';

/** What was typed into the one box, as the caller understood it. Null: it cannot be that. */
export interface TypedKeys {
  email: string | null;
  phone: string | null;
  handle: string | null;
  reference: string | null;
  /** Documents, customer numbers and IMEIs it can be, normalised. */
  identifiers?: string[];
  /** Words of a name, each at least its beginning; null for readers who may only recognise by exact keys. */
  name: string | null;
}

/** What they can be reached by at present: not what identifies them otherwise, which not everybody may read. */
const REACHABLE = `p.valid_to is null and p.kind in ('twitter', 'email', 'phone')`;

const CASE_BRIEF = `json_build_object('id', c.id, 'reference', c.reference, 'problem', c.problem, 'status', c.status, 'openedAt', iso(c.opened_at))`;

/**
 * A customer as JSON. That they have an open case, and its reference, is said to whoever recognises them at a counter, so
 * that they can join it; what it is about only to those who may see it (`store`: the parameter their sight ends at).
 */
const customer = (
  store: string,
): string => `json_build_object('id', cu.id, 'displayName', cu.display_name, 'tier', cu.tier,
  'contactPoints', (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'handle', p.handle, 'display', p.display) order by p.created_at, p.id), '[]')
    from contact_point p where p.customer_id = cu.id and ${REACHABLE}),
  'openCase', (select json_build_object('id', c.id, 'reference', c.reference, 'problem', case when ${visibleTo(store)} then c.problem end,
      'status', c.status, 'openedAt', iso(c.opened_at)) from cases c where c.customer_id = cu.id and c.is_open))`;

/** Finding and showing customers. */
@Injectable()
export class CustomerView {
  constructor(private readonly database: DataSource) {}

  /** Exact keys first, then names; at most `limit`. */
  async find(reader: Reader, keys: TypedKeys, limit: number): Promise<CustomerRow[]> {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const people = keys.name === null ? null : named(keys.name, bind);
    const [most, email, phone] = [bind(limit), bind(keys.email), bind(keys.phone)];
    const rows: { item: CustomerRow }[] = await this.database.query(
      plannedEachTime(`with hits as (
         select p.customer_id as id, 0 as rank from contact_point p
           where p.valid_to is null and not p.shared and ((p.kind = 'email' and p.value = ${email}) or (p.kind = 'phone' and p.value = ${phone}) or p.handle = ${bind(keys.handle)})
         union all select p.customer_id, 0 from contact_point p where p.valid_to is null and not p.shared
           and ((p.kind in ('document', 'customer_number', 'imei') and p.value = any(${bind(keys.identifiers ?? [])})) or (p.kind = 'line' and p.value = ${phone}))
         -- Everybody of a family: a person says who it is.
         union all select p.customer_id, 0 from contact_point p
           where p.valid_to is null and p.shared and ((p.kind = 'email' and p.value = ${email}) or (p.kind = 'phone' and p.value = ${phone}))
         union all select c.customer_id, 0 from cases c where c.reference = ${bind(keys.reference)}
         ${people === null ? '' : `union all select n.customer_id, 1 from ${people} n`})
       select ${customer(bind(reader.storeId))} as item from (
         select h.id, h.rank, cu.display_name from (select id, min(rank) as rank from hits group by id) h join customer cu on cu.id = h.id
           where cu.merged_into is null order by h.rank, cu.display_name, cu.id limit ${most}::int) h join customer cu on cu.id = h.id
       order by h.rank, cu.display_name, cu.id`),
      parameters,
    );
    return rows.map(({ item }) => item);
  }

  /** @throws DomainError customer.not_found, also when the reader may see none of their cases */
  async one(reader: Reader, id: string): Promise<CustomerDetail> {
    const rows: {
      item: CustomerRow;
      identity: Parameters<typeof masked>[0][];
      cases: CustomerDetail['cases'];
    }[] = await this.database.query(
      `select ${customer('$2')} as item, ${IDENTITY} as identity, (select coalesce(json_agg(${CASE_BRIEF} order by c.opened_at desc), '[]') from cases c where c.customer_id = cu.id and ${visibleTo('$2')}) as cases
       from customer cu where cu.id = $1 and (${seesAll('$2')} or exists (select from cases c where c.customer_id = cu.id and ${visibleTo('$2')}))`,
      [id, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('customer.not_found');
    return { ...rows[0].item, contactPoints: rows[0].identity.map(masked), cases: rows[0].cases };
  }
}
