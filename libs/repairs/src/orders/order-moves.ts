import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canMoveRepair, type RepairHolder, type RepairStage, type StageBy } from '#contracts';
import { ClosingService, type Actor, type NewEvent } from '#cases';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import type { OrderRecord } from './order-record.js';

/** Whose hands are meant by `$3`, of the order `o`: its store, its customer, whoever works on the device; of a courier nothing is known. */
const HANDS = `lateral (select $3 as kind, s.id, s.name from store s where $3 = 'store' and s.id = o.store_id
    union all select $3, c.customer_id, c.customer_name from cases c where $3 = 'customer' and c.id = o.case_id
    union all select $3, w.id, coalesce(w.name, '—') from (select 1) one left join lateral (select p.id, p.name from handoff f join partner p on p.id = f.partner_id
      where f.device_id in (select device_records(living_device(o.device_id))) and f.direction = 'out' and f.mode <> 'advise'
        and f.state not in ('draft', 'closed', 'rejected', 'expired', 'cancelled', 'recalled') order by f.opened_at desc limit 1) w on true where $3 = 'partner'
    union all select $3, null, '—' where $3 = 'courier')`;

/** How far a case has come when one of its orders has; the other stages say nothing of it. */
const CASE_AT: Partial<Record<RepairStage, 'understood' | 'in_solution'>> = {
  received: 'understood',
  quoted: 'in_solution',
  approved: 'in_solution',
  in_repair: 'in_solution',
  repaired: 'in_solution',
};

/** Moves orders from stage to stage and from hand to hand: the one place that writes either. Their case goes on with them. */
@Injectable()
export class OrderMoves {
  constructor(
    private readonly closing: ClosingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The caller holds the order and its case, and records what this answers.
   * @returns nothing where it is there already
   * @throws DomainError repair.transition_forbidden
   */
  async move(
    tx: EntityManager,
    order: OrderRecord,
    { to, by, actor, reason = null }: { to: RepairStage; by: StageBy; actor: Actor; reason?: string | null },
  ): Promise<NewEvent[]> {
    const from = order.stage;
    if (from === to) return [];
    if (!canMoveRepair(from, to, by)) throw new DomainError('repair.transition_forbidden', { from, to });
    const now = this.clock.now();
    await tx.query('update repair_order set stage = $2, stage_at = $3 where id = $1', [order.id, to, now]);
    await this.step(tx, order.id, { from, to, actor, reason });
    order.stage = to;
    return [
      { type: 'repair.moved', data: { repairId: order.id, from, to, reason } },
      ...(await this.advance(tx, order.caseId, to)),
    ];
  }

  /** The first step of an order, and who has its device from then on. @returns what its case does for that */
  async begin(
    tx: EntityManager,
    { id, caseId, holder }: Pick<OrderRecord, 'id' | 'caseId' | 'holder'>,
    actor: Actor,
  ): Promise<NewEvent[]> {
    await this.step(tx, id, { from: null, to: 'received', actor, reason: null });
    await this.handTo(tx, id, holder, actor);
    return this.advance(tx, caseId, 'received');
  }

  /** Another has the device now. */
  async hold(tx: EntityManager, order: OrderRecord, to: RepairHolder | undefined, actor: Actor): Promise<NewEvent[]> {
    const from = order.holder;
    if (to === undefined || to === from) return [];
    await this.handTo(tx, order.id, to, actor);
    order.holder = to;
    return [{ type: 'repair.held', data: { repairId: order.id, from, to } }];
  }

  /** The chain of hands of its device goes on; the order is told by it. */
  private async handTo(tx: EntityManager, repairId: string, to: RepairHolder, actor: Actor): Promise<void> {
    await tx.query(
      `select move_custody($1, o.device_id, h.kind, h.id, h.name, 'system', null, null, null, $4, $5, $6) from repair_order o, ${HANDS} h where o.id = $2`,
      [newId(), repairId, to, actor.kind === 'agent' ? actor.id : null, actor.name, this.clock.now()],
    );
  }

  private advance(tx: EntityManager, caseId: string, at: RepairStage): Promise<NewEvent[]> {
    const to = CASE_AT[at];
    return to ? this.closing.advance(tx, caseId, to) : Promise.resolve([]);
  }

  private async step(
    tx: EntityManager,
    repairId: string,
    { from, to, actor, reason }: { from: RepairStage | null; to: RepairStage; actor: Actor; reason: string | null },
  ): Promise<void> {
    await tx.query(
      `insert into repair_step (id, repair_order_id, "from", "to", by_kind, by_id, by_name, reason, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        newId(),
        repairId,
        from,
        to,
        actor.kind,
        actor.kind === 'agent' ? actor.id : null,
        actor.name,
        reason,
        this.clock.now(),
      ],
    );
  }
}
