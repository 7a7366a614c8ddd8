import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { may, type CaseBenefits, type Compensation } from '#contracts';
import { Compensations, GoodwillStanding } from '#goodwill';
import type { Principal } from '#identity';
import { DomainError, Wake, withRetry } from '#platform';
import { BenefitView } from '#views';
import { countedUp } from './counted-up.js';
import { readerOf } from './reader.js';

/** What the panel of goodwill shows, and deeds that are answered with what became of them. */
@Injectable()
export class BenefitPanels {
  constructor(
    private readonly database: DataSource,
    private readonly view: BenefitView,
    private readonly standing: GoodwillStanding,
    private readonly legal: Compensations,
    private readonly wake: Wake,
  ) {}

  /** @throws DomainError case.not_found */
  of(me: Principal, idOrReference: string): Promise<CaseBenefits> {
    return this.database.transaction('REPEATABLE READ', async (tx) => {
      const { caseId, customerId, isOpen, tier, items, fees } = await this.view.ofCase(tx, readerOf(me), idOrReference);
      const standing = await this.standing.of(tx, me.role, { caseId, customerId, tier });
      return { items, tier, fees, ...standing, canGive: isOpen && may(me.role, 'goodwill.give') };
    });
  }

  /** What the law says is owed on a case, of what still runs up to now. @throws DomainError case.not_found */
  async compensations(tx: EntityManager, me: Principal, idOrReference: string): Promise<Compensation[]> {
    return countedUp(this.legal, tx, await this.view.compensations(tx, readerOf(me), idOrReference));
  }

  /** @throws DomainError compensation.not_found */
  async compensation(tx: EntityManager, me: Principal, caseId: string, id: string): Promise<Compensation> {
    const found = (await this.compensations(tx, me, caseId)).find((one) => one.id === id);
    if (!found) throw new DomainError('compensation.not_found');
    return found;
  }

  /** In one transaction; then whoever hands on what happened is woken. */
  async run<T>(deed: (tx: EntityManager) => Promise<T>): Promise<T> {
    const answer = await withRetry(this.database, deed);
    this.wake.ring('relay');
    this.wake.ring('benefits');
    return answer;
  }
}
