import type { EntityManager } from 'typeorm';
import type { IntakeField, IntakeKind, IntakeOutcome, IntakeState, PersonRef, UploadedAttachment } from '#contracts';
import { DomainError } from '#platform';
import type { Principal } from '#identity';

export interface IntakeRecord {
  id: string;
  kind: IntakeKind;
  state: IntakeState;
  store: { id: string; name: string };
  startedBy: PersonRef;
  startedAt: string;
  touchedAt: string;
  caseId: string | null;
  outcome: IntakeOutcome | null;
}

const RECORD = `i.id, i.kind, i.state, json_build_object('id', s.id, 'name', s.name) as store,
  json_build_object('id', a.id, 'displayName', a.display_name) as "startedBy", iso(i.started_at) as "startedAt", iso(i.touched_at) as "touchedAt",
  i.case_id as "caseId", i.outcome
  from counter_intake i join store s on s.id = i.store_id join agent a on a.id = i.started_by`;

/** Store staff work at their own counter; whoever looks after customers everywhere may help at any. */
export const atCounter = (principal: Principal, storeId: string): boolean =>
  principal.role !== 'store' || principal.storeId === storeId;

/**
 * @param lock when it is about to change
 * @throws DomainError intake.not_found, also when it is another store's
 */
export async function intakeOf(
  tx: EntityManager,
  principal: Principal,
  id: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<IntakeRecord> {
  if (lock) await tx.query('select from counter_intake where id = $1 for update', [id]);
  const rows: IntakeRecord[] = await tx.query(`select ${RECORD} where i.id = $1`, [id]);
  const found = rows[0];
  if (!found || !atCounter(principal, found.store.id)) throw new DomainError('intake.not_found');
  return found;
}

export async function fieldsOf(tx: EntityManager, id: string): Promise<IntakeField[]> {
  const rows: IntakeField[] = await tx.query(
    `select f.path, f.value, f.version, json_build_object('id', a.id, 'displayName', a.display_name) as by, iso(f.set_at) as at
     from counter_field f join agent a on a.id = f.set_by where f.intake_id = $1 order by f.path`,
    [id],
  );
  return rows;
}

/** The files taken at it. */
export async function photosOf(tx: EntityManager, id: string): Promise<UploadedAttachment[]> {
  const rows: (Omit<UploadedAttachment, 'size'> & { size: string })[] = await tx.query(
    `select a.id, a.file_name as "fileName", a.content_type as "contentType", a.size, a.sha256
     from counter_photo p join attachment a on a.id = p.attachment_id where p.intake_id = $1 order by a.created_at, a.id`,
    [id],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}
