import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { BenefitSystem } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';

/** What is told to whom. */
const SYSTEMS = {
  'fee_discount.stopped': 'billing',
  'repair_contribution.granted': 'billing',
  'repair_contribution.withdrawn': 'billing',
  'compensation.owed': 'billing',
  'voucher.issued': 'voucher',
  'points.granted': 'loyalty',
} as const satisfies Record<string, BenefitSystem>;
export type MessageType = keyof typeof SYSTEMS;

/** What a message is about. */
interface Subject {
  id: string;
  caseId: string;
  customerId: string;
}

/** Who it is for, as other systems know them: the case by its reference, the customer by their numbers there. */
const WHO = `select c.reference as "caseReference", coalesce((select json_agg(json_build_object('source', a.source, 'number', a.number) order by a.source, a.number)
    from customer_account a where a.customer_id = $2), '[]') as accounts from cases c where c.id = $1`;

/** Messages to billing, voucher and loyalty systems: written with what they are about, sent afterwards, each once. */
@Injectable()
export class Outbox {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** A message about a benefit, in the transaction of what it tells. Again changes nothing. */
  tellOf(tx: EntityManager, type: MessageType, benefit: Subject, data: object): Promise<void> {
    return this.write(tx, type, benefit, 'benefit', data);
  }

  /** The same about what the law says is owed. */
  tellOfCompensation(tx: EntityManager, type: MessageType, compensation: Subject, data: object): Promise<void> {
    return this.write(tx, type, compensation, 'compensation', data);
  }

  private async write(
    tx: EntityManager,
    type: MessageType,
    { id: subjectId, caseId, customerId }: Subject,
    about: 'benefit' | 'compensation',
    data: object,
  ): Promise<void> {
    const [who]: { caseReference: string; accounts: unknown[] }[] = await tx.query(WHO, [caseId, customerId]);
    const [id, now] = [newId(), this.clock.now()];
    const body = JSON.stringify({
      ...{ id, type, timestamp: now.toISOString() },
      data: { [`${about}Id`]: subjectId, ...who, ...data },
    });
    await tx.query(
      `insert into benefit_message (id, system, type, ${about}_id, body, state, due_at, created_at)
       values ($1, $2, $3, $4, $5, 'waiting', $6, $6) on conflict do nothing`,
      [id, SYSTEMS[type], type, subjectId, body, now],
    );
  }
}
