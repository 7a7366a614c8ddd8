import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DecideWayBody, Language, OptionsBody, RepairWay } from '#contracts';
import { actorOf, FactService, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demandRunning, lockOrder } from './order-record.js';

const WAYS: Record<Language, Record<RepairWay, string>> = {
  es: { repair: 'Se repara', replace: 'Se cambia por otro', refund: 'Se devuelve el dinero', buy_out: 'Se recompra' },
  en: { repair: 'It is repaired', replace: 'It is replaced', refund: 'It is refunded', buy_out: 'It is bought out' },
};

/** Repair, replace, refund, buy out: put side by side, then one is decided, and why. */
@Injectable()
export class RepairWays {
  constructor(
    private readonly facts: FactService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What there is to choose from, in place of what there was. @throws DomainError repair.not_found, repair.over */
  async compare(tx: EntityManager, principal: Principal, repairId: string, { options }: OptionsBody): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    await tx.query('delete from repair_option where repair_order_id = $1', [repairId]);
    for (const { way, currency, shares, daysWithoutPhone, data, note } of options)
      await tx.query(
        `insert into repair_option (repair_order_id, way, currency, manufacturer_cents, carrier_cents, goodwill_cents, customer_cents, days_without_phone, data, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[repairId, way, currency, shares.manufacturer, shares.carrier, shares.goodwill, shares.customer],
          ...[daysWithoutPhone, data, note],
        ],
      );
  }

  /** A fact of the story from now on. @throws DomainError repair.not_found, repair.over, repair.way_unknown */
  async decide(
    tx: EntityManager,
    principal: Principal,
    repairId: string,
    { way, reason }: DecideWayBody,
  ): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    const known: unknown[] = await tx.query('select from repair_option where repair_order_id = $1 and way = $2', [
      repairId,
      way,
    ]);
    if (known.length === 0) throw new DomainError('repair.way_unknown', { way });
    const now = this.clock.now();
    const [, decided]: [unknown, number] = await tx.query(
      `update repair_order set way = $2, way_reason = $3, way_by = $4, way_at = $5
       where id = $1 and (way, way_reason) is distinct from ($2, $3)`,
      [repairId, way, reason, principal.displayName, now],
    );
    if (decided === 0) return;
    const actor = actorOf(principal);
    await this.facts.add(tx, actor, order.caseId, {
      kind: 'decided',
      text: `${order.deviceName}: ${WAYS[principal.language][way].toLocaleLowerCase()} (${reason})`,
      language: principal.language,
    });
    await record(tx, order.caseId, actor, 'api', now, [
      { type: 'repair.way_decided', data: { repairId, way, reason } },
    ]);
  }
}
