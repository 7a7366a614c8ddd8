import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeviceHistory } from '#contracts';
import { visible } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { FAMILY } from './device.store.js';

const MOST = 50;

/** What was before with a phone, whoever had it then. */
@Injectable()
export class DeviceHistories {
  /** Of cases the reader may not see, when and what; not whose, and in nobody's words. */
  async of(tx: EntityManager, principal: Principal, deviceId: string, but: string | null): Promise<DeviceHistory> {
    const rows: { items: DeviceHistory['cases'] }[] = await tx.query(
      `select coalesce(json_agg(x.item order by x.opened_at desc, x.id desc), '[]') as items from (
         select c.id, c.opened_at, json_build_object('caseId', case when s.sees then c.id end, 'reference', case when s.sees then c.reference end,
           'status', c.status, 'openedAt', iso(c.opened_at), 'problem', case when s.sees then c.problem end,
           'faults', (select coalesce(json_agg(f.kind order by f.at, f.id), '[]') from device_fault f where f.case_id = c.id and f.device_id in ${FAMILY}),
           'outcome', (select w.outcome from warranty_decision w where w.case_id = c.id and w.device_id in ${FAMILY} and w.place = 'holds' limit 1)) as item
         from (select distinct case_id from case_device where device_id in ${FAMILY}) k join cases c on c.id = k.case_id,
           lateral (select ${visible('$3')} as sees) s
         where c.id is distinct from $2::uuid and c.status <> 'merged' order by c.opened_at desc, c.id desc limit ${MOST}) x`,
      [deviceId, but, visibleStore(principal)],
    );
    return { cases: rows[0]?.items ?? [], repairs: await repairsOf(tx, deviceId), loans: [] };
  }
}

async function repairsOf(tx: EntityManager, deviceId: string): Promise<DeviceHistory['repairs']> {
  const rows: { items: DeviceHistory['repairs'] }[] = await tx.query(
    `select coalesce(json_agg(json_build_object('id', r.id, 'stage', r.stage, 'openedAt', iso(r.opened_at), 'returnedAt', iso(r.at), 'fault', r.fault)
       order by r.opened_at desc, r.id), '[]') as items
     from (select r.id, r.stage, r.opened_at, r.fault, ${RETURNED_AT} as at from repair_order r where r.device_id in ${FAMILY} order by r.opened_at desc limit ${MOST}) r`,
    [deviceId],
  );
  return rows[0]?.items ?? [];
}

/** When the phone of a repair order `r` was given back; null: it is still here (SQL). */
const RETURNED_AT = `(select max(s.at) from repair_step s where s.repair_order_id = r.id and s."to" = 'returned')`;

/**
 * When the phone was with us to be put right as a guarantee wants it. What was not covered is no such time.
 * @returns from when until when; without an end while it is here
 */
export async function repairSpans(tx: EntityManager, deviceId: string): Promise<{ from: Date; until: Date | null }[]> {
  return tx.query(
    `select r.opened_at as "from", ${RETURNED_AT} as until from repair_order r where r.device_id in ${FAMILY} and r.stage <> 'cancelled'
       and not exists (select from warranty_decision w where w.case_id = r.case_id and w.device_id in ${FAMILY} and w.place = 'holds' and w.outcome = 'not_covered')`,
    [deviceId],
  );
}
