import type { EntityManager } from 'typeorm';
import type { CaseStatus, Priority, WaitReason } from '#contracts';
import { DomainError } from '#platform';
import { visibleStore, type Principal } from '#identity';
import { parseReference } from './reference.rules.js';

/**
 * Locks the case an interaction is on, wherever a merge has just taken it.
 * @returns its id
 */
export async function lockCaseOf(tx: EntityManager, interactionId: string): Promise<string> {
  const where = async () => {
    const rows: { case_id: string }[] = await tx.query('select case_id from interaction where id = $1', [
      interactionId,
    ]);
    if (!rows[0]) throw new DomainError('interaction.not_found');
    return rows[0].case_id;
  };
  for (let caseId = await where(); ;) {
    await tx.query('select from cases where id = $1 for update', [caseId]);
    const now = await where();
    if (now === caseId) return caseId;
    caseId = now;
  }
}

/** The columns of a case that decisions look at. */
export interface CaseRecord {
  id: string;
  reference: string;
  customerId: string;
  status: CaseStatus;
  waitReason: WaitReason | null;
  priority: Priority;
  assigneeId: string | null;
  queueId: string | null;
  version: number;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/**
 * Locks a case for change, by id or reference, if this person may see it.
 * @throws DomainError case.not_found, also when it exists but is not theirs to see
 */
export async function lockCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseRecord> {
  const id = UUID.test(idOrReference) ? idOrReference : null;
  const reference = id ? null : parseReference(idOrReference);
  const rows: CaseRecord[] = await tx.query(
    `select id, reference, customer_id as "customerId", status, wait_reason as "waitReason", priority,
       assignee_id as "assigneeId", queue_id as "queueId", version
     from cases c where (id = $1 or reference = $2)
       and ($3::uuid is null or exists (select from case_store s where s.case_id = c.id and s.store_id = $3)) for update`,
    [id, reference, visibleStore(principal)],
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0];
}
