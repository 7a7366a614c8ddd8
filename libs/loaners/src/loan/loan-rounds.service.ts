import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { LoanRung } from '#contracts';
import { CLOCK, Wake, withRetry, type Clock } from '#platform';
import { hoursOf, LoanerHouse } from '../house/loaner-settings.service.js';
import { keepLook, nextRung } from './due.rules.js';
import { holdLoan, type LoanRecord } from './loan.store.js';
import { LoanSteps } from './loan-steps.js';

const PORTION = 50;

/**
 * What has a time: nobody came for what is kept for them, and what should be back is not. Each step is one transaction that moves its
 * row on, so a crash repeats a step or has done it, and two processes do it once.
 */
@Injectable()
export class LoanRounds {
  constructor(
    private readonly database: DataSource,
    private readonly house: LoanerHouse,
    private readonly steps: LoanSteps,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns true when there may be more */
  async run(): Promise<boolean> {
    const due: { id: string }[] = await this.database.query(
      `select id from loan where look_at <= $1 order by look_at, id limit ${PORTION}`,
      [this.clock.now()],
    );
    let done = 0;
    for (const { id } of due) if (await withRetry(this.database, (tx) => this.look(tx, id))) done += 1;
    if (done > 0) this.wake.ring('relay');
    return done === PORTION;
  }

  /** @returns whether anything was done: another process may have been faster */
  private async look(tx: EntityManager, id: string): Promise<boolean> {
    const loan = await holdLoan(tx, id);
    const now = this.clock.now();
    const [row]: { due: boolean }[] = await tx.query('select look_at <= $2 as due from loan where id = $1', [id, now]);
    if (!loan || !row?.due) return false;
    const settings = await this.house.settings(tx);
    if (loan.state === 'reserved' && loan.keepUntil) {
      const { do: step } = keepLook(loan.keepUntil, settings.warnMinutes, loan.warnedAt);
      if (step === 'release') return this.steps.release(tx, loan, loan.keepUntil);
      const next = keepLook(loan.keepUntil, settings.warnMinutes, now).at;
      return this.steps.warn(tx, loan, loan.keepUntil, next);
    }
    const taken = await takenOf(tx, loan);
    const hours = hoursOf(settings);
    const next = nextRung(loan, hours, taken);
    if (!next || next.at > now) return this.steps.lookAt(tx, loan.id, next?.at ?? null);
    const after = nextRung(loan, hours, { rungs: [...taken.rungs, next.rung], lastAt: now });
    return this.steps.climb(tx, loan, next.rung, after?.at ?? null);
  }
}

async function takenOf(tx: EntityManager, loan: LoanRecord): Promise<{ rungs: LoanRung[]; lastAt: Date | null }> {
  const rows: { rung: LoanRung; at: Date }[] = await tx.query(
    'select rung, at from loan_rung where loan_id = $1 and due_at = $2 order by at',
    [loan.id, loan.dueAt],
  );
  return { rungs: rows.map(({ rung }) => rung), lastAt: rows.at(-1)?.at ?? null };
}
