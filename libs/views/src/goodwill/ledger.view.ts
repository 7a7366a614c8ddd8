import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BenefitMessage, BenefitMessagesQuery, LedgerName, LedgerPage, LedgerQuery, LedgerRow } from '#contracts';
import { CONFIG, type Config } from '#platform';
import { asJson } from '../case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from '../cursor.js';
import { SENT } from './benefit.sql.js';

const NAME = (column: string): string => `(select a.display_name from agent a where a.id = ${column})`;
const CASE = `json_build_object('id', c.id, 'reference', c.reference)`;

/** Of each ledger: its rows and the moment they are ordered by. Amounts of what runs still are what they come to by now. */
const LEDGERS: Record<LedgerName, { from: string; at: string; id: string; row: string }> = {
  goodwill: {
    from: `benefit b join cases c on c.id = b.case_id where b.decided_at is not null and b.state not in ('refused', 'cancelled')`,
    at: 'b.decided_at',
    id: 'b.id',
    row: asJson(`b.id, iso(b.decided_at) as at, ${CASE} as case, c.customer_name as "customerName", b.tier, b.kind, b.state,
      case when b.kind = 'fee_discount' then d.cents else b.value_cents end as "amountCents", b.currency,
      case when b.kind = 'fee_discount' then d.days end as days, coalesce(b.decision_reason, b.reason) as reason, ${NAME('b.decided_by')} as by, ${SENT('benefit', 'b.id')} as sent
      from (select coalesce(sum(x.amount_cents), 0)::bigint as cents, count(*)::int as days from benefit_accrual x
        where x.benefit_id = b.id and x.customer_id = b.customer_id) d`),
  },
  legal: {
    from: `legal_compensation k join cases c on c.id = k.case_id where k.state <> 'withdrawn'`,
    at: 'k.created_at',
    id: 'k.id',
    row: asJson(`k.id, iso(k.created_at) as at, ${CASE} as case, c.customer_name as "customerName", null::text as tier, k.service as kind, k.state,
      k.amount_cents as "amountCents", k.currency, null::int as days, k.reason, ${NAME('k.recorded_by')} as by, ${SENT('compensation', 'k.id')} as sent`),
  },
};

/** Local days as moments: from the beginning of the first to the end of the last. */
const page = ({ from, at, id, row }: (typeof LEDGERS)[LedgerName]): string =>
  `select ${row} as item, ${MICROS(at)} as at, ${id} as id from ${from}
     and ($1::date is null or ${at} >= $1::date::timestamp at time zone $3) and ($2::date is null or ${at} < ($2::date + 1)::timestamp at time zone $3)
     and ($4::text is null or (${at}, ${id}) < (${FROM_MICROS('$4')}, $5::uuid))
   order by ${at} desc, ${id} desc limit $6`;
const PAGES = { goodwill: page(LEDGERS.goodwill), legal: page(LEDGERS.legal) };

const MESSAGE =
  asJson(`m.id, m.system, m.type, m.state, m.attempts, iso(m.due_at) as "dueAt", m.last_status as "lastStatus", m.last_error as "lastError",
  iso(m.created_at) as "createdAt", iso(m.sent_at) as "sentAt", ${CASE} as case`);

/** The two ledgers, and what left of them for other systems. A page is one statement: nobody who reads slowly holds anything. */
@Injectable()
export class GoodwillLedgerView {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>) {}

  /** Newest first. */
  async page(tx: EntityManager, ledger: LedgerName, { limit, cursor, from, to }: LedgerQuery): Promise<LedgerPage> {
    const after = decodeCursor(cursor);
    const rows: { item: LedgerRow; at: string; id: string }[] = await tx.query(PAGES[ledger], [
      ...[from ?? null, to ?? null, this.config.timeZone, after?.at ?? null, after?.id ?? null, limit + 1],
    ]);
    return paged(rows, limit);
  }

  /** Messages to other systems, newest first; `dead`: those somebody has to look at. */
  async messages(
    tx: EntityManager,
    { limit, cursor, state }: BenefitMessagesQuery,
  ): Promise<{ items: BenefitMessage[]; nextCursor: string | null; counts: { waiting: number; dead: number } }> {
    const after = decodeCursor(cursor);
    const rows: { item: BenefitMessage; at: string; id: string }[] = await tx.query(
      `select ${MESSAGE} as item, ${MICROS('m.created_at')} as at, m.id from benefit_message m
         left join benefit b on b.id = m.benefit_id left join legal_compensation k on k.id = m.compensation_id
         join cases c on c.id = coalesce(b.case_id, k.case_id)
       where ($1::text is null or m.state = $1) and ($2::text is null or (m.created_at, m.id) < (${FROM_MICROS('$2')}, $3::uuid))
       order by m.created_at desc, m.id desc limit $4`,
      [state ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    const [counts]: { waiting: number; dead: number }[] = await tx.query(
      `select (select count(*)::int from (select from benefit_message where state = 'waiting' limit 1000) w) as waiting,
         (select count(*)::int from (select from benefit_message where state = 'dead' limit 1000) w) as dead`,
    );
    return { ...paged(rows, limit), counts: counts ?? { waiting: 0, dead: 0 } };
  }
}
