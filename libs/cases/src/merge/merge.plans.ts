import type { EntityManager } from 'typeorm';
import { planOf, putPlan, unplan, type PlanColumns } from '../ownership/plan-columns.js';
import type { Columns, Stood } from './merge.journal.js';

interface Both {
  kept: string;
  taken: string;
}

/** What was planned on a case as it stood, also behind a reply. */
function plannedIn(words: Columns): PlanColumns | null {
  const { next_action: code, next_action_id: id, next_action_parked: parked, ...columns } = words;
  if (!id || code === 'reply' || code === 'await_customer') return (parked ?? null) as PlanColumns | null;
  return { ...columns, next_action: code, next_action_id: id } as PlanColumns;
}

/** @returns what was planned on the kept case while the two were one; null: nothing, or what stood before holds */
export async function plannedMeanwhile(tx: EntityManager, kept: string, stood: Stood[]): Promise<PlanColumns | null> {
  const plan = await planOf(tx, kept);
  const before = stood.map(({ words }) => plannedIn(words)?.next_action_id);
  return plan && !before.includes(plan.next_action_id) ? plan : null;
}

/**
 * Once what belongs to either is back with it: what was planned meanwhile of another company is planned on the case it works for, all
 * else on the kept one; where it leaves, what was planned there before holds. Nobody is asked any more who has no work of a case.
 * @returns whether the taken case got it
 */
export async function planApart(
  tx: EntityManager,
  { kept, taken }: Both,
  meanwhile: PlanColumns | null,
  stood: Stood[],
): Promise<boolean> {
  const goes = meanwhile !== null && (await caseWorkedOn(tx, { kept, taken }, meanwhile)) === taken;
  if (goes) {
    await unplan(tx, kept, meanwhile.next_action_id);
    const before = plannedIn(stood.find(({ caseId }) => caseId === kept)?.words ?? {});
    if (before) await putPlan(tx, kept, before);
  }
  if (meanwhile) await putPlan(tx, goes ? taken : kept, meanwhile);
  for (const caseId of [kept, taken]) await askNobody(tx, caseId);
  return goes;
}

/** The partner `p` is whom the values `$2` are about, whatever they are called by now; what a person planned says the name alone (SQL). */
const ABOUT_THEM = `coalesce($2::jsonb ->> 'partnerId' = p.id::text, $2::jsonb ->> 'partner' = p.name)`;

/** Of the two, the one whose work with the company of this plan went on last. */
async function caseWorkedOn(tx: EntityManager, { kept, taken }: Both, plan: PlanColumns): Promise<string | undefined> {
  const rows: { caseId: string }[] = await tx.query(
    `select h.case_id as "caseId" from handoff h join partner p on p.id = h.partner_id
     where h.case_id = any($1) and ${ABOUT_THEM} order by h.state_at desc, h.id desc limit 1`,
    [[kept, taken], plan.next_action_values],
  );
  return rows[0]?.caseId;
}

async function askNobody(tx: EntityManager, caseId: string): Promise<void> {
  const plan = await planOf(tx, caseId);
  if (plan?.next_action !== 'check_partner' || plan.next_action_by !== null) return;
  const works: unknown[] = await tx.query(
    `select from handoff h join partner p on p.id = h.partner_id where h.case_id = $1 and ${ABOUT_THEM}
       and h.state in ('sent', 'acknowledged', 'accepted', 'in_progress', 'expired') limit 1`,
    [caseId, plan.next_action_values],
  );
  if (works.length === 0) await unplan(tx, caseId, plan.next_action_id);
}
