import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { JobData } from '#contracts';
import { record, SYSTEM } from '#cases';
import { CLOCK, Wake, withRetry, type Clock, type JobHandler } from '#platform';
import { LoanerHouse } from '../house/loaner-settings.service.js';
import { dueOf, localDate } from './due.rules.js';
import { holdLoan, namesOf, type LoanRecord } from './loan.store.js';
import { LoanStory } from './loan-story.js';
import { Loans } from './loans.service.js';
import { repairOf } from './repair-facts.js';

/** Due is when the repair is back and a little: as that moves, so does this. Whoever tells the customer of their repair tells them of it (`LoanRider`). */
@Injectable()
export class LoanFollow {
  constructor(
    private readonly loans: Loans,
    private readonly house: LoanerHouse,
    private readonly story: LoanStory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Brings a loan to where its repair is. What it says already changes nothing, however often it is told.
   * @returns whether anything was written
   */
  async follow(tx: EntityManager, loanId: string): Promise<boolean> {
    const loan = await holdLoan(tx, loanId);
    if (loan?.state !== 'active' || !loan.repairId || !loan.startedAt || !loan.dueAt) return false;
    const facts = await repairOf(tx, loan.caseId, loan.repairId);
    const backAt = facts.backAt && (loan.repairBackAt ?? facts.backAt);
    if (sameTime(facts.promisedAt, loan.promisedAt) && sameTime(backAt, loan.repairBackAt)) return false;
    const moved: LoanRecord = { ...loan, promisedAt: facts.promisedAt, repairBackAt: backAt };
    const settings = await this.house.settings(tx);
    const due = dueOf({ ...moved, startedAt: loan.startedAt }, { ...settings, timeZone: loan.timeZone });
    await this.loans.setDue(tx, moved, due);
    if (!sameTime(due, loan.dueAt)) await this.tell(tx, moved, loan.dueAt, due);
    return true;
  }

  private async tell(tx: EntityManager, loan: LoanRecord, from: Date, due: Date): Promise<void> {
    const { name, timeZone, caseId } = loan;
    await this.story.tell(tx, SYSTEM, loan, { says: 'lent', name, until: localDate(due, timeZone) });
    await record(tx, caseId, SYSTEM, 'loan.follow', this.clock.now(), [
      {
        type: 'loan.due_moved',
        data: {
          ...namesOf(loan),
          ...{ from: from.toISOString(), to: due.toISOString(), because: 'repair', reason: null },
        },
      },
    ]);
  }
}

const sameTime = (a: Date | null, b: Date | null): boolean => (a?.getTime() ?? null) === (b?.getTime() ?? null);

/** Something was promised of a repair, or it moved, or its case became another: loans that bridge it follow. */
@Injectable()
export class LoanFollowJob implements JobHandler<'loan.follow'> {
  readonly job = 'loan.follow';

  constructor(
    private readonly database: DataSource,
    private readonly followers: LoanFollow,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'loan.follow'>): Promise<void> {
    const repairs = events.map(({ data }) => data['repairId']).filter((id) => typeof id === 'string');
    const merged = events.filter(({ data }) => data['mergeId'] !== undefined).map(({ caseId }) => caseId);
    const loans: { id: string }[] = await this.database.query(
      `select id from loan where repair_order_id = any($1) and state = 'active'
       union select id from loan where case_id = any($2) and repair_order_id is not null and state = 'active' order by id`,
      [[...new Set(repairs)], [...new Set(merged)]],
    );
    let changed = false;
    for (const { id } of loans)
      changed = (await withRetry(this.database, (tx) => this.followers.follow(tx, id))) || changed;
    if (changed) this.wake.ring('relay');
  }
}
