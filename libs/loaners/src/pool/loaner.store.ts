import type { EntityManager } from 'typeorm';
import { canMoveLoaner, type LoanerState } from '#contracts';
import { DomainError, newId } from '#platform';
import type { Principal } from '#identity';

/** Loaners as rows, and what is written of each move. */

export interface LoanerRecord {
  id: string;
  storeId: string;
  modelId: string;
  label: string;
  grade: string;
  state: LoanerState;
  cleaningId: string | null;
  /** As one says it: brand and model. */
  name: string;
  storeName: string;
}

const COLUMNS = `l.id, l.store_id as "storeId", l.model_id as "modelId", l.label, l.grade, l.state, l.cleaning_id as "cleaningId",
  m.brand || ' ' || m.name as name, s.name as "storeName"`;
const FROM = 'loaner l join loaner_model m on m.id = l.model_id join store s on s.id = l.store_id';

/** @throws DomainError loaner.not_found */
export async function lockLoaner(tx: EntityManager, id: string): Promise<LoanerRecord> {
  const rows: LoanerRecord[] = await tx.query(`select ${COLUMNS} from ${FROM} where l.id = $1 for update of l`, [id]);
  if (!rows[0]) throw new DomainError('loaner.not_found');
  return rows[0];
}

/**
 * One of a model that is free in a store, locked: those others are just taking are passed over, and waited for only when there is
 * no other.
 * @returns null: all are taken
 */
export async function lockFree(tx: EntityManager, storeId: string, modelId: string): Promise<LoanerRecord | null> {
  const free = `select ${COLUMNS} from ${FROM} where l.store_id = $1 and l.model_id = $2 and l.state = 'available' order by l.grade, l.id limit 1 for update of l`;
  for (;;) {
    const quick: LoanerRecord[] = await tx.query(`${free} skip locked`, [storeId, modelId]);
    if (quick[0]) return quick[0];
    const left: unknown[] = await tx.query(
      `select from loaner where store_id = $1 and model_id = $2 and state = 'available' limit 1`,
      [storeId, modelId],
    );
    if (left.length === 0) return null;
    const waited: LoanerRecord[] = await tx.query(free, [storeId, modelId]);
    if (waited[0]) return waited[0];
  }
}

/** Some that are free in a store, of a model or of any, locked; those others are just taking are passed over. */
export async function lockSome(
  tx: EntityManager,
  storeId: string,
  modelId: string | null,
  count: number,
): Promise<LoanerRecord[]> {
  return tx.query(
    `select ${COLUMNS} from ${FROM} where l.store_id = $1 and ($2::uuid is null or l.model_id = $2) and l.state = 'available'
     order by l.grade, l.id limit $3 for update of l skip locked`,
    [storeId, modelId, count],
  );
}

/** Who moves it, and why. */
export interface MoveOf {
  by: { id: string | null; name: string };
  at: Date;
  reason?: string | null;
  loanId?: string;
  /** Where it is from now on. */
  storeId?: string;
}

/**
 * Moves a loaner that is locked, and writes that down.
 * @throws DomainError loaner.transition_forbidden
 */
export async function moveLoaner(
  tx: EntityManager,
  loaner: Pick<LoanerRecord, 'id' | 'state' | 'storeId'>,
  to: LoanerState,
  { by, at, reason, loanId, storeId = loaner.storeId }: MoveOf,
): Promise<void> {
  const from = loaner.state;
  if (!canMoveLoaner(from, to)) throw new DomainError('loaner.transition_forbidden', { from, to });
  await tx.query('update loaner set state = $2, state_at = $3, store_id = $4, cleaning_id = $5 where id = $1', [
    loaner.id,
    to,
    at,
    storeId,
    to === 'hygiene' ? newId() : null,
  ]);
  await noteMove(tx, loaner.id, from, to, { by, at, reason, loanId, storeId });
}

/** @param from null: it is new */
export async function noteMove(
  tx: EntityManager,
  loanerId: string,
  from: LoanerState | null,
  to: LoanerState,
  { by, at, reason, loanId, storeId }: MoveOf,
): Promise<void> {
  await tx.query(
    `insert into loaner_move (id, loaner_id, from_state, to_state, store_id, reason, loan_id, by_id, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [newId(), loanerId, from, to, storeId, reason ?? null, loanId ?? null, by.id, by.name, at],
  );
}

/** Whether it is written off, and by this loan: what was found since may have been lost by somebody else. */
export async function isLostBy(
  tx: EntityManager,
  { id, state }: Pick<LoanerRecord, 'id' | 'state'>,
  loanId: string,
): Promise<boolean> {
  if (state !== 'lost') return false;
  const rows: { loanId: string | null }[] = await tx.query(
    'select loan_id as "loanId" from loaner_move where loaner_id = $1 order by at desc, id desc limit 1',
    [id],
  );
  return rows[0]?.loanId === loanId;
}

/** @throws DomainError loaner.not_found: of another store it is not there for who works in one */
export function demandOwnStore(principal: Principal, storeId: string): void {
  if (principal.role === 'store' && principal.storeId !== storeId) throw new DomainError('loaner.not_found');
}
