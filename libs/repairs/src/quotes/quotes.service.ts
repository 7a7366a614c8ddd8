import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  canonicalQuote,
  nextNudge,
  priced,
  quoteGaps,
  sharesExceed,
  type OfferQuoteBody,
  type QuoteBody,
} from '#contracts';
import { actorOf, CustomerNews, record, type Actor, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, type Clock, type Config } from '#platform';
import { OrderMoves } from '../orders/order-moves.js';
import { demandRunning, lockOrder, type OrderRecord } from '../orders/order-record.js';
import { heldQuote, orderOfQuote, writeQuote, type QuoteRecord } from './quote-record.js';
import { FREE_NEWS, OFFER_NEWS, newsOfQuotes } from './quote-words.js';

/** What is kept beside an offer: the text that was agreed to, and its hash. */
interface Sealed {
  canonical: string;
  hash: string;
}

/** Quotes are drafted, then offered; what was offered is never changed, a newer version takes its place. */
@Injectable()
export class Quotes {
  constructor(
    private readonly moves: OrderMoves,
    private readonly news: CustomerNews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The next version, as a draft. @throws DomainError repair.not_found, repair.over, quote.shares_exceed, quote.draft_open */
  async draft(tx: EntityManager, principal: Principal, repairId: string, body: QuoteBody): Promise<string> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    if (sharesExceed(body)) throw new DomainError('quote.shares_exceed');
    const id = newId();
    const fresh: unknown[] = await tx.query(
      `insert into quote (id, repair_order_id, version, state, currency, made_by, made_at)
       select $1, $2, coalesce(max(q.version), 0) + 1, 'draft', $3, $4, $5 from quote q where q.repair_order_id = $2
       on conflict do nothing returning 1`,
      [id, repairId, body.currency, principal.id, this.clock.now()],
    );
    if (fresh.length === 0) throw new DomainError('quote.draft_open');
    await writeQuote(tx, id, body, priced(body));
    return id;
  }

  /** @returns its order. @throws DomainError quote.not_found, quote.not_draft, quote.shares_exceed */
  async redraft(tx: EntityManager, principal: Principal, quoteId: string, body: QuoteBody): Promise<string> {
    demand(principal, 'repair.work');
    const { order, quote } = await this.held(tx, principal, quoteId);
    if (quote.state !== 'draft') throw new DomainError('quote.not_draft', { state: quote.state });
    if (sharesExceed(body)) throw new DomainError('quote.shares_exceed');
    await writeQuote(tx, quoteId, body, priced(body));
    return order.id;
  }

  /**
   * From now on the customer decides; where they have nothing to pay they are told and it goes on. Offered again, it stays as it is.
   * @returns its order
   * @throws DomainError quote.not_found, quote.not_draft, quote.incomplete {missing}, repair.transition_forbidden
   */
  async offer(tx: EntityManager, principal: Principal, quoteId: string, { tell }: OfferQuoteBody): Promise<string> {
    demand(principal, 'repair.work');
    const { order, quote } = await this.held(tx, principal, quoteId);
    if (quote.state === 'offered' || quote.state === 'approved') return order.id;
    if (quote.state !== 'draft') throw new DomainError('quote.not_draft', { state: quote.state });
    demandRunning(order);
    const now = this.clock.now();
    const validUntil = quote.validUntil?.toISOString() ?? null;
    const missing = quoteGaps({ ...quote, validUntil }, now);
    if (missing.length > 0) throw new DomainError('quote.incomplete', { missing });
    const canonical = canonicalQuote({ ...quote, validUntil });
    const sealed = { canonical, hash: createHash('sha256').update(canonical).digest('hex') };
    const free = quote.shares.customer === 0;
    await this.retire(tx, order.id, free);
    await this.seal(tx, principal, quote, sealed, free ? order.customer : null);
    const actor = actorOf(principal);
    const events = [...this.told(quote, free ? order.customer : null), ...(await this.carry(tx, order, actor, free))];
    await record(tx, order.caseId, actor, 'api', now, events);
    if (tell) await this.tell(tx, order, quote, free);
    return order.id;
  }

  /** The version before it no longer counts; one that was approved does, until another is. */
  private async retire(tx: EntityManager, repairId: string, free: boolean): Promise<void> {
    await tx.query(
      `update quote set state = 'superseded', next_nudge_at = null where repair_order_id = $1 and (state = 'offered' or (state = 'approved' and $2))`,
      [repairId, free],
    );
  }

  /** @param noticeTo who is told that there is nothing to pay; null: they decide */
  private async seal(
    tx: EntityManager,
    principal: Principal,
    { id, validUntil }: QuoteRecord,
    { canonical, hash }: Sealed,
    noticeTo: string | null,
  ): Promise<void> {
    const now = this.clock.now();
    const nudge = noticeTo === null && validUntil ? nextNudge(validUntil, now) : null;
    await tx.query(
      `update quote set state = case when $2::text is null then 'offered' else 'approved' end, canonical = $3, hash = $4, offered_by = $5, offered_at = $6,
         next_nudge_at = $7, decided_how = case when $2::text is not null then 'notice' end, decided_name = $2,
         decided_at = case when $2::text is not null then $6::timestamptz end where id = $1`,
      [id, noticeTo, canonical, hash, principal.id, now, nudge],
    );
  }

  private told(
    { id: quoteId, repairId, version, shares, totalCents, currency }: QuoteRecord,
    noticeTo: string | null,
  ): NewEvent[] {
    const data = { quoteId, repairId, version, customerCents: shares.customer, totalCents, currency };
    const offered: NewEvent = { type: 'quote.offered', data };
    return noticeTo === null
      ? [offered]
      : [
          offered,
          {
            type: 'quote.approved',
            data: { ...data, goodwillCents: shares.goodwill, how: 'notice', byName: noticeTo },
          },
        ];
  }

  /** The order goes where its quote is; in the middle of the work one that is free interrupts nothing. */
  private carry(tx: EntityManager, order: OrderRecord, actor: Actor, free: boolean): Promise<NewEvent[]> {
    if (free && (order.stage === 'approved' || order.stage === 'in_repair')) return Promise.resolve([]);
    return this.moves.move(tx, order, { to: free ? 'approved' : 'quoted', by: 'quote', actor });
  }

  private async tell(tx: EntityManager, order: OrderRecord, quote: QuoteRecord, free: boolean): Promise<void> {
    const text = free ? FREE_NEWS(order.deviceName) : OFFER_NEWS(order.deviceName, quote, this.config.timeZone);
    await this.news.tell(tx, {
      cause: `quote:${quote.id}:offered`,
      subject: newsOfQuotes(order.id),
      caseId: order.caseId,
      withLink: true,
      text,
    });
  }

  private async held(
    tx: EntityManager,
    principal: Principal,
    quoteId: string,
  ): Promise<{ order: OrderRecord; quote: QuoteRecord }> {
    const { order } = await lockOrder(tx, principal, await orderOfQuote(tx, principal, quoteId));
    return { order, quote: await heldQuote(tx, quoteId) };
  }
}
