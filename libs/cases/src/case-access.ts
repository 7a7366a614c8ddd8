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

const RECORD = `id, reference, customer_id as "customerId", status, wait_reason as "waitReason", priority,
  assignee_id as "assigneeId", queue_id as "queueId", version`;

/**
 * Whether a person may see a case.
 * @param viewers parameter of how far they see (`visibleStore`)
 * @param caseId the case, as a column
 */
export const visible = (viewers: string, caseId = 'c.id'): string =>
  `(${viewers}::text is null or exists (select from case_sight s where s.case_id = ${caseId} and s.viewer = any(string_to_array(${viewers}, ',')::uuid[])))`;

const ONE = `(id = $1 or reference = $2) and ${visible('$3')}`;

/** Id, reference and viewers as the condition above takes them. */
function one(principal: Principal, idOrReference: string): (string | null)[] {
  const id = UUID.test(idOrReference) ? idOrReference : null;
  return [id, id ? null : parseReference(idOrReference), visibleStore(principal)];
}

/**
 * Locks a case for change, by id or reference, if this person may see it.
 * @throws DomainError case.not_found, also when it exists but is not theirs to see
 */
export async function lockCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseRecord> {
  const rows: CaseRecord[] = await tx.query(
    `select ${RECORD} from cases c where ${ONE} for update`,
    one(principal, idOrReference),
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0];
}

/**
 * The id of a case this person may see, wherever merges have taken it; nothing is locked.
 * @throws DomainError case.not_found
 */
export async function findCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<string> {
  const rows: { id: string }[] = await tx.query(
    `select living_case(id) as id from cases c where ${ONE}`,
    one(principal, idOrReference),
  );
  if (!rows[0]) throw new DomainError('case.not_found');
  return rows[0].id;
}

/**
 * Locks a case for change wherever merges have taken it, also one that took it while this waited for the lock.
 * @throws DomainError case.not_found
 */
export async function lockLiving(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseRecord> {
  for (;;) {
    const found = await lockCase(tx, principal, await findCase(tx, principal, idOrReference));
    if (found.status !== 'merged') return found;
  }
}

/**
 * The same for what is done by itself; what refers to the case may be written meanwhile.
 * @returns its id; null: there is no such case
 */
export async function lockLivingCase(tx: EntityManager, caseId: string): Promise<string | null> {
  for (;;) {
    // What comes with the lock is how it stands now; whose id it was looked for by may be of before.
    const rows: { id: string; status: CaseStatus }[] = await tx.query(
      'select id, status from cases where id = living_case($1) for no key update',
      [caseId],
    );
    const [found] = rows;
    if (!found) return null;
    if (found.status !== 'merged') return found.id;
  }
}

/**
 * Locks cases in the one order everybody who needs several takes.
 * @returns them as they were asked for
 * @throws DomainError case.not_found when one is not theirs to see
 */
export async function lockCases<Ids extends string[]>(
  tx: EntityManager,
  principal: Principal,
  ...ids: Ids
): Promise<{ [Place in keyof Ids]: CaseRecord }> {
  const rows: CaseRecord[] = await tx.query(
    `select ${RECORD} from cases c where id = any($1) and ${visible('$2')} order by id for update`,
    [ids, visibleStore(principal)],
  );
  return ids.map((id) => {
    const found = rows.find((row) => row.id === id);
    if (!found) throw new DomainError('case.not_found');
    return found;
  }) as { [Place in keyof Ids]: CaseRecord };
}
