import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type {
  Approval,
  ApprovalPage,
  Benefit,
  BenefitDetail,
  Compensation,
  KnownFee,
  PageQuery,
  Tier,
} from '#contracts';
import type { z } from 'zod';
import { DomainError } from '#platform';
import { asJson, visibleTo } from '../case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged, UUID } from '../cursor.js';
import type { Reader } from '../inbox.view.js';
import { BENEFIT_COLUMNS, FEES } from './benefit.sql.js';

const BENEFIT = asJson(BENEFIT_COLUMNS);

/** What stands on a case, as far as the database knows it. */
export interface FoundBenefits {
  caseId: string;
  customerId: string;
  isOpen: boolean;
  tier: Tier;
  items: Benefit[];
  fees: KnownFee[];
}

const COMPENSATION =
  asJson(`k.id, k.case_id as "caseId", k.service, k.state, iso(k.from_at) as "from", iso(k.to_at) as "to",
  k.monthly_fee_cents as "monthlyFeeCents", k.average_cents as "averageCents", k.amount_cents as "amountCents", k.currency,
  k.currency = t.content ->> 'currency' and k.amount_cents > (t.content ->> 'automaticFromCents')::bigint as automatic, k.reason,
  json_build_object('version', t.version, 'source', t.content ->> 'source', 'url', t.content ->> 'url') as terms,
  (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = k.recorded_by) as by, iso(k.created_at) as "createdAt"`);

const where = (idOrReference: string): string =>
  UUID.test(idOrReference) ? 'c.id = living_case($1)' : 'c.reference = $1';

const APPROVAL = asJson(`${BENEFIT_COLUMNS},
  json_build_object('id', c.id, 'reference', c.reference, 'customerName', c.customer_name) as case, b.asked_by <> $2 as mine`);

/** What customers were given, are proposed and are owed, as people look at it. */
@Injectable()
export class BenefitView {
  /** The newest last; the same for whoever may see the case. @throws DomainError case.not_found */
  async ofCase(tx: EntityManager, reader: Reader, idOrReference: string): Promise<FoundBenefits> {
    const rows: FoundBenefits[] = await tx.query(
      `select c.id as "caseId", c.customer_id as "customerId", c.is_open as "isOpen", cu.tier, ${FEES('c.customer_id')} as fees,
         (select coalesce(json_agg(${BENEFIT} order by b.created_at, b.id), '[]') from benefit b where b.case_id = c.id) as items
       from cases c join customer cu on cu.id = c.customer_id where ${where(idOrReference)} and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('case.not_found');
    return rows[0];
  }

  /** With the lines of a discount. @throws DomainError benefit.not_found */
  async one(tx: EntityManager, reader: Reader, id: string): Promise<BenefitDetail> {
    const rows: { item: BenefitDetail }[] = await tx.query(
      `select ${asJson(`${BENEFIT_COLUMNS}, (select coalesce(json_agg(json_build_object('date', d.day, 'amountCents', d.amount_cents) order by d.day), '[]')
          from benefit_accrual d where d.benefit_id = b.id and d.customer_id = b.customer_id) as lines`)} as item
       from benefit b join cases c on c.id = b.case_id where b.id = $1 and ${visibleTo('$2')}`,
      [id, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('benefit.not_found');
    return rows[0].item;
  }

  /** What the law says is owed on a case. @throws DomainError case.not_found */
  async compensations(tx: EntityManager, reader: Reader, idOrReference: string): Promise<Compensation[]> {
    const rows: { items: Compensation[] }[] = await tx.query(
      `select (select coalesce(json_agg(${COMPENSATION} order by k.created_at, k.id), '[]') from legal_compensation k
         join legal_terms t on t.version = k.terms_version where k.case_id = c.id) as items
       from cases c where ${where(idOrReference)} and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('case.not_found');
    return rows[0].items;
  }

  /** What waits for somebody with more say, who has waited longest first. */
  async approvals(
    tx: EntityManager,
    reader: Reader,
    { limit, cursor }: z.infer<typeof PageQuery>,
  ): Promise<ApprovalPage> {
    const after = decodeCursor(cursor);
    const rows: { item: Approval; at: string; id: string }[] = await tx.query(
      `select ${APPROVAL} as item, ${MICROS('b.asked_at')} as at, b.id from benefit b join cases c on c.id = b.case_id
       where b.state = 'proposed' and b.asked_by is not null and ${visibleTo('$1')}
         and ($3::text is null or (b.asked_at, b.id) > (${FROM_MICROS('$3')}, $4::uuid))
       order by b.asked_at, b.id limit $5`,
      [reader.storeId, reader.id, after?.at ?? null, after?.id ?? null, limit + 1],
    );
    return paged(rows, limit);
  }
}
