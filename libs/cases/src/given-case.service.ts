import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Arrival } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { IntakeService } from './intake.service.js';

/** Work that another company gives us. */
export interface GivenWork {
  /** Of theirs: the same work comes in once. */
  externalId: string;
  /** Whose device it is, as far as we were told. */
  customerName: string;
  /** Who gave it. */
  fromName: string;
  text: string;
}

/**
 * Opens a case for a customer of another company. What that company says of them proves nothing here: nobody we know is taken for
 * them, and a person may say later that they are one.
 */
@Injectable()
export class GivenCases {
  constructor(
    private readonly intake: IntakeService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async open(tx: EntityManager, { externalId, customerName, fromName, text }: GivenWork): Promise<Arrival> {
    const [customerId, now] = [newId(), this.clock.now()];
    await tx.query('insert into customer (id, display_name, provisional, created_at) values ($1, $2, true, $3)', [
      ...[customerId, customerName, now],
    ]);
    const [arrival] = await this.intake.receive(tx, [
      {
        channel: 'other',
        externalId,
        contact: null,
        displayName: fromName,
        text,
        occurredAt: now.toISOString(),
        customerId,
        matchedBy: 'new_customer',
        authorName: fromName,
        opensThread: false,
      },
    ]);
    if (!arrival) throw new Error('intake returned nothing for an arrival');
    return arrival;
  }
}
