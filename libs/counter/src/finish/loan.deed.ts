import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LoanerAccessory, type IntakeOutcome, type IntakeValues } from '#contracts';
import type { Principal } from '#identity';
import { LoanDecisions, LoanerHouse, Loans, Reservations } from '#loaners';
import type { IntakeRecord } from '../intake/intake.store.js';
import type { ReceiptData } from '../receipt/receipt.data.js';
import type { DeviceDone } from './device.deed.js';

export interface LoanDone extends Pick<IntakeOutcome, 'loanDecisionId' | 'loanId'> {
  loan: ReceiptData['loan'];
}

interface LiveLoan {
  id: string;
  loanerId: string;
  state: 'reserved' | 'active';
}

/** A phone in the hand first: what was decided of it, and the loaner that leaves with them. */
@Injectable()
export class LoanDeed {
  constructor(
    private readonly decisions: LoanDecisions,
    private readonly loans: Loans,
    private readonly reservations: Reservations,
    private readonly house: LoanerHouse,
  ) {}

  async run(
    tx: EntityManager,
    principal: Principal,
    intake: IntakeRecord,
    { caseId, device, values }: { caseId: string; device: DeviceDone; values: IntakeValues },
  ): Promise<LoanDone> {
    const outcome = values['keep.outcome'];
    if (outcome === undefined) return { loanDecisionId: null, loanId: null, loan: null };
    const theirs = await this.keptForThem(tx, principal, caseId, values);
    const made = theirs
      ? null
      : await this.decisions.decide(tx, principal, orderOf(intake, { caseId, device, values }));
    const loanId = theirs?.id ?? made?.loanId ?? null;
    if (loanId && theirs?.state !== 'active') await this.handOver(tx, principal, loanId, { device, values });
    return { loanDecisionId: made?.decisionId ?? null, loanId, loan: await this.told(tx, outcome, loanId, values) };
  }

  /** The loan they have or were promised, when it is the one they leave with; what was kept and is not is free for somebody else. */
  private async keptForThem(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    values: IntakeValues,
  ): Promise<LiveLoan | null> {
    const live = await liveLoanOf(tx, caseId);
    if (!live) return null;
    if (values['keep.outcome'] === 'accepted' && live.loanerId === values['keep.loanerId']) return live;
    if (live.state === 'reserved') await this.reservations.cancel(tx, principal, live.id, because(values, principal));
    return null;
  }

  /** Signed for with the same signature as the receipt, which says on which terms. */
  private async handOver(
    tx: EntityManager,
    principal: Principal,
    loanId: string,
    { device, values }: { device: DeviceDone; values: IntakeValues },
  ): Promise<void> {
    const { terms } = await this.house.settings(tx);
    await this.loans.handOver(tx, principal, {
      ...{ loanId, termsVersion: terms.version, relieves: values['keep.relieves'] ?? [] },
      ...(device.repairId && { repairId: device.repairId }),
      ...(values['keep.conditionOut'] && { conditionOut: values['keep.conditionOut'] }),
      photoIds: values['keep.photoIds'] ?? [],
      accessories: (values['keep.checks'] ?? []).flatMap((check) => LoanerAccessory.safeParse(check).data ?? []),
      ...signed(values),
    });
  }

  private async told(
    tx: EntityManager,
    outcome: string,
    loanId: string | null,
    values: IntakeValues,
  ): Promise<ReceiptData['loan']> {
    const rows: { model: string; dueAt: string | null }[] = await tx.query(
      `select m.brand || ' ' || m.name as model, iso(l.due_at) as "dueAt" from loan l join loaner o on o.id = l.loaner_id join loaner_model m on m.id = o.model_id
       where l.id = $1`,
      [loanId],
    );
    const { terms } = await this.house.settings(tx);
    return {
      ...{ outcome, model: rows[0]?.model ?? '', dueAt: rows[0]?.dueAt ?? null },
      condition: (loanId && values['keep.conditionOut']) || null,
      terms: loanId ? terms : null,
    };
  }
}

/** With the signature, or the reason why there is none. */
export const signed = (values: IntakeValues): { signatureId?: string; unsignedBecause?: string } => {
  const signatureId = values['sign.signatureId'];
  return signatureId ? { signatureId } : { unsignedBecause: values.waivers?.signature ?? '' };
};

const OTHERWISE = { es: 'En la tienda se decidió otra cosa', en: 'Decided otherwise at the store' } as const;
const because = (values: IntakeValues, { language }: Principal): string => values['keep.reason'] || OTHERWISE[language];

const orderOf = (
  intake: IntakeRecord,
  { caseId, device, values }: { caseId: string; device: DeviceDone; values: IntakeValues },
): Parameters<LoanDecisions['decide']>[2] => ({
  ...{ caseId, storeId: intake.store.id, outcome: values['keep.outcome'] ?? 'declined' },
  ...(device.deviceId && { deviceId: device.deviceId }),
  ...(device.repairId && { repairId: device.repairId }),
  ...(values['keep.loanerId'] && { loanerId: values['keep.loanerId'] }),
  ...(values['keep.rule'] && { rule: values['keep.rule'] }),
  ...(values['keep.reason'] && { reason: values['keep.reason'] }),
});

/** What a case has or is kept for it; there is one at most. */
async function liveLoanOf(tx: EntityManager, caseId: string): Promise<LiveLoan | undefined> {
  const rows: LiveLoan[] = await tx.query(
    `select id, loaner_id as "loanerId", state from loan where case_id = $1 and state in ('reserved', 'active') order by state limit 1 for update`,
    [caseId],
  );
  return rows[0];
}
