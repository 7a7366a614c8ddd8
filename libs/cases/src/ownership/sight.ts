import type { EntityManager } from 'typeorm';

/** Whoever gets a case sees it: store staff see it from their store. Who sees all cases needs nothing. */
export async function showCaseTo(tx: EntityManager, caseId: string, agentId: string): Promise<void> {
  await tx.query(
    `insert into case_store (store_id, case_id) select a.store_id, $1 from agent a where a.id = $2 and a.role = 'store' and a.store_id is not null
     on conflict do nothing`,
    [caseId, agentId],
  );
}

/** A store that is given a case sees it from then on. */
export async function showCaseToStore(tx: EntityManager, caseId: string, storeId: string): Promise<void> {
  await tx.query('insert into case_store (store_id, case_id) values ($1, $2) on conflict do nothing', [
    storeId,
    caseId,
  ]);
}

/** A store sees the case of somebody who is on their way to it, for a while. */
export async function expectCaseAt(tx: EntityManager, caseId: string, storeId: string, until: Date): Promise<void> {
  await tx.query(
    `insert into case_grant (viewer, case_id, until) values ($1, $2, $3)
     on conflict (viewer, case_id) do update set until = greatest(case_grant.until, excluded.until)`,
    [storeId, caseId, until],
  );
}
