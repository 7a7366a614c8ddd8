import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  canMoveRepair,
  type HandBackBody,
  type ImpactKind,
  type MoveRepairBody,
  type NewRepairBody,
  type PatchRepairBody,
  type RepairStage,
} from '#contracts';
import { actorOf, AttachmentService, CustomerNews, ImpactService, lockCase, record, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { newsOfQuotes } from '../quotes/quote-words.js';
import { withdrawOpenQuotes } from '../quotes/quote-record.js';
import { mayErase } from './data-consent.js';
import { OrderMoves } from './order-moves.js';
import { demandRunning, DEVICE_NAME, lockOrder, type OrderRecord } from './order-record.js';
import { stagesToldIn } from './stage-wordings.service.js';
import { PromisedReturns } from './promised-returns.service.js';
import { REPAIRED_NEWS } from './customer-words.js';

/** Why an order ends without a repair when its device is fetched. */
const FETCHED = { es: 'Lo recogió antes de que se reparara', en: 'They fetched it before it was repaired' } as const;

const OVER = new Set(['closed', 'merged', 'spam']);

/** Repair orders: one device, from the counter and back into the hand. */
@Injectable()
export class RepairOrders {
  constructor(
    private readonly moves: OrderMoves,
    private readonly returns: PromisedReturns,
    private readonly impacts: ImpactService,
    private readonly news: CustomerNews,
    private readonly files: AttachmentService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A device of the case is taken in.
   * @throws DomainError permission.denied, case.not_found, case.over, device.not_found, store.not_found, repair.device_in_repair, attachment.not_found
   */
  async open(
    tx: EntityManager,
    principal: Principal,
    { caseId, ...body }: NewRepairBody & { caseId: string },
  ): Promise<{ repairId: string }> {
    demand(principal, 'repair.work');
    const found = await lockCase(tx, principal, caseId);
    if (OVER.has(found.status)) throw new DomainError('case.over', { status: found.status });
    const device = await deviceOfCase(tx, found.id, body.deviceId);
    await demandStore(tx, body.storeId);
    await this.files.keep(tx, principal, found.id, body.photoIds);
    const { deviceId: _device, storeId, fault, holder, ...intake } = body;
    const [id, now, actor] = [newId(), this.clock.now(), actorOf(principal)];
    const fresh: unknown[] = await tx.query(
      `insert into repair_order (id, case_id, device_id, store_id, stage, stage_at, holder, held_at, fault, intake, opened_by, opened_at)
       values ($1, $2, $3, $4, 'received', $5, $6, $5, $7, $8, $9, $5) on conflict do nothing returning 1`,
      [id, found.id, device.id, storeId, now, holder, fault, JSON.stringify(intake), principal.id],
    );
    if (fresh.length === 0) throw new DomainError('repair.device_in_repair', { deviceId: device.id });
    const begun = await this.moves.begin(tx, { id, caseId: found.id, holder }, actor);
    await record(tx, found.id, actor, 'api', now, [
      { type: 'repair.opened', data: { repairId: id, deviceId: device.id, storeId, name: device.name } },
      ...begun,
    ]);
    return { repairId: id };
  }

  /**
   * Moves it on by hand; where it is already it stays.
   * @throws DomainError permission.denied, repair.not_found, repair.transition_forbidden, repair.consent_needed
   */
  async move(
    tx: EntityManager,
    principal: Principal,
    repairId: string,
    { to, reason, holder }: MoveRepairBody,
  ): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    const actor = actorOf(principal);
    if (to === 'in_repair' && order.stage !== to && order.erases && !(await mayErase(tx, repairId)))
      throw new DomainError('repair.consent_needed');
    const from = order.stage;
    const events = await this.moves.move(tx, order, { to, by: 'person', actor, reason: reason ?? null });
    if (to === 'cancelled' || to === 'unrepairable') events.push(...(await this.endQuotes(tx, order.id)));
    events.push(...(await this.moves.hold(tx, order, holder, actor)));
    if (events.length === 0) return;
    await record(tx, order.caseId, actor, 'api', this.clock.now(), events);
    if (to === 'repaired' && from !== to) await this.tellRepaired(tx, order);
  }

  /** What was found, whether the repair wipes the device, who has it. @throws DomainError repair.not_found, repair.over */
  async change(tx: EntityManager, principal: Principal, repairId: string, body: PatchRepairBody): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    await tx.query(
      'update repair_order set diagnosis = coalesce($2, diagnosis), erases = coalesce($3, erases) where id = $1',
      [order.id, body.diagnosis ?? null, body.erases ?? null],
    );
    const actor = actorOf(principal);
    const events = await this.moves.hold(tx, order, body.holder, actor);
    if (events.length > 0) await record(tx, order.caseId, actor, 'api', this.clock.now(), events);
  }

  /**
   * The device is in its owner's hands again, repaired or not. What was tried with them and works is restored by that.
   * @throws DomainError permission.denied, repair.not_found, repair.transition_forbidden, attachment.not_found
   */
  async handBack(
    tx: EntityManager,
    principal: Principal,
    { repairId, ...checklist }: HandBackBody & { repairId: string },
  ): Promise<void> {
    demand(principal, 'repair.work');
    const order = await this.readyToGo(tx, principal, repairId);
    if (order.stage === 'returned') return;
    const { photoIds, signatureId } = checklist;
    await this.files.keep(tx, principal, order.caseId, signatureId ? [...photoIds, signatureId] : photoIds);
    const actor = actorOf(principal);
    // Once it is returned, what becomes of the device is no longer told to this order.
    const events: NewEvent[] = await this.moves.hold(tx, order, 'customer', actor);
    events.push(...(await this.moves.move(tx, order, { to: 'returned', by: 'hand_back', actor })));
    await tx.query('update repair_order set hand_back = $2, news_due_at = null where id = $1', [
      order.id,
      JSON.stringify(checklist),
    ]);
    events.push({ type: 'repair.returned', data: { repairId: order.id } });
    await record(tx, order.caseId, actor, 'api', this.clock.now(), events);
    await this.returns.kept(tx, principal, order);
    // They were here: nobody has to be called about it.
    for (const subject of [`repair:${order.id}`, newsOfQuotes(order.id)]) await this.news.settle(tx, subject, 'over');
    await this.restore(tx, principal, order.caseId, checklist.works);
  }

  /** There is nothing left to agree to, nor to be told of it. */
  private async endQuotes(tx: EntityManager, repairId: string): Promise<NewEvent[]> {
    await this.news.settle(tx, newsOfQuotes(repairId), 'over');
    return withdrawOpenQuotes(tx, repairId);
  }

  /** It is theirs, and they fetch it whenever they like: what was not repaired by then is not going to be. */
  private async readyToGo(tx: EntityManager, principal: Principal, repairId: string): Promise<OrderRecord> {
    const { order } = await lockOrder(tx, principal, repairId);
    if (order.holder !== 'store' || !canMoveRepair(order.stage, 'cancelled', 'person')) return order;
    if (canMoveRepair(order.stage, 'returned', 'hand_back')) return order;
    await this.move(tx, principal, repairId, { to: 'cancelled', reason: FETCHED[principal.language] });
    return (await lockOrder(tx, principal, repairId)).order;
  }

  private async restore(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    works: HandBackBody['works'],
  ): Promise<void> {
    const kinds = (Object.keys(works) as ImpactKind[]).filter((kind) => works[kind]);
    const rows: { id: string }[] = await tx.query(
      `select id from impact where case_id = $1 and kind = any($2) and state <> 'restored' order by id`,
      [caseId, kinds],
    );
    for (const { id } of rows) await this.impacts.move(tx, principal, caseId, id, 'restored');
  }

  /** Once each time it is repaired. */
  private async tellRepaired(tx: EntityManager, order: OrderRecord): Promise<void> {
    const rows: { times: number }[] = await tx.query(
      `select count(*)::int as times from repair_step where repair_order_id = $1 and "to" = $2`,
      [order.id, 'repaired' satisfies RepairStage],
    );
    await this.news.tell(tx, {
      cause: `repair:${order.id}:repaired:${rows[0]?.times ?? 1}`,
      caseId: order.caseId,
      about: { repairId: order.id, isBack: true },
      withLink: true,
      text: REPAIRED_NEWS(order.deviceName, await stagesToldIn(tx)),
    });
  }
}

/** A device as it goes by now, if it was shown on this case. @throws DomainError device.not_found */
async function deviceOfCase(
  tx: EntityManager,
  caseId: string,
  deviceId: string,
): Promise<{ id: string; name: string }> {
  const rows: { id: string; name: string }[] = await tx.query(
    `select d.id, ${DEVICE_NAME} as name from device d left join device_model m on m.id = d.model_id
     where d.id = living_device($2) and exists (select from case_device k where k.case_id = $1 and living_device(k.device_id) = d.id)`,
    [caseId, deviceId],
  );
  if (!rows[0]) throw new DomainError('device.not_found');
  return rows[0];
}

async function demandStore(tx: EntityManager, storeId: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from store where id = $1', [storeId]);
  if (rows.length === 0) throw new DomainError('store.not_found');
}
