import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { CaseDetailView } from '#views';
import { readerOf } from './reader.js';

/** Deeds on a case that are answered with the case as it stands then. */
@Injectable()
export class CaseDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly details: CaseDetailView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /**
   * @param once the key of the request and what makes it the same, where it may be repeated
   * @param deed answers with the id of the case
   * @returns a CaseDetail (contracts) as JSON text
   */
  async run(
    me: Principal,
    once: { key: string | undefined; request: unknown[] } | null,
    deed: (tx: EntityManager) => Promise<string>,
  ): Promise<string> {
    const answer = await withRetry(this.database, async (tx) => {
      const caseId = await this.idempotency.once(tx, me.id, once?.key, once?.request, () => deed(tx));
      return this.details.find(tx, readerOf(me), caseId);
    });
    this.wake.ring('relay');
    return answer;
  }
}
