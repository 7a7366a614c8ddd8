import type { EntityManager } from 'typeorm';
import type { Priority } from '#contracts';

/** Where a case goes; null: it stays as it is. */
export interface CaseMove {
  caseId: string;
  assigneeId: string | null;
  queueId: string | null;
  priority: Priority | null;
}

/**
 * Cases change hands, many at once; each stands in the list once and is locked by the caller, who also records it.
 * What was under way with a case that gets another owner is settled, and whoever gets it sees it, a person or a store.
 */
export async function moveMany(tx: EntityManager, at: Date, moves: CaseMove[]): Promise<void> {
  const wanted = moves.filter(({ assigneeId, queueId, priority }) => assigneeId ?? queueId ?? priority);
  if (wanted.length === 0) return;
  await tx.query(
    `update cases c set assignee_id = coalesce(w."assigneeId", c.assignee_id), priority = coalesce(w.priority, c.priority),
       queue_id = coalesce(w."queueId", c.queue_id, (select id from queue where is_default)),
       owner_why = case when w."assigneeId" is null then c.owner_why end
     from jsonb_to_recordset($1::jsonb) as w ("caseId" uuid, "assigneeId" uuid, "queueId" uuid, priority text) where c.id = w."caseId"`,
    [JSON.stringify(wanted)],
  );
  await showToStores(tx, wanted);
  const given = wanted.filter(({ assigneeId }) => assigneeId !== null);
  if (given.length === 0) return;
  const parameters = [given.map(({ caseId }) => caseId), given.map(({ assigneeId }) => assigneeId)];
  await tx.query(
    `update handover h set acknowledged_at = case when meant.it then $3::timestamptz end, acknowledged_by = case when meant.it then meant.taker end,
       superseded_at = case when meant.it then null else $3::timestamptz end
     from (select o.id, g.taker, o.to_agent = g.taker or o.to_queue is not null as it
           from unnest($1::uuid[], $2::uuid[]) as g (case_id, taker) join handover o on o.case_id = g.case_id
           where o.acknowledged_at is null and o.superseded_at is null) meant
     where h.id = meant.id`,
    [...parameters, at],
  );
  await tx.query(
    `insert into case_store (store_id, case_id) select a.store_id, g.case_id from unnest($1::uuid[], $2::uuid[]) as g (case_id, taker)
       join agent a on a.id = g.taker where a.role = 'store' and a.store_id is not null on conflict do nothing`,
    parameters,
  );
}

/** As `showCaseToStore`, of all that go to the queue of a store. */
async function showToStores(tx: EntityManager, moves: CaseMove[]): Promise<void> {
  const queued = moves.filter(({ queueId }) => queueId !== null);
  if (queued.length === 0) return;
  await tx.query(
    `insert into case_store (store_id, case_id) select q.store_id, g.case_id from unnest($1::uuid[], $2::uuid[]) as g (case_id, queue_id)
       join queue q on q.id = g.queue_id where q.store_id is not null on conflict do nothing`,
    [queued.map(({ caseId }) => caseId), queued.map(({ queueId }) => queueId)],
  );
}
