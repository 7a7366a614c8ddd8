import type { EntityManager } from 'typeorm';
import { canMoveLoan, type ImpactKind, type LoanCharge, type LoanState } from '#contracts';
import { lockCase, visible, type CaseRecord } from '#cases';
import { visibleStore, type Principal } from '#identity';
import { DomainError } from '#platform';
import { lockLoaner, type LoanerRecord } from '../pool/loaner.store.js';
import { chargesEnded } from './charge.rules.js';

/** Loans as rows. Whoever changes one holds its case first, then the loan, then its loaner. */

export interface LoanRecord {
  id: string;
  loanerId: string;
  caseId: string;
  repairId: string | null;
  storeId: string;
  storeName: string;
  timeZone: string;
  state: LoanState;
  /** The case it was made on, while it is live. */
  slot: string | null;
  keepUntil: Date | null;
  warnedAt: Date | null;
  startedAt: Date | null;
  dueAt: Date | null;
  promisedAt: Date | null;
  repairBackAt: Date | null;
  extendedTo: Date | null;
  relieves: ImpactKind[];
  termsVersion: number | null;
  depositCents: number | null;
  currency: string | null;
  factId: string | null;
  /** Of its phone. */
  name: string;
}

const RECORD = `n.id, n.loaner_id as "loanerId", n.case_id as "caseId", n.repair_order_id as "repairId", n.store_id as "storeId", s.name as "storeName",
  s.time_zone as "timeZone", n.state, n.slot, n.keep_until as "keepUntil", n.warned_at as "warnedAt", n.started_at as "startedAt", n.due_at as "dueAt",
  n.promised_at as "promisedAt", n.repair_back_at as "repairBackAt", n.extended_to as "extendedTo", n.relieves, n.terms_version as "termsVersion",
  n.deposit_cents as "depositCents", n.currency, n.fact_id as "factId", m.brand || ' ' || m.name as name`;
const FROM = `loan n join store s on s.id = n.store_id join loaner l on l.id = n.loaner_id join loaner_model m on m.id = l.model_id`;

export interface HeldLoan {
  found: CaseRecord;
  loan: LoanRecord;
  loaner: LoanerRecord;
}

/** The loan as it stands, locked; its case is in the caller's hands. */
export async function heldLoan(tx: EntityManager, loanId: string): Promise<LoanRecord | null> {
  const rows: LoanRecord[] = await tx.query(`select ${RECORD} from ${FROM} where n.id = $1 for update of n`, [loanId]);
  return rows[0] ?? null;
}

/**
 * A loan that is looked at by itself, its case locked first, wherever a merge has just taken it.
 * @returns null: there is none such
 */
export async function holdLoan(tx: EntityManager, loanId: string): Promise<LoanRecord | null> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query('select case_id as "caseId" from loan where id = $1', [loanId]);
    const caseId = rows[0]?.caseId;
    if (!caseId) return null;
    await tx.query('select from cases where id = $1 for update', [caseId]);
    const loan = await heldLoan(tx, loanId);
    if (loan?.caseId === caseId) return loan;
  }
}

/** The loan that bridges a repair, as it stands. Null: there is none. */
export async function readLoan(tx: EntityManager, caseId: string, repairId: string): Promise<LoanRecord | null> {
  const rows: LoanRecord[] = await tx.query(
    `select ${RECORD} from ${FROM} where n.case_id = $1 and n.repair_order_id = $2 and n.state = 'active'`,
    [caseId, repairId],
  );
  return rows[0] ?? null;
}

/**
 * A loan of a case this person may see, with its case and its loaner, all locked.
 * @throws DomainError loan.not_found
 */
export async function lockLoan(tx: EntityManager, principal: Principal, loanId: string): Promise<HeldLoan> {
  for (;;) {
    const rows: { caseId: string }[] = await tx.query(
      `select n.case_id as "caseId" from loan n where n.id = $1 and ${visible('$2', 'n.case_id')}`,
      [loanId, visibleStore(principal)],
    );
    const caseId = rows[0]?.caseId;
    if (!caseId) throw new DomainError('loan.not_found');
    const found = await lockCase(tx, principal, caseId);
    const loan = await heldLoan(tx, loanId);
    if (!loan) throw new DomainError('loan.not_found');
    // A merge has just taken it elsewhere.
    if (loan.caseId === found.id) return { found, loan, loaner: await lockLoaner(tx, loan.loanerId) };
  }
}

/** @throws DomainError loan.transition_forbidden */
export function demandMove({ state }: Pick<LoanRecord, 'state'>, to: LoanState): void {
  if (!canMoveLoan(state, to)) throw new DomainError('loan.transition_forbidden', { from: state, to });
}

/**
 * From when somebody has a loaner, or it is kept for them (SQL): from now on, and never before whoever had it last gave it back, though
 * the clock that wrote that down was ahead of this one.
 */
export const periodFrom = (now: string, loaner: string): string =>
  `tstzrange(greatest(${now}::timestamptz, (select max(upper(e.period)) from loan e where e.loaner_id = ${loaner} and not upper_inf(e.period))), null)`;

/** Ends what a loan holds: nobody has its loaner by it from now on. */
export async function endLoan(tx: EntityManager, loanId: string, to: LoanState, at: Date): Promise<void> {
  await tx.query(
    `update loan set state = $2, slot = null, ended_at = $3, look_at = null,
       period = case when upper_inf(period) then tstzrange(lower(period), greatest($3::timestamptz, lower(period))) else period end where id = $1`,
    [loanId, to, at],
  );
}

/** Ends what is owed no more for a phone, of which this has become; the loan is locked. */
export async function endCharges(tx: EntityManager, loanId: string, by: 'loss' | 'found', at: Date): Promise<void> {
  const standing: Pick<LoanCharge, 'id' | 'kind'>[] = await tx.query(
    'select id, kind from loan_charge where loan_id = $1 and ended_at is null',
    [loanId],
  );
  const ended = chargesEnded(standing, by);
  if (ended.length > 0) await tx.query('update loan_charge set ended_at = $2 where id = any($1)', [ended, at]);
}

export const namesOf = ({ id, loanerId, name }: Pick<LoanRecord, 'id' | 'loanerId' | 'name'>) => ({
  loanId: id,
  loanerId,
  name,
});
