import type { EntityManager } from 'typeorm';
import type { ImpactKind } from '#contracts';

/** What a customer is without, and since when: what discounts go by. */

/** When an impact `i` was last said to be restored, and what was said of it since. */
const BROKEN_AGAIN = `(select min(e.at) from case_event e where e.case_id = i.case_id and e.seq > r.seq
    and ((e.type = 'impact.reported' and e.data -> 'kinds' ? i.kind) or (e.type = 'impact.moved' and e.data ->> 'impactId' = i.id::text)))`;
const LAST_RESTORED = `(select max(e.seq) as seq from case_event e where e.case_id = i.case_id and e.type = 'impact.moved'
    and e.data ->> 'impactId' = i.id::text and e.data ->> 'to' = 'restored')`;

/** Since when a case lacks something: of what broke again since it did so (SQL). @param caseId the case, as a column or parameter */
export const SINCE = (caseId: string): string =>
  `(select min(coalesce(${BROKEN_AGAIN}, i.reported_at)) from impact i cross join lateral ${LAST_RESTORED} r
    where i.case_id = ${caseId} and i.state <> 'restored')`;

export interface Impairment {
  /** Null: they lack nothing. */
  since: Date | null;
  lacks: ImpactKind[];
}

/** Relieved by other means is not restored: it still counts. */
export async function impairmentOf(tx: EntityManager, caseId: string): Promise<Impairment> {
  const [row]: Impairment[] = await tx.query(
    `select ${SINCE('$1')} as since, array(select i.kind from impact i where i.case_id = $1 and i.state <> 'restored' order by i.kind) as lacks`,
    [caseId],
  );
  return row ?? { since: null, lacks: [] };
}

/** When everything worked again, or the case was over; null: not yet. A case that never lacked anything: `otherwise`. */
export async function restoredAt(tx: EntityManager, caseId: string, otherwise: Date): Promise<Date | null> {
  const [row]: { lacking: boolean; isOpen: boolean; at: Date | null }[] = await tx.query(
    `select exists (select from impact i where i.case_id = c.id and i.state <> 'restored') as lacking, c.is_open as "isOpen",
       (select max(coalesce(i.restored_at, i.state_at, i.reported_at)) from impact i where i.case_id = c.id) as at
     from cases c where c.id = $1`,
    [caseId],
  );
  if (!row) return otherwise;
  if (!row.lacking) return row.at ?? otherwise;
  return row.isOpen ? null : otherwise;
}

/** From when to when they lacked something, of a case where all works again; null: they never did. */
export async function pastImpairmentOf(tx: EntityManager, caseId: string): Promise<{ from: Date; to: Date } | null> {
  const [row]: { from: Date | null; to: Date | null }[] = await tx.query(
    `select min(i.reported_at) as from, max(i.restored_at) as to from impact i where i.case_id = $1 and i.state = 'restored'`,
    [caseId],
  );
  return row?.from && row.to ? { from: row.from, to: row.to } : null;
}

/** Whether nothing was lacking any more when this event had happened, whatever was said after it. */
export async function wasRestoredBy(tx: EntityManager, caseId: string, seq: string): Promise<boolean> {
  const rows: { lacking: boolean }[] = await tx.query(
    `select exists (select from impact i
         cross join lateral (select max(e.seq) as seq from case_event e where e.case_id = i.case_id and e.seq <= $2::bigint
           and e.type = 'impact.moved' and e.data ->> 'impactId' = i.id::text) m
         left join case_event moved on moved.seq = m.seq
       where i.case_id = $1 and i.reported_at <= (select e.at from case_event e where e.seq = $2::bigint)
         and (moved.seq is null or moved.data ->> 'to' <> 'restored' or exists (select from case_event e where e.case_id = i.case_id
           and e.seq > moved.seq and e.seq <= $2::bigint and e.type = 'impact.reported' and e.data -> 'kinds' ? i.kind))) as lacking`,
    [caseId, seq],
  );
  return rows[0]?.lacking === false;
}

/** By whose clock the days of a case go: that of the store it was last brought to, else of the house. */
export async function zoneOf(tx: EntityManager, caseId: string, house: string): Promise<string> {
  const rows: { timeZone: string }[] = await tx.query(
    `select s.time_zone as "timeZone" from visit v join interaction i on i.id = v.interaction_id join store s on s.id = v.store_id
     where i.case_id = $1 order by i.occurred_at desc, i.id desc limit 1`,
    [caseId],
  );
  return rows[0]?.timeZone ?? house;
}
