import type { EntityManager } from 'typeorm';
import type { RepairStage } from '#contracts';

/** What a loan has to know of the repair it bridges. */
export interface RepairFacts {
  promisedAt: Date | null;
  /** Since when their own phone is there for them. */
  backAt: Date | null;
  /** It was mended, as far as one knew when it left the workshop last. */
  repaired: boolean;
}

export const NO_REPAIR: RepairFacts = { promisedAt: null, backAt: null, repaired: false };

/** Stages at which nothing keeps the customer from having their phone. */
const BACK: readonly RepairStage[] = ['repaired', 'returned', 'closed'];

/**
 * Told from the events of the case and its kin alone: rooms beside each other know no tables of each other. A repair that ended without being
 * done (declined, cancelled) is back once it was returned.
 */
export async function repairOf(tx: EntityManager, caseId: string, repairId: string): Promise<RepairFacts> {
  const [facts]: [RepairFacts] = await tx.query(
    `select (select (e.data ->> 'to')::timestamptz from case_event e
         where e.case_id = any(k.ids) and e.type = 'repair.promise_moved' and e.data ->> 'repairId' = $2 order by e.seq desc limit 1) as "promisedAt",
       (select case when e.type = 'repair.returned' or e.data ->> 'to' = any($3) then e.at end from case_event e
         where e.case_id = any(k.ids) and e.type in ('repair.moved', 'repair.returned') and e.data ->> 'repairId' = $2 order by e.seq desc limit 1) as "backAt",
       coalesce((select e.data ->> 'to' = 'repaired' from case_event e where e.case_id = any(k.ids) and e.type = 'repair.moved'
         and e.data ->> 'repairId' = $2 and e.data ->> 'to' not in ('returned', 'closed') order by e.seq desc limit 1), false) as repaired
     from (select kin_of($1) as ids) k`,
    [caseId, repairId, BACK],
  );
  return facts;
}
