import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BOARD_LINES, WAITING_HOURS, type StoreBoard } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { visibleTo } from './case-row.sql.js';
import type { Reader } from './inbox.view.js';

/** The case of a line. */
const CASE = `json_build_object('id', c.id, 'reference', c.reference, 'customer', c.customer_name, 'problem', c.problem)`;
const LOANER = `join loaner o on o.id = l.loaner_id join loaner_model m on m.id = o.model_id join cases c on c.id = l.case_id`;
const LOAN = `'loanId', l.id, 'model', m.brand || ' ' || m.name, 'label', o.label`;

/** Of each list: its lines as JSON of `of`, from where, in which order. $1 the store, $2 how far the reader sees, $3 now, $4 the end of today. */
const LISTS = {
  reserved: {
    of: `${LOAN}, 'keepUntil', iso(l.keep_until)`,
    from: `loan l ${LOANER} where l.store_id = $1 and l.state = 'reserved'`,
    order: 'l.keep_until, l.id',
  },
  lent: {
    of: `${LOAN}, 'dueAt', iso(l.due_at), 'late', l.due_at < $3`,
    from: `loan l ${LOANER} where l.store_id = $1 and l.state = 'active'`,
    order: 'l.due_at, l.id',
  },
  ready: {
    of: `'repairId', r.id, 'device', coalesce(dm.brand || ' ' || dm.name, d.model_name, ''), 'since', iso(r.stage_at)`,
    from: `repair_order r join device d on d.id = r.device_id left join device_model dm on dm.id = d.model_id join cases c on c.id = r.case_id
      where r.store_id = $1 and r.stage = 'repaired' and r.holder = 'store'`,
    order: 'r.stage_at, r.id',
  },
  promised: {
    of: `'dueAt', iso(c.next_update_due_at), 'late', c.next_update_due_at < $3, 'owner', a.display_name`,
    from: `cases c left join agent a on a.id = c.assignee_id where c.is_open and c.next_update_due_at < $4
      and (c.assignee_id in (select id from agent where store_id = $1) or (c.assignee_id is null and c.queue_id in (select id from queue where store_id = $1)))`,
    order: 'c.next_update_due_at, c.id',
  },
} as const;
type Lists = Pick<StoreBoard, keyof typeof LISTS>;

/** The counter of a store: what waits there, what is out, what was promised for today. */
@Injectable()
export class StoreBoardView {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Everything but the intakes, which the counter knows.
   * @throws DomainError store.not_found
   */
  async read(tx: EntityManager, reader: Reader, storeId: string): Promise<Omit<StoreBoard, 'intakes'>> {
    const now = this.clock.now();
    const rows: (Pick<StoreBoard, 'store' | 'waiting' | 'loaners'> & { dayEnds: Date })[] = await tx.query(
      `select json_build_object('id', s.id, 'name', s.name, 'timeZone', s.time_zone) as store, case when s.waiting_at > $3 then s.waiting end as waiting,
         (date_trunc('day', $2::timestamptz at time zone s.time_zone) + interval '1 day') at time zone s.time_zone as "dayEnds",
         (select json_build_object('available', count(*) filter (where o.state = 'available'), 'toClean', count(*) filter (where o.state = 'hygiene'),
            'coming', (select count(*) from loaner_transfer t where t.to_store = s.id and t.received_at is null and t.lost_at is null))
            from loaner o where o.store_id = s.id) as loaners
       from store s where s.id = $1`,
      [storeId, now, new Date(now.getTime() - WAITING_HOURS * 3_600_000)],
    );
    if (!rows[0]) throw new DomainError('store.not_found');
    const { dayEnds, ...around } = rows[0];
    const lists = await this.lists(tx, [storeId, reader.storeId, now, dayEnds]);
    return { ...around, asOf: now.toISOString(), ...lists };
  }

  private async lists(tx: EntityManager, parameters: unknown[]): Promise<Lists> {
    const columns = Object.entries(LISTS).map(
      ([name, { of, from, order }]) =>
        `(select coalesce(json_agg(line), '[]') from (select json_build_object('case', ${CASE}, ${of}) as line from ${from} and ${visibleTo('$2')}
          order by ${order} limit ${String(BOARD_LINES + 1)}) lines) as ${name}`,
    );
    // The parameters are named once by themselves: a list that has no use for one leaves its type open.
    const rows: { [List in keyof Lists]: Lists[List]['items'] }[] = await tx.query(
      `select ${columns.join(', ')} from (select $1::uuid, $2::text, $3::timestamptz, $4::timestamptz) given`,
      parameters,
    );
    if (!rows[0]) throw new Error('a select without a row');
    const { reserved, lent, ready, promised } = rows[0];
    return { reserved: cut(reserved), lent: cut(lent), ready: cut(ready), promised: cut(promised) };
  }
}

const cut = <Line>(items: Line[]) => ({ items: items.slice(0, BOARD_LINES), more: items.length > BOARD_LINES });
