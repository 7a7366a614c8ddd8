import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { keepEndsLetter, overdueLetter, type Language, type LoanLetter } from '#contracts';
import { CustomerNews } from '#cases';
import type { LoanRecord } from './loan.store.js';

type Letter = (letter: LoanLetter) => Record<Language, string>;

/** What customers are told of what is kept for them or lent to them, each thing once. */
@Injectable()
export class LoanNews {
  constructor(private readonly news: CustomerNews) {}

  /** @returns whether there was a way */
  keepEnds(tx: EntityManager, loan: LoanRecord, until: Date): Promise<boolean> {
    return this.tell(tx, loan, `loan:${loan.id}:kept:${until.toISOString()}`, (letter) =>
      keepEndsLetter(letter, until),
    );
  }

  overdue(tx: EntityManager, loan: LoanRecord, due: Date): Promise<boolean> {
    return this.tell(tx, loan, `loan:${loan.id}:overdue:${due.toISOString()}`, (letter) => overdueLetter(letter, due));
  }

  private async tell(tx: EntityManager, loan: LoanRecord, cause: string, write: Letter): Promise<boolean> {
    const { name, storeName: store, timeZone, caseId } = loan;
    const say =
      (language: Language) =>
      ({ name: customer, reference }: { name: string; reference: string }) =>
        write({ customer, name, store, reference, timeZone })[language];
    const told = await this.news.tell(tx, { cause, caseId, text: { es: say('es'), en: say('en') } });
    return told !== null;
  }
}
