import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseLoans } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { LoanView, RepairView } from '#views';
import { readerOf } from './reader.js';

/** Deeds on a loan that are answered with all that is lent on its case. */
@Injectable()
export class LoanDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly view: LoanView,
    private readonly repairs: RepairView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** @param deed answers with the id of the case */
  async run(
    me: Principal,
    key: string | undefined,
    request: unknown[],
    deed: (tx: EntityManager) => Promise<string>,
  ): Promise<CaseLoans> {
    const answer = await withRetry(this.database, async (tx) =>
      this.view.ofCase(tx, await this.idempotency.once(tx, me.id, key, request, () => deed(tx))),
    );
    this.wake.ring('relay');
    return answer;
  }
  /**
   * What a loan is said to bridge is a repair on its own case, which whoever says so may see.
   * @param caseId in the caller's hands
   * @throws DomainError repair.not_found
   */
  async demandOnCase(tx: EntityManager, me: Principal, caseId: string, repairId: string | undefined): Promise<void> {
    if (repairId === undefined) return;
    const repair = await this.repairs.one(tx, readerOf(me), repairId);
    if (repair.caseId !== caseId) throw new DomainError('repair.not_found');
  }
}
