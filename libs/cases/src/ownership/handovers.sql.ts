import type { EntityManager } from 'typeorm';

/**
 * A case has gone on: what was under way is settled. Who takes what was meant for them, or for their queue, has received it;
 * anything else is superseded.
 * @param takerId who has it now; null: nobody in particular
 */
export async function settleHandovers(
  tx: EntityManager,
  caseId: string,
  at: Date,
  takerId: string | null,
): Promise<void> {
  await tx.query(
    `update handover h set acknowledged_at = case when meant.it then $2::timestamptz end, acknowledged_by = case when meant.it then $3::uuid end,
       superseded_at = case when meant.it then null else $2::timestamptz end
     from (select o.id, $3::uuid is not null and (o.to_agent = $3 or o.to_queue is not null) as it from handover o where o.case_id = $1) meant
     where h.id = meant.id and h.acknowledged_at is null and h.superseded_at is null`,
    [caseId, at, takerId],
  );
}
