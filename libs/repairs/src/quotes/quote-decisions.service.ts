import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { reaches, type ApprovalHow, type ApproveQuoteBody, type DeclineQuoteBody } from '#contracts';
import {
  actorOf,
  AttachmentService,
  CustomerNews,
  FactService,
  ProofService,
  record,
  type Actor,
  type NewEvent,
  type OpenLink,
} from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { OrderMoves } from '../orders/order-moves.js';
import { lockAnyOrder, lockOrder, type OrderRecord } from '../orders/order-record.js';
import { heldQuote, orderOfQuote, type QuoteRecord } from './quote-record.js';
import { DECIDED, newsOfQuotes } from './quote-words.js';

/** What was decided, by whom, and what shows it. */
interface Decision {
  approves: boolean;
  how: Exclude<ApprovalHow, 'notice'>;
  byName: string;
  /** Of the text that was read; null: of a refusal, which needs none. */
  hash: string | null;
  reason: string | null;
  recordedBy: Principal | null;
  signatureId: string | null;
  ip: string | null;
  linkId: string | null;
}

/** What the form on the page of a case brings. */
export interface LinkDecision {
  quoteId: string;
  hash: string;
  approves: boolean;
  byName: string;
  reason: string;
  /** From which address on the network. */
  ip: string;
}

/**
 * Who pays decides: on the page of the case or before one of us, about one version and its exact text. Whoever comes first has
 * decided; the same again changes nothing, and what is no longer on offer is refused by its name.
 */
@Injectable()
export class QuoteDecisions {
  constructor(
    private readonly moves: OrderMoves,
    private readonly facts: FactService,
    private readonly proofs: ProofService,
    private readonly files: AttachmentService,
    private readonly news: CustomerNews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns its order
   * @throws DomainError quote.not_found, quote.proof_needed, attachment.not_found, quote.outdated, quote.expired, quote.not_offered
   */
  async approveAtCounter(
    tx: EntityManager,
    principal: Principal,
    quoteId: string,
    { byName, hash, signatureId }: ApproveQuoteBody,
  ): Promise<string> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, await orderOfQuote(tx, principal, quoteId));
    if (!signatureId && !reaches((await this.proofs.levelOf(tx, order.caseId)).level, 'strong'))
      throw new DomainError('quote.proof_needed');
    if (signatureId) await this.files.keep(tx, principal, order.caseId, [signatureId]);
    const quote = await heldQuote(tx, quoteId);
    const by = { recordedBy: principal, ip: null, linkId: null, signatureId: signatureId ?? null };
    await this.decide(tx, order, quote, { ...by, approves: true, how: 'counter', byName, hash, reason: null });
    return order.id;
  }

  /** @returns its order. @throws DomainError quote.not_found, quote.outdated, quote.expired, quote.not_offered */
  async declineAtCounter(
    tx: EntityManager,
    principal: Principal,
    quoteId: string,
    { byName, reason }: DeclineQuoteBody,
  ): Promise<string> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, await orderOfQuote(tx, principal, quoteId));
    const quote = await heldQuote(tx, quoteId);
    const by = { recordedBy: principal, ip: null, linkId: null, signatureId: null };
    await this.decide(tx, order, quote, { ...by, approves: false, how: 'counter', byName, hash: null, reason });
    return order.id;
  }

  /**
   * By whoever holds the link to the case, and of nothing else than quotes of that case.
   * @throws DomainError quote.not_found, quote.outdated, quote.expired, quote.not_offered
   */
  async byLink(
    tx: EntityManager,
    link: OpenLink,
    { quoteId, hash, approves, byName, reason, ip }: LinkDecision,
  ): Promise<void> {
    const rows: { id: string }[] = await tx.query(
      'select r.id from quote q join repair_order r on r.id = q.repair_order_id where q.id = $1 and r.case_id = $2',
      [quoteId, link.caseId],
    );
    const order = rows[0] && (await lockAnyOrder(tx, rows[0].id));
    if (order?.caseId !== link.caseId) throw new DomainError('quote.not_found');
    const quote = await heldQuote(tx, quoteId);
    const by = { recordedBy: null, ip, linkId: link.id, signatureId: null };
    const said = approves ? { hash, reason: null } : { hash, reason };
    await this.decide(tx, order, quote, { ...by, ...said, approves, how: 'link', byName });
  }

  private async decide(tx: EntityManager, order: OrderRecord, quote: QuoteRecord, decision: Decision): Promise<void> {
    if (decision.hash !== null && decision.hash !== quote.hash) throw new DomainError('quote.outdated');
    if (quote.state === (decision.approves ? 'approved' : 'declined')) return;
    this.demandOpen(quote);
    const now = this.clock.now();
    const { approves, how, byName, reason, recordedBy, signatureId, ip, linkId } = decision;
    if (approves)
      await tx.query(`update quote set state = 'superseded' where repair_order_id = $1 and state = 'approved'`, [
        order.id,
      ]);
    await tx.query(
      `update quote set state = $2, next_nudge_at = null, decided_how = $3, decided_name = $4, decided_at = $5, decided_by = $6, decided_ip = $7,
         decided_link = $8, signature_id = $9, decline_reason = $10 where id = $1`,
      [
        ...[quote.id, approves ? 'approved' : 'declined', how, byName, now, recordedBy?.id ?? null, ip, linkId],
        ...[signatureId, reason],
      ],
    );
    const actor: Actor = recordedBy ? actorOf(recordedBy) : { kind: 'customer', id: null, name: order.customer };
    const told = toldOf(quote);
    const decided: NewEvent = approves
      ? {
          type: 'quote.approved',
          data: { ...told, ...priceOf(quote), goodwillCents: quote.shares.goodwill, how, byName },
        }
      : { type: 'quote.declined', data: { ...told, how, byName, reason: reason ?? '' } };
    const moved = await this.carry(tx, order, actor, approves);
    const language = recordedBy?.language ?? order.language;
    await this.facts.add(tx, actor, order.caseId, {
      kind: 'decided',
      text: DECIDED[language](quote, byName, approves),
      language,
      origin: `quote:${quote.id}`,
    });
    await record(tx, order.caseId, actor, recordedBy ? 'api' : 'web', now, [decided, ...moved]);
    // They know it: they have decided.
    await this.news.settle(tx, newsOfQuotes(order.id), 'over');
  }

  /** Refused, an earlier agreement stands, where there is one. */
  private async carry(tx: EntityManager, order: OrderRecord, actor: Actor, approves: boolean): Promise<NewEvent[]> {
    if (order.stage !== 'quoted') return [];
    const to = approves || (await hasApproved(tx, order.id)) ? 'approved' : 'declined';
    return this.moves.move(tx, order, { to, by: 'quote', actor });
  }

  private demandOpen({ state, validUntil, version }: QuoteRecord): void {
    if (state === 'superseded') throw new DomainError('quote.outdated', { version });
    if (state === 'expired' || (state === 'offered' && validUntil && validUntil <= this.clock.now()))
      throw new DomainError('quote.expired', { version });
    if (state !== 'offered') throw new DomainError('quote.not_offered', { state });
  }
}

/** Whether a version of the quote of this order holds. */
export async function hasApproved(tx: EntityManager, repairId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(`select from quote where repair_order_id = $1 and state = 'approved'`, [
    repairId,
  ]);
  return rows.length > 0;
}

const toldOf = ({ id, repairId, version }: QuoteRecord) => ({ quoteId: id, repairId, version });
const priceOf = ({ shares, totalCents, currency }: QuoteRecord) => ({
  ...{ customerCents: shares.customer, totalCents, currency },
});
