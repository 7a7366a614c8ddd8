import type { EntityManager } from 'typeorm';
import type { DecisionOutcome, DecisionState, WarrantyEvidence } from '#contracts';
import { lockCase, type CaseRecord } from '#cases';
import type { Principal } from '#identity';
import { DomainError } from '#platform';
import { canMoveDecision } from './decision.states.js';

/** A decision as the next one looks at it. */
export interface DecisionRecord {
  id: string;
  caseId: string;
  deviceId: string;
  outcome: DecisionOutcome;
  state: DecisionState;
  clause: string | null;
  plainWords: string | null;
  decidedBy: string;
  acceptedBy: string | null;
  factId: string | null;
}

const RECORD = `w.id, w.case_id as "caseId", w.device_id as "deviceId", w.outcome, w.state, w.clause, w.plain_words as "plainWords",
  w.decided_by as "decidedBy", w.accepted_by as "acceptedBy", w.fact_id as "factId"`;

/**
 * Locks a decision with its case, if this person may see that.
 * @throws DomainError warranty.not_found
 */
export async function lockDecision(
  tx: EntityManager,
  principal: Principal,
  id: string,
): Promise<{ found: CaseRecord; decision: DecisionRecord }> {
  const where: { caseId: string }[] = await tx.query(
    'select living_case(case_id) as "caseId" from warranty_decision where id = $1',
    [id],
  );
  if (!where[0]) throw new DomainError('warranty.not_found');
  const found = await lockCase(tx, principal, where[0].caseId).catch((error: unknown) => {
    throw error instanceof DomainError && error.code === 'case.not_found'
      ? new DomainError('warranty.not_found')
      : error;
  });
  const rows: DecisionRecord[] = await tx.query(
    `select ${RECORD} from warranty_decision w where w.id = $1 for update`,
    [id],
  );
  if (!rows[0]) throw new DomainError('warranty.not_found');
  return { found, decision: rows[0] };
}

/** What stands in a place of a phone on a case: what holds, or what is proposed. */
export async function decisionAt(
  tx: EntityManager,
  caseId: string,
  deviceId: string,
  place: 'holds' | 'proposed',
): Promise<DecisionRecord | null> {
  const rows: DecisionRecord[] = await tx.query(
    `select ${RECORD} from warranty_decision w where w.case_id = $1 and w.device_id = $2 and w.place = $3 for update`,
    [caseId, deviceId, place],
  );
  return rows[0] ?? null;
}

/** @throws DomainError warranty.transition_forbidden */
export async function moveDecision(
  tx: EntityManager,
  decision: Pick<DecisionRecord, 'id' | 'state'>,
  to: DecisionState,
  supersededBy: string | null = null,
): Promise<void> {
  if (!canMoveDecision(decision.state, to))
    throw new DomainError('warranty.transition_forbidden', { from: decision.state, to });
  await tx.query('update warranty_decision set state = $2, superseded_by = $3 where id = $1', [
    ...[decision.id, to, supersededBy],
  ]);
}

/** @throws DomainError warranty.evidence_elsewhere */
export async function demandEvidence(
  tx: EntityManager,
  caseId: string,
  evidence: readonly WarrantyEvidence[],
): Promise<void> {
  if (evidence.length === 0) return;
  const ids = (kind: WarrantyEvidence['kind']) => evidence.filter((one) => one.kind === kind).map(({ id }) => id);
  const found: { id: string }[] = await tx.query(
    `select i.id from interaction i where i.case_id = $1 and i.id = any($2) union all
     select n.id from note n where n.case_id = $1 and n.id = any($2) union all
     select t.id from attachment t join interaction i on i.id = t.interaction_id where i.case_id = $1 and t.id = any($3)`,
    [caseId, ids('entry'), ids('attachment')],
  );
  const here = new Set(found.map(({ id }) => id));
  const elsewhere = evidence.filter(({ id }) => !here.has(id)).map(({ id }) => id);
  if (elsewhere.length > 0) throw new DomainError('warranty.evidence_elsewhere', { ids: elsewhere });
}
