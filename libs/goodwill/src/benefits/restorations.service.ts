import { Injectable, Inject } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { lockLivingCase, record, SYSTEM } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { Accruals } from '../accrual/accrual.service.js';
import { Compensations } from '../compensation/compensation.service.js';
import { moveBenefit, RECORD, said, type BenefitRecord } from './benefit.store.js';
import { restoredAt, wasRestoredBy } from './impairment.js';

const PORTION = 50;

/** What ends when everything works again, and what ends with its time. */
@Injectable()
export class Restorations {
  constructor(
    private readonly accruals: Accruals,
    private readonly compensations: Compensations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Something works again, or the case is over. What runs until all works again stops at that very moment, also when something broke
   * once more before anybody looked. Again changes nothing.
   * @param event the one that tells so; without it, how things stand now
   */
  async settle(tx: EntityManager, caseId: string, event?: { seq: string; at: Date }): Promise<void> {
    const living = await lockLivingCase(tx, caseId);
    if (living === null) return;
    const wasThen = event !== undefined && (await wasRestoredBy(tx, caseId, event.seq));
    const at = wasThen && living === caseId ? event.at : await restoredAt(tx, living, this.clock.now());
    if (at === null) return this.countedOut(tx, living);
    const running: BenefitRecord[] = await tx.query(
      `select ${RECORD} from benefit b where b.case_id = $1 and b.kind = 'fee_discount' and b.state = 'active' order by b.id for update`,
      [living],
    );
    for (const benefit of running) await this.accruals.stop(tx, benefit, at, SYSTEM, null);
    await this.compensations.settle(tx, living, at);
  }

  /** Discounts whose last day is over end with it, whatever is still lacking. */
  private async countedOut(tx: EntityManager, caseId: string): Promise<void> {
    const over: BenefitRecord[] = await tx.query(
      `select ${RECORD} from benefit b where b.case_id = $1 and b.kind = 'fee_discount' and b.state = 'active' and b.to_day is not null
         and b.to_day <= ($2::timestamptz at time zone b.time_zone)::date order by b.id for update`,
      [caseId, this.clock.now()],
    );
    for (const benefit of over) await this.accruals.stop(tx, benefit, this.clock.now(), SYSTEM, null);
  }

  /** Vouchers that have run out. @returns whether there may be more */
  async expireSome(tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const due: BenefitRecord[] = await tx.query(
      `select ${RECORD} from benefit b join cases c on c.id = b.case_id where b.state = 'issued' and b.expires_at <= $1
       order by b.expires_at, b.id limit ${PORTION} for update of c, b skip locked`,
      [now],
    );
    for (const benefit of due) {
      await moveBenefit(tx, benefit, 'ended', now);
      await record(tx, benefit.caseId, SYSTEM, 'goodwill', now, [
        { type: 'benefit.ended', data: { ...said(benefit), reason: null } },
      ]);
    }
    return due.length === PORTION;
  }
}
