import type { EntityManager } from 'typeorm';

/** What rows of the inbox say of impacts and promises, as these stand now: kept on the case, so that lists stay one table. */

/** What the customer lacks: what is neither relieved nor restored. */
export async function tellLacks(tx: EntityManager, caseId: string): Promise<void> {
  await tx.query(
    `update cases c set lacks = array(select i.kind from impact i where i.case_id = c.id and i.state in ('reported', 'confirmed') order by i.reported_at, i.kind)
     where c.id = $1`,
    [caseId],
  );
}

/** By when we promised to write again. */
export async function tellNextUpdate(tx: EntityManager, ...caseIds: string[]): Promise<void> {
  await tx.query(
    `update cases c set next_update_due_at = (select min(p.due_at) from promise p where p.case_id = c.id and p.state = 'open' and p.kind = 'update')
     where c.id = any($1)`,
    [caseIds],
  );
}

/** The case is called by its oldest problem that is not over, else by its oldest. */
export async function tellProblem(tx: EntityManager, caseId: string): Promise<void> {
  await tx.query(
    `update cases c set problem = coalesce((select p.statement from problem p where p.case_id = c.id
       order by p.stage in ('restored', 'closed'), p.created_at, p.id limit 1), c.problem) where c.id = $1`,
    [caseId],
  );
}
