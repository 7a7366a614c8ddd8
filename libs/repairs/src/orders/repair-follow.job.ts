import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { canMoveRepair, EVENTS, type CaseEvent, type EventData, type JobData, type RepairStage } from '#contracts';
import type { Principal } from '#identity';
import { CLOCK, Wake, withRetry, type Clock, type JobHandler } from '#platform';
import { Quotes } from '../quotes/quotes.service.js';
import { lockAnyOrder, type OrderRecord } from './order-record.js';
import { PromisedReturns } from './promised-returns.service.js';
import { RepairOrders } from './repair-orders.service.js';

/**
 * Another company works on it: what they say of the price, of the day and of the end is what the repair goes by. A price becomes a
 * draft, as one of us says who pays which part; a later day moves what the customer was promised; what they have repaired is repaired
 * once it is back with us.
 */
@Injectable()
export class RepairFollowJob implements JobHandler<'repair.follow'> {
  readonly job = 'repair.follow';

  constructor(
    private readonly database: DataSource,
    private readonly orders: RepairOrders,
    private readonly returns: PromisedReturns,
    private readonly quotes: Quotes,
    private readonly wake: Wake,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ events }: JobData<'repair.follow'>): Promise<void> {
    for (const event of events) await withRetry(this.database, (tx) => this.follow(tx, event));
    this.wake.ring('relay');
  }

  private async follow(tx: EntityManager, event: CaseEvent): Promise<void> {
    const repairId = await repairOf(tx, event);
    const order = repairId && (await lockAnyOrder(tx, repairId));
    if (!order || isOver(order.stage)) return;
    const hand = await handOf(tx, order.id);
    switch (event.type) {
      case 'handoff.accepted':
        return this.promise(tx, hand, order, null, EVENTS['handoff.accepted'].parse(event.data));
      case 'handoff.eta_moved': {
        const { from, to, ...data } = EVENTS['handoff.eta_moved'].parse(event.data);
        return this.promise(tx, hand, order, from, { ...data, etaAt: to });
      }
      case 'handoff.quoted':
        return this.quote(tx, hand, order, EVENTS['handoff.quoted'].parse(event.data));
      case 'handoff.progressed':
        return this.move(tx, hand, order, 'in_repair');
      case 'handoff.resolved':
        return this.worked(tx, hand, order, EVENTS['handoff.resolved'].parse(event.data).outcome === 'repaired');
      case 'handoff.reopened':
        return this.worked(tx, hand, order, false);
      default:
        return this.back(tx, hand, order);
    }
  }

  /** What we promised is moved later with theirs, and sooner only where it was theirs. */
  private async promise(
    tx: EntityManager,
    hand: Principal,
    order: OrderRecord,
    before: string | null,
    said: { etaAt: string | null; partnerName: string; reason?: string | null },
  ): Promise<void> {
    const to = said.etaAt === null ? null : new Date(said.etaAt);
    if (!to || to <= this.clock.now()) return;
    const promised = order.promisedReturnAt;
    const wasTheirs = before !== null && promised?.getTime() === new Date(before).getTime();
    if (promised && to <= promised && !wasTheirs) return;
    const reason = [said.partnerName, said.reason].filter(Boolean).join(': ');
    await this.returns.set(tx, hand, order.id, { returnAt: to.toISOString(), reason: reason.slice(0, 300) });
  }

  /** Once for each price they name; where somebody is writing a quote already, they see it beside. */
  private async quote(
    tx: EntityManager,
    hand: Principal,
    order: OrderRecord,
    { entryId, quote, partnerName, reference }: EventData<'handoff.quoted'>,
  ): Promise<void> {
    const taken: unknown[] = await tx.query(
      `select from quote where repair_order_id = $1 and (state = 'draft' or from_entry = $2)`,
      [order.id, entryId],
    );
    if (taken.length > 0) return;
    const agreement = quote.agreement ?? `${partnerName}, ${reference}`;
    const id = await this.quotes.draft(tx, hand, order.id, {
      ...{ currency: quote.currency, contributions: [], cover: quote.cover, validUntil: quote.validUntil },
      lines: quote.lines.map(({ priceCents, ...line }) => ({
        ...{ ...line, agreedCents: priceCents, shares: {} },
        agreement: priceCents < line.listCents ? agreement : null,
      })),
    });
    await tx.query('update quote set from_entry = $2 where id = $1', [id, entryId]);
  }

  private async worked(tx: EntityManager, hand: Principal, order: OrderRecord, isDone: boolean): Promise<void> {
    await tx.query('update repair_order set worked_at = $2 where id = $1', [
      ...[order.id, isDone ? this.clock.now() : null],
    ]);
    if (isDone) await this.back(tx, hand, order);
  }

  /** Repaired, and with us again: the customer can fetch it. */
  private async back(tx: EntityManager, hand: Principal, order: OrderRecord): Promise<void> {
    const rows: unknown[] = await tx.query(
      `select from repair_order where id = $1 and holder = 'store' and worked_at is not null`,
      [order.id],
    );
    if (rows.length === 0) return;
    for (const to of ['in_repair', 'repaired'] as const) await this.move(tx, hand, order, to);
  }

  /** Where it may not go now it stays: a quote that nobody has decided about comes first. */
  private async move(tx: EntityManager, hand: Principal, order: OrderRecord, to: RepairStage): Promise<void> {
    if (!canMoveRepair(order.stage, to, 'person') || (to === 'in_repair' && order.erases)) return;
    await this.orders.move(tx, hand, order.id, { to });
    order.stage = to;
  }
}

const isOver = (stage: RepairStage): boolean => stage === 'returned' || stage === 'closed' || stage === 'cancelled';

/** Which repair it is about: named, or the open one of the device that changed hands. */
async function repairOf(tx: EntityManager, { type, data }: CaseEvent): Promise<string | null> {
  if (typeof data['repairId'] === 'string') return data['repairId'];
  if (type !== 'custody.moved') return null;
  const rows: { id: string }[] = await tx.query(
    `select id from repair_order where device_id = $1 and stage not in ('returned', 'closed')`,
    [data['deviceId']],
  );
  return rows[0]?.id ?? null;
}

/** The house acts in the name of whoever took the device in, whatever they get to see by now. */
async function handOf(tx: EntityManager, repairId: string): Promise<Principal> {
  const rows: Principal[] = await tx.query(
    `select a.id, a.email, a.display_name as "displayName", 'supervisor' as role, a.store_id as "storeId", a.language
     from repair_order r join agent a on a.id = r.opened_by where r.id = $1`,
    [repairId],
  );
  if (!rows[0]) throw new Error(`nobody opened the repair ${repairId}`);
  return rows[0];
}
