import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Leg } from '#contracts';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { CustodyView } from '#views';
import { readerOf } from './reader.js';

/** Deeds on shipments that are answered with the shipment as it stands then. */
@Injectable()
export class LegDeeds {
  constructor(
    private readonly database: DataSource,
    private readonly view: CustodyView,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  /**
   * @param request with the key, what makes it the same, where it may be repeated
   * @param deed answers with the id of the shipment
   */
  async run(
    me: Principal,
    key: string | undefined,
    request: unknown[],
    deed: (tx: EntityManager) => Promise<string>,
  ): Promise<Leg> {
    const answer = await withRetry(this.database, async (tx) => {
      const legId = await this.idempotency.once(tx, me.id, key, request, () => deed(tx));
      return this.view.leg(tx, readerOf(me), legId);
    });
    this.wake.ring('relay');
    return answer;
  }
}
