import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LedgerName, LedgerPage, LedgerQuery } from '#contracts';
import { Compensations } from '#goodwill';
import { GoodwillLedgerView } from '#views';
import { countedUp } from './counted-up.js';

/** The two ledgers as people and files read them: of what still runs, what it comes to by now. */
@Injectable()
export class LedgerPages {
  constructor(
    private readonly database: DataSource,
    private readonly ledgers: GoodwillLedgerView,
    private readonly legal: Compensations,
  ) {}

  async of(ledger: LedgerName, query: LedgerQuery): Promise<LedgerPage> {
    const { manager } = this.database;
    const { items, nextCursor } = await this.ledgers.page(manager, ledger, query);
    return { items: ledger === 'legal' ? await countedUp(this.legal, manager, items) : items, nextCursor };
  }

  messages(query: Parameters<GoodwillLedgerView['messages']>[1]): ReturnType<GoodwillLedgerView['messages']> {
    return this.ledgers.messages(this.database.manager, query);
  }
}
