import type { EntityManager } from 'typeorm';

/**
 * Two stories are two again: what a fact of the one had taken the place of in the other holds there again, unless something of its own has
 * come after.
 */
export async function partFacts(tx: EntityManager, cases: readonly string[]): Promise<void> {
  await tx.query(
    `update story_fact f set superseded_by = (
       with recursive later (id, case_id, superseded_by) as (
         select s.id, s.case_id, s.superseded_by from story_fact s where s.id = f.superseded_by
         union all select s.id, s.case_id, s.superseded_by from later join story_fact s on s.id = later.superseded_by where later.case_id <> f.case_id)
       select id from later where case_id = f.case_id)
     from story_fact newer where newer.id = f.superseded_by and f.case_id = any($1) and newer.case_id = any($1) and newer.case_id <> f.case_id`,
    [cases],
  );
}
