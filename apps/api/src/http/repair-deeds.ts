import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseRepairs, RepairOrder } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { RepairView } from '#views';
import { readerOf } from './reader.js';

/** The key of a request and what makes it the same, where it may be repeated. */
type Once = { key: string | undefined; request: unknown[] } | null;

/** Deeds on repair orders that are answered with the order as it stands then. */
@Injectable()
export class RepairDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly view: RepairView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** @throws DomainError repair.not_found */
  show(me: Principal, repairId: string): Promise<RepairOrder> {
    return this.view.one(this.database.manager, readerOf(me), repairId);
  }

  /** @param deed answers with the id of the order */
  async run(me: Principal, once: Once, deed: (tx: EntityManager) => Promise<string>): Promise<RepairOrder> {
    const answer = await withRetry(this.database, async (tx) => {
      const repairId = await this.idempotency.once(tx, me.id, once?.key, once?.request, () => deed(tx));
      return this.view.one(tx, readerOf(me), repairId);
    });
    this.wake.ring('relay');
    return answer;
  }

  /** A deed on an order that is known. */
  on(me: Principal, repairId: string, deed: (tx: EntityManager) => Promise<void>): Promise<RepairOrder> {
    return this.run(me, null, async (tx) => {
      await deed(tx);
      return repairId;
    });
  }

  /** @param deed answers with the id of its case, whose repairs are told */
  async onCase(me: Principal, once: Once, deed: (tx: EntityManager) => Promise<string>): Promise<CaseRepairs> {
    const answer = await withRetry(this.database, async (tx) => {
      const caseId = await this.idempotency.once(tx, me.id, once?.key, once?.request, () => deed(tx));
      return this.view.ofCase(tx, readerOf(me), caseId);
    });
    this.wake.ring('relay');
    return answer;
  }
}
