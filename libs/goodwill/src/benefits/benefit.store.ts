import type { EntityManager } from 'typeorm';
import {
  canMoveBenefit,
  type ApprovalReason,
  type BenefitKind,
  type BenefitState,
  type BenefitValues,
  type Tier,
} from '#contracts';
import { lockLiving, type CaseRecord } from '#cases';
import type { Principal } from '#identity';
import { DomainError } from '#platform';

/** The columns of a benefit that decisions look at. */
export interface BenefitRecord {
  id: string;
  caseId: string;
  customerId: string;
  kind: BenefitKind;
  state: BenefitState;
  values: BenefitValues;
  valueCents: number;
  currency: string;
  tier: Tier;
  ruleId: string | null;
  needs: ApprovalReason[];
  reason: string | null;
  equityReason: string | null;
  askedBy: string | null;
  line: string;
  fromDay: string | null;
  toDay: string | null;
  timeZone: string | null;
  expiresAt: Date | null;
  codeHash: Buffer | null;
  codeShownAt: Date | null;
  codeShownBy: string | null;
  /** Of what a quote sets aside. */
  quoteId: string | null;
}

export const RECORD = `b.id, b.case_id as "caseId", b.customer_id as "customerId", b.kind, b.state, b."values", b.value_cents::float8 as "valueCents",
  b.currency, b.tier, b.rule_id as "ruleId", b.needs, b.reason, b.equity_reason as "equityReason", b.asked_by as "askedBy", b.line,
  b.from_day::text as "fromDay", b.to_day::text as "toDay", b.time_zone as "timeZone", b.expires_at as "expiresAt",
  b.code_hash as "codeHash", b.code_shown_at as "codeShownAt", b.code_shown_by as "codeShownBy", b.quote_id as "quoteId"`;

/**
 * Locks a benefit and its case, in this order as everybody does.
 * @throws DomainError benefit.not_found, also when its case is not theirs to see
 */
export async function lockBenefit(
  tx: EntityManager,
  principal: Principal,
  id: string,
): Promise<{ benefit: BenefitRecord; found: CaseRecord }> {
  for (;;) {
    const [where]: { case_id: string }[] = await tx.query('select case_id from benefit where id = $1', [id]);
    if (!where) throw new DomainError('benefit.not_found');
    const found = await lockLiving(tx, principal, where.case_id).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'case.not_found') throw new DomainError('benefit.not_found');
      throw error;
    });
    const [benefit]: BenefitRecord[] = await tx.query(`select ${RECORD} from benefit b where b.id = $1 for update`, [
      id,
    ]);
    // A merge has just taken it elsewhere.
    if (benefit?.caseId === where.case_id) return { benefit, found };
  }
}

/** Whatever a customer is given and owed is weighed by one at a time. After the lock of the case. */
export async function lockGoodwillOf(tx: EntityManager, customerId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('goodwill ' || $1, 0))`, [customerId]);
}

/** @throws DomainError benefit.transition_forbidden */
export async function moveBenefit(
  tx: EntityManager,
  benefit: BenefitRecord,
  to: BenefitState,
  at: Date,
  columns: Record<string, unknown> = {},
): Promise<void> {
  const { id, state: from } = benefit;
  if (!canMoveBenefit(from, to)) throw new DomainError('benefit.transition_forbidden', { from, to });
  const entries = Object.entries(columns);
  await tx.query(
    `update benefit set state = $2, state_at = $3${entries.map(([name], n) => `, ${name} = $${n + 4}`).join('')} where id = $1`,
    [id, to, at, ...entries.map(([, value]) => value)],
  );
  benefit.state = to;
}

/** What events, facts and messages say of it. */
export const said = ({ id, kind, values }: BenefitRecord) => ({ benefitId: id, kind, values });
