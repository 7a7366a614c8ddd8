import type { EntityManager } from 'typeorm';
import type { NewEvent } from '../record.js';
import { unplan } from './plan-columns.js';

/**
 * A message that showed the way to a store was taken back before it left: nobody is on their way, the store sees the case no
 * longer by it, and welcoming them is no plan.
 * @returns what to record with it
 */
export async function takeRedirectBack(tx: EntityManager, interactionId: string, at: Date): Promise<NewEvent[]> {
  const [rows]: [{ id: string; caseId: string; storeId: string }[], number] = await tx.query(
    `update warm_redirect set taken_back_at = $2 where interaction_id = $1 and taken_back_at is null
     returning id, case_id as "caseId", store_id as "storeId"`,
    [interactionId, at],
  );
  const taken = rows[0];
  if (!taken) return [];
  const { id, caseId, storeId } = taken;
  await tx.query(
    `delete from case_grant g where g.case_id = $1 and g.viewer = $2
       and not exists (select from warm_redirect w where w.case_id = $1 and w.store_id = $2 and w.taken_back_at is null)`,
    [caseId, storeId],
  );
  await unplan(tx, caseId, id);
  return [{ type: 'redirect.taken_back', data: { redirectId: id, storeId } }];
}
