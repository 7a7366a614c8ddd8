import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { nextNudge, type QuoteState } from '#contracts';
import { CustomerNews, record, SYSTEM } from '#cases';
import { CLOCK, CONFIG, withRetry, type Clock, type Config } from '#platform';
import { OrderMoves } from '../orders/order-moves.js';
import { lockAnyOrder, type OrderRecord } from '../orders/order-record.js';
import { hasApproved } from './quote-decisions.service.js';
import { heldQuote, type QuoteRecord } from './quote-record.js';
import { NUDGE_NEWS, newsOfQuotes } from './quote-words.js';

const PORTION = 50;

interface Due {
  id: string;
  repairId: string;
}

/**
 * Reminders before a quote runs out, and its end, whoever looks. Each is one transaction that moves its row on, so that a crash
 * repeats a step or has done it.
 */
@Injectable()
export class QuoteRounds {
  constructor(
    private readonly database: DataSource,
    private readonly moves: OrderMoves,
    private readonly news: CustomerNews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One portion of each. @returns true when there may be more */
  async run(): Promise<boolean> {
    const now = this.clock.now();
    const over = await this.due(`state = 'offered' and valid_until <= $1 order by valid_until`, now);
    for (const due of over) await this.step(due, (tx, order, quote) => this.expire(tx, order, quote));
    const nudges = await this.due('next_nudge_at <= $1 order by next_nudge_at', now);
    for (const due of nudges) await this.step(due, (tx, order, quote) => this.nudge(tx, order, quote));
    return over.length === PORTION || nudges.length === PORTION;
  }

  private due(condition: string, now: Date): Promise<Due[]> {
    return this.database.query(
      `select id, repair_order_id as "repairId" from quote where ${condition} limit ${PORTION}`,
      [now],
    );
  }

  private async step(
    { id, repairId }: Due,
    work: (tx: EntityManager, order: OrderRecord, quote: QuoteRecord) => Promise<void>,
  ): Promise<void> {
    await withRetry(this.database, async (tx) => {
      const order = await lockAnyOrder(tx, repairId);
      if (!order) return;
      const quote = await heldQuote(tx, id);
      // Another process may have been faster, or the customer.
      if (quote.state === ('offered' satisfies QuoteState)) await work(tx, order, quote);
    });
  }

  private async expire(tx: EntityManager, order: OrderRecord, quote: QuoteRecord): Promise<void> {
    const now = this.clock.now();
    if (!quote.validUntil || quote.validUntil > now) return;
    await tx.query(`update quote set state = 'expired', next_nudge_at = null where id = $1`, [quote.id]);
    const to = (await hasApproved(tx, order.id)) ? 'approved' : 'diagnosed';
    const moved = order.stage === 'quoted' ? await this.moves.move(tx, order, { to, by: 'quote', actor: SYSTEM }) : [];
    const { id: quoteId, repairId, version } = quote;
    await record(tx, order.caseId, SYSTEM, 'quotes', now, [
      { type: 'quote.expired', data: { quoteId, repairId, version } },
      ...moved,
    ]);
    await this.news.settle(tx, newsOfQuotes(order.id), 'over');
  }

  private async nudge(tx: EntityManager, order: OrderRecord, quote: QuoteRecord): Promise<void> {
    const now = this.clock.now();
    const { id: quoteId, repairId, version, validUntil, nudges } = quote;
    const next = validUntil ? nextNudge(validUntil, now) : null;
    const [claimed]: [unknown[], number] = await tx.query(
      `update quote set nudges = nudges + 1, next_nudge_at = $2 where id = $1 and next_nudge_at <= $3 returning id`,
      [quoteId, next, now],
    );
    if (claimed.length === 0 || !validUntil || validUntil <= now) return;
    await record(tx, order.caseId, SYSTEM, 'quotes', now, [
      { type: 'quote.nudged', data: { quoteId, repairId, version, nudge: nudges + 1 } },
    ]);
    await this.news.tell(tx, {
      cause: `quote:${quoteId}:nudge:${nudges + 1}`,
      subject: newsOfQuotes(order.id),
      caseId: order.caseId,
      withLink: true,
      text: NUDGE_NEWS(order.deviceName, quote, this.config.timeZone),
    });
  }
}
