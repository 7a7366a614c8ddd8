import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BenefitState, IntakeValues } from '#contracts';
import { BenefitDecisions, Benefits } from '#goodwill';
import type { Principal } from '#identity';
import type { ReceiptData } from '../receipt/receipt.data.js';

const STANDS: ReadonlySet<BenefitState> = new Set(['approved', 'active', 'issued', 'stopped']);

/** What they get for their trouble: proposals that are taken up at the counter, and what stands already. */
@Injectable()
export class GiftDeed {
  constructor(
    private readonly benefits: Benefits,
    private readonly decisions: BenefitDecisions,
  ) {}

  /**
   * What somebody else took up or refused meanwhile is not decided again; what is above the limit waits for somebody with more say.
   * @returns what the receipt says of it
   * @throws DomainError as `BenefitDecisions.approve`
   */
  async run(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    values: IntakeValues,
  ): Promise<ReceiptData['benefits']> {
    const wanted = new Map((values['give.benefits'] ?? []).map((taken) => [taken.id, taken]));
    for (const { id, state, needsApproval } of await this.benefits.offered(tx, caseId)) {
      const taken = wanted.get(id);
      if (!taken || state !== 'proposed' || needsApproval) continue;
      const { monthlyFeeCents, currency } = taken;
      await this.decisions.approve(tx, principal, id, {
        ...(monthlyFeeCents && { monthlyFeeCents }),
        ...(currency && { currency }),
      });
    }
    return (await this.benefits.offered(tx, caseId))
      .filter(({ state, needsApproval }) => STANDS.has(state) || needsApproval)
      .map(({ kind, values: said, needsApproval }) => ({ kind, values: said, waits: needsApproval }));
  }
}
