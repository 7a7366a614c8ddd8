import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { loanSentence, type Language } from '#contracts';
import { CustomerNews, type NewsTopic } from '#cases';
import { CLOCK, type Clock } from '#platform';
import { LoanerHouse } from '../house/loaner-settings.service.js';
import { dueOf } from './due.rules.js';
import { readLoan } from './loan.store.js';
import { repairOf } from './repair-facts.js';

/** Where the customer is told of their repair they are told in the same message until when the loaner is theirs. */
@Injectable()
export class LoanRider implements OnModuleInit {
  constructor(
    private readonly news: CustomerNews,
    private readonly house: LoanerHouse,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.news.register((tx, caseId, topic) => this.sentence(tx, caseId, topic));
  }

  private async sentence(
    tx: EntityManager,
    caseId: string,
    { repairId, isBack }: NewsTopic,
  ): Promise<Record<Language, string> | null> {
    const loan = await readLoan(tx, caseId, repairId);
    if (!loan?.startedAt) return null;
    const facts = await repairOf(tx, caseId, repairId);
    // It is told as it happens; the loan follows a moment later.
    const back = loan.repairBackAt ?? facts.backAt ?? (isBack ? this.clock.now() : null);
    const { startedAt, extendedTo, timeZone, name, storeName: store } = loan;
    const settings = await this.house.settings(tx);
    const due = dueOf(
      { startedAt, repairId, promisedAt: facts.promisedAt, repairBackAt: back, extendedTo },
      { ...settings, timeZone },
    );
    return loanSentence({ name, store, timeZone }, back !== null, due);
  }
}
