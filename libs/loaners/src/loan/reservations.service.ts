import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { actorOf, expectCaseAt, record, type CaseRecord } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { LoanerHouse } from '../house/loaner-settings.service.js';
import { lockFree, lockLoaner, moveLoaner, type LoanerRecord } from '../pool/loaner.store.js';
import { keepLook, localDate } from './due.rules.js';
import { demandMove, endLoan, lockLoan, namesOf, periodFrom } from './loan.store.js';
import { LoanStory } from './loan-story.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export interface ReservationOrder {
  storeId: string;
  /** This one, or any of a model. */
  loanerId?: string | undefined;
  modelId?: string | undefined;
  repairId?: string | undefined;
  keepHours?: number | undefined;
}

/** A phone is kept at a store for somebody who comes for it. */
@Injectable()
export class Reservations {
  constructor(
    private readonly house: LoanerHouse,
    private readonly story: LoanStory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param found the case, locked
   * @returns the loan
   * @throws DomainError loan.case_has_one, loaner.not_found, loaner.none_available, loaner.not_available, loan.wrong_store
   */
  async make(tx: EntityManager, principal: Principal, found: CaseRecord, order: ReservationOrder): Promise<string> {
    const live: unknown[] = await tx.query('select from loan where case_id = $1 and slot is not null', [found.id]);
    if (live.length > 0) throw new DomainError('loan.case_has_one');
    const loaner = await this.take(tx, order);
    const { keepHours, warnMinutes } = await this.house.settings(tx);
    const now = this.clock.now();
    const keepUntil = new Date(now.getTime() + (order.keepHours ?? keepHours) * HOUR_MS);
    const loan = { id: newId(), loanerId: loaner.id, name: loaner.name, caseId: found.id, factId: null };
    await this.write(tx, loan, {
      storeId: loaner.storeId,
      repairId: order.repairId ?? null,
      now,
      keepUntil,
      warnMinutes,
    });
    await moveLoaner(tx, loaner, 'reserved', { by: byOf(principal), at: now, loanId: loan.id });
    await expectCaseAt(tx, found.id, loaner.storeId, new Date(keepUntil.getTime() + DAY_MS));
    await this.story.tell(tx, actorOf(principal), loan, {
      ...{ says: 'reserved', name: loaner.name, store: loaner.storeName },
      until: localDate(keepUntil, await zoneOf(tx, loaner.storeId)),
    });
    const { storeId, storeName } = loaner;
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.reserved', data: { ...namesOf(loan), storeId, storeName, keepUntil: keepUntil.toISOString() } },
    ]);
    return loan.id;
  }

  /** It is kept for them no longer. @throws DomainError loan.not_found, loan.transition_forbidden, permission.denied */
  async cancel(tx: EntityManager, principal: Principal, loanId: string, reason: string): Promise<string> {
    demand(principal, 'loaner.lend');
    const { found, loan, loaner } = await lockLoan(tx, principal, loanId);
    demandMove(loan, 'cancelled');
    const now = this.clock.now();
    await endLoan(tx, loan.id, 'cancelled', now);
    await moveLoaner(tx, loaner, 'available', { by: byOf(principal), at: now, reason, loanId });
    await this.story.tell(tx, actorOf(principal), loan, { says: 'cancelled', name: loan.name, store: loan.storeName });
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'loan.cancelled', data: { ...namesOf(loan), reason } },
    ]);
    return found.id;
  }

  private async take(tx: EntityManager, { storeId, loanerId, modelId }: ReservationOrder): Promise<LoanerRecord> {
    if (loanerId) {
      const loaner = await lockLoaner(tx, loanerId);
      if (loaner.storeId !== storeId) throw new DomainError('loan.wrong_store', { storeId: loaner.storeId });
      if (loaner.state !== 'available') throw new DomainError('loaner.not_available', { state: loaner.state });
      return loaner;
    }
    const free = modelId ? await lockFree(tx, storeId, modelId) : null;
    if (!free) throw new DomainError('loaner.none_available', { storeId, modelId });
    return free;
  }

  private async write(
    tx: EntityManager,
    { id, loanerId, caseId }: { id: string; loanerId: string; caseId: string },
    kept: { storeId: string; repairId: string | null; now: Date; keepUntil: Date; warnMinutes: number },
  ): Promise<void> {
    const { storeId, repairId, now, keepUntil, warnMinutes } = kept;
    try {
      await tx.query(
        `insert into loan (id, loaner_id, case_id, slot, store_id, repair_order_id, state, period, reserved_at, keep_until, look_at)
         values ($1, $2, $3, $3, $4, $5, 'reserved', ${periodFrom('$6', '$2')}, $6, $7, $8)`,
        [id, loanerId, caseId, storeId, repairId, now, keepUntil, keepLook(keepUntil, warnMinutes, null).at],
      );
    } catch (error) {
      if (sqlState(error) === '23P01') throw new DomainError('loaner.not_available');
      if (sqlState(error) === '23505') throw new DomainError('loan.case_has_one');
      throw error;
    }
  }
}

export const byOf = ({ id, displayName }: Principal) => ({ id, name: displayName });

async function zoneOf(tx: EntityManager, storeId: string): Promise<string> {
  const rows: { zone: string }[] = await tx.query('select time_zone as zone from store where id = $1', [storeId]);
  return rows[0]?.zone ?? 'Europe/Madrid';
}
