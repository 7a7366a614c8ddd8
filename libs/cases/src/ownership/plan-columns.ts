import type { EntityManager } from 'typeorm';

/** A plan as its columns of `cases` have it: what happens next there, or once the customer is answered. */
export interface PlanColumns {
  next_action: string;
  next_action_values: Record<string, string>;
  next_action_by: string | null;
  next_action_at: string;
  next_action_id: string;
}

/** The plan of the case `c`; null: what is next follows from the conversation. As `next_action_follows` keeps it (SQL). */
const PLAN = `case when c.next_action_id is not null and c.next_action not in ('reply', 'await_customer')
  then (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(c)) where key like 'next\\_action%' and key <> 'next_action_parked') else c.next_action_parked end`;

export async function planOf(tx: EntityManager, caseId: string): Promise<PlanColumns | null> {
  const rows: { plan: PlanColumns | null }[] = await tx.query(`select ${PLAN} as plan from cases c where c.id = $1`, [
    caseId,
  ]);
  return rows[0]?.plan ?? null;
}

/** It is planned there, in the place of what was; who has written since then is answered first. */
export async function putPlan(tx: EntityManager, caseId: string, plan: PlanColumns): Promise<void> {
  const [parked]: [unknown[], number] = await tx.query(
    `update cases set next_action_parked = $2 where id = $1 and next_action = 'reply' and last_interaction_at > $3 returning id`,
    [caseId, plan, plan.next_action_at],
  );
  if (parked.length > 0) return;
  await tx.query(
    `update cases c set next_action = v.next_action, next_action_text = v.next_action_text, next_action_values = v.next_action_values,
       next_action_due_at = v.next_action_due_at, next_action_no_due = v.next_action_no_due, next_action_by = v.next_action_by,
       next_action_at = v.next_action_at, next_action_id = v.next_action_id, next_action_parked = null
     from jsonb_populate_record(null::cases, $2) v where c.id = $1`,
    [caseId, plan],
  );
}

/** That plan is none any more: it follows from the conversation again. */
export async function unplan(tx: EntityManager, caseId: string, planId: string): Promise<void> {
  await tx.query(
    `update cases set next_action = 'await_customer', next_action_text = null, next_action_values = '{}', next_action_due_at = null, next_action_no_due = 'customers_turn',
       next_action_by = null, next_action_at = null, next_action_id = null where id = $1 and next_action_id = $2`,
    [caseId, planId],
  );
  await tx.query(
    `update cases set next_action_parked = null where id = $1 and next_action_parked ->> 'next_action_id' = $2::text`,
    [caseId, planId],
  );
}
