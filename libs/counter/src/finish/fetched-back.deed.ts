import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LoanerAccessory, type IntakeValues } from '#contracts';
import { ImpactService } from '#cases';
import type { Principal } from '#identity';
import { Loans } from '#loaners';
import { DomainError } from '#platform';
import { RepairOrders } from '#repairs';
import type { IntakeRecord } from '../intake/intake.store.js';
import { ConfirmedDeed } from './confirmed.deed.js';
import type { Done } from './done.js';
import { signed } from './loan.deed.js';
import { VisitDeed } from './visit.deed.js';

/** A phone is fetched: tried out together, handed back, and the loaner returned. */
@Injectable()
export class FetchedBack {
  constructor(
    private readonly visits: VisitDeed,
    private readonly orders: RepairOrders,
    private readonly loans: Loans,
    private readonly impacts: ImpactService,
    private readonly confirmed: ConfirmedDeed,
  ) {}

  async run(tx: EntityManager, principal: Principal, intake: IntakeRecord, values: IntakeValues): Promise<Done> {
    const visit = await this.visits.write(tx, principal, intake, values);
    const { caseId, caseReference, customerId } = visit;
    const repairId = values['back.repairId'] ?? null;
    const loanId = values['back.loanId'] ?? null;
    if (repairId) await demandTheirs(tx, 'repair_order', repairId, customerId);
    if (loanId) await demandTheirs(tx, 'loan', loanId, customerId);
    // Theirs first: what works again is restored before the loaner that relieved it is gone.
    if (repairId) await this.handBack(tx, principal, repairId, values);
    if (loanId) await this.takeBack(tx, principal, loanId, values);
    await this.lackAgain(tx, principal, caseId, values);
    await this.visits.settle(tx, principal, caseId, values);
    return {
      outcome: {
        ...{ visitId: visit.id, caseId, caseReference, customerId, repairId, loanId },
        ...{ deviceId: null, warrantyDecisionId: null, loanDecisionId: null, handoffId: null, legId: null },
      },
      ...{ loan: null, taker: null },
    };
  }

  /** After all of it is written: a case nothing is left of is over. @returns whether it is */
  async conclude(tx: EntityManager, principal: Principal, caseId: string, values: IntakeValues): Promise<boolean> {
    return values['back.confirmed'] === true && (await this.confirmed.close(tx, principal, caseId));
  }

  private async handBack(
    tx: EntityManager,
    principal: Principal,
    repairId: string,
    values: IntakeValues,
  ): Promise<void> {
    await this.orders.handBack(tx, principal, {
      ...{ repairId, works: values['back.works'] ?? {}, dataBack: values['back.dataBack'] ?? 'not_needed' },
      ...{ note: values['back.note'] ?? '', photoIds: values['back.photoIds'] ?? [], waivers: values.waivers ?? {} },
      signatureId: values['sign.signatureId'] ?? null,
    });
  }

  /** What was tried and does not work is lacking again: the loaner that stood in for it is gone. */
  private async lackAgain(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    values: IntakeValues,
  ): Promise<void> {
    const works = values['back.works'] ?? {};
    const broken = Object.keys(works).filter((kind) => works[kind as keyof typeof works] === false);
    const rows: { id: string }[] = await tx.query(
      `select id from impact where case_id = $1 and kind = any($2) and state = 'relieved' order by id`,
      [caseId, broken],
    );
    for (const { id } of rows) await this.impacts.move(tx, principal, caseId, id, 'confirmed');
  }

  private async takeBack(tx: EntityManager, principal: Principal, loanId: string, values: IntakeValues): Promise<void> {
    await this.loans.takeBack(tx, principal, {
      loanId,
      ...(values['back.conditionIn'] && { conditionIn: values['back.conditionIn'] }),
      accessories: (values['back.loanerChecks'] ?? []).flatMap((check) => LoanerAccessory.safeParse(check).data ?? []),
      photoIds: values['back.photoIds'] ?? [],
      ...signed(values),
    });
  }
}

/**
 * Chosen before somebody else was recognised, it is another's: nobody is given that.
 * @throws DomainError repair.not_found, loan.not_found
 */
async function demandTheirs(
  tx: EntityManager,
  table: 'repair_order' | 'loan',
  id: string,
  customerId: string,
): Promise<void> {
  const rows: unknown[] = await tx.query(
    `select from ${table} t join cases c on c.id = t.case_id where t.id = $1 and c.customer_id = $2`,
    [id, customerId],
  );
  if (rows.length === 0) throw new DomainError(table === 'loan' ? 'loan.not_found' : 'repair.not_found');
}
