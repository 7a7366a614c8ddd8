import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CaseHandoff } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { HandoffView } from '#views';
import { readerOf } from './reader.js';

/** Deeds on handoffs, answered with the handoff and all that was said as it stands then. */
@Injectable()
export class HandoffDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly view: HandoffView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /** @param deed answers with the id of the handoff */
  async run(
    me: Principal,
    once: { key: string | undefined; request: unknown[] },
    deed: (tx: EntityManager) => Promise<string>,
  ): Promise<CaseHandoff> {
    const answer = await withRetry(this.database, async (tx) => {
      const id = await this.idempotency.once(tx, me.id, once.key, once.request, () => deed(tx));
      return this.view.one(tx, readerOf(me), id);
    });
    this.wake.ring('relay');
    this.wake.ring('handoffs');
    return answer;
  }
}
