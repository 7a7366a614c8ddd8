import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LoanRung } from '#contracts';
import { NextActions, record, SYSTEM, type NewEvent } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { lockLoaner, moveLoaner } from '../pool/loaner.store.js';
import { endLoan, namesOf, type LoanRecord } from './loan.store.js';
import { LoanNews } from './loan-news.js';
import { LoanStory } from './loan-story.js';

/** The steps themselves; the case and the loan are in the caller's hands. */
@Injectable()
export class LoanSteps {
  constructor(
    private readonly news: LoanNews,
    private readonly story: LoanStory,
    private readonly plans: NextActions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async warn(tx: EntityManager, loan: LoanRecord, keepUntil: Date, next: Date): Promise<boolean> {
    const told = await this.news.keepEnds(tx, loan, next > keepUntil ? next : keepUntil);
    const now = this.clock.now();
    await tx.query('update loan set warned_at = $2, release_at = $3, look_at = $3 where id = $1', [loan.id, now, next]);
    await record(tx, loan.caseId, SYSTEM, 'loans', now, [
      { type: 'loan.warned', data: { ...namesOf(loan), keepUntil: next.toISOString(), told } },
    ]);
    return true;
  }

  async release(tx: EntityManager, loan: LoanRecord, keepUntil: Date): Promise<boolean> {
    const now = this.clock.now();
    const { name, storeName: store } = loan;
    await endLoan(tx, loan.id, 'released', now);
    await moveLoaner(tx, await lockLoaner(tx, loan.loanerId), 'available', { by: SYSTEM, at: now, loanId: loan.id });
    await this.story.tell(tx, SYSTEM, loan, { says: 'released', name, store });
    await record(tx, loan.caseId, SYSTEM, 'loans', now, [
      { type: 'loan.released', data: { ...namesOf(loan), keepUntil: keepUntil.toISOString() } },
    ]);
    return true;
  }

  /** A friendly word, then somebody calls, then a supervisor knows; each once for the day it was due. */
  async climb(tx: EntityManager, loan: LoanRecord, rung: LoanRung, nextAt: Date | null): Promise<boolean> {
    const now = this.clock.now();
    const dueAt = loan.dueAt ?? now;
    const fresh: unknown[] = await tx.query(
      'insert into loan_rung (loan_id, due_at, rung, at) values ($1, $2, $3, $4) on conflict do nothing returning 1',
      [loan.id, dueAt, rung, now],
    );
    await this.lookAt(tx, loan.id, nextAt);
    if (fresh.length === 0) return false;
    const told = rung === 'reminder' && (await this.news.overdue(tx, loan, dueAt));
    const supervisorIds = rung === 'supervisor' ? await supervisorsOf(tx) : [];
    await record(tx, loan.caseId, SYSTEM, 'loans', now, [
      { type: 'loan.overdue', data: { ...namesOf(loan), dueAt: dueAt.toISOString(), rung, told, supervisorIds } },
      ...(rung === 'call' ? await this.call(tx, loan.caseId) : []),
    ]);
    return true;
  }

  async lookAt(tx: EntityManager, loanId: string, at: Date | null): Promise<boolean> {
    await tx.query('update loan set look_at = $2 where id = $1', [loanId, at]);
    return true;
  }

  /** Somebody calls them next, unless a person has planned something else. */
  private async call(tx: EntityManager, caseId: string): Promise<NewEvent[]> {
    const free: unknown[] = await tx.query('select from cases where id = $1 and is_open and next_action_by is null', [
      caseId,
    ]);
    if (free.length === 0) return [];
    return [await this.plans.plan(tx, SYSTEM, caseId, { code: 'call_back', dueAt: this.clock.now() })];
  }
}

async function supervisorsOf(tx: EntityManager): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select id from agent where role = 'supervisor' and active order by id`,
  );
  return rows.map(({ id }) => id);
}
