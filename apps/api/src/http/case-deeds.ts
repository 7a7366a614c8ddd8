import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { allows } from '#contracts';
import { ProofService } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { CaseDetailView, type Reader } from '#views';
import { canonical, readerOf } from './reader.js';

/** Deeds on a case that are answered with the case as it stands then. */
@Injectable()
export class CaseDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly details: CaseDetailView,
    private readonly idempotency: IdempotencyService,
    private readonly proofs: ProofService,
    private readonly wake: Wake,
  ) {}

  /** Of stories: told whole only of whom has proven so much. */
  readerOf(me: Principal, tx = this.database.manager): Reader {
    const readsWhole = async (caseId: string) =>
      allows((await this.proofs.levelOf(tx, caseId)).level, 'identifier.show');
    return { ...readerOf(me), readsWhole };
  }

  /**
   * The case as it stands now, with the newest entries of its timeline where a limit is stated.
   * @throws DomainError case.not_found
   */
  show(me: Principal, idOrReference: string, timeline?: number): Promise<string> {
    const [{ manager }, reader, id] = [this.database, this.readerOf(me), canonical(idOrReference)];
    return timeline === undefined
      ? this.details.find(manager, reader, id)
      : this.details.findWithTimeline(manager, reader, id, timeline);
  }

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
      return this.details.find(tx, this.readerOf(me, tx), caseId);
    });
    this.wake.ring('relay');
    return answer;
  }
}
