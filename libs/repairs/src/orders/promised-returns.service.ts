import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PromiseBody, PromiseReturnBody, PromiseState } from '#contracts';
import { actorOf, CustomerNews, PromiseService, record } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, newId, withRetry, type Clock, type Config } from '#platform';
import { RETURN_NEWS, RETURN_PROMISE } from './customer-words.js';
import { demandRunning, lockAnyOrder, lockOrder, type OrderRecord } from './order-record.js';

/** So long a moved day may settle before the customer is told: whoever corrects themselves writes once. */
const SETTLES_MS = 120_000;
const PORTION = 50;

/**
 * The day a device is to be back: what the customer was promised, with a clock on a word by then. Others follow it
 * (`repair.promise_moved`); the customer is told once of where it ends up, however often it moved meanwhile.
 */
@Injectable()
export class PromisedReturns {
  constructor(
    private readonly database: DataSource,
    private readonly promises: PromiseService,
    private readonly news: CustomerNews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainError permission.denied, repair.not_found, repair.over, repair.promise_past, repair.reason_needed */
  async set(
    tx: EntityManager,
    principal: Principal,
    repairId: string,
    { returnAt, reason }: PromiseReturnBody,
  ): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    const [from, to, now] = [order.promisedReturnAt, new Date(returnAt), this.clock.now()];
    if (from?.getTime() === to.getTime()) return;
    if (to <= now) throw new DomainError('repair.promise_past');
    if (from && !reason) throw new DomainError('repair.reason_needed');
    // What is said for the first time is said by whoever sets it.
    const news = from ? new Date(now.getTime() + SETTLES_MS) : null;
    await tx.query(
      'update repair_order set promised_return_at = $2, told_return_at = coalesce(told_return_at, $2), news_due_at = $3 where id = $1',
      [order.id, to, news],
    );
    await tx.query(
      'insert into repair_return (id, repair_order_id, from_at, to_at, reason, by_name, at) values ($1, $2, $3, $4, $5, $6, $7)',
      [newId(), order.id, from, to, reason ?? null, principal.displayName, now],
    );
    await record(tx, order.caseId, actorOf(principal), 'api', now, [
      {
        type: 'repair.promise_moved',
        data: { repairId, from: from?.toISOString() ?? null, to: to.toISOString(), reason: reason ?? null },
      },
    ]);
    await this.promise(tx, principal, order, to);
  }

  /** The device is back: what was promised by that day is kept. */
  async kept(tx: EntityManager, principal: Principal, order: OrderRecord): Promise<void> {
    for (const id of [order.returnPromise, order.updatePromise])
      if (id && (await isOpen(tx, id))) await this.promises.change(tx, principal, order.caseId, id, { state: 'kept' });
  }

  /** Tells customers of days that have moved and settled. @returns true when there may be more */
  async tell(): Promise<boolean> {
    const due: { id: string }[] = await this.database.query(
      'select id from repair_order where news_due_at <= $1 order by news_due_at limit $2',
      [this.clock.now(), PORTION],
    );
    for (const { id } of due) await withRetry(this.database, (tx) => this.tellOne(tx, id));
    return due.length === PORTION;
  }

  private async tellOne(tx: EntityManager, repairId: string): Promise<void> {
    const order = await lockAnyOrder(tx, repairId);
    const [cleared]: [{ id: string }[], number] = await tx.query(
      `update repair_order set news_due_at = null, told_return_at = promised_return_at where id = $1 and news_due_at <= $2 returning id`,
      [repairId, this.clock.now()],
    );
    const [from, to] = [order?.toldReturnAt ?? null, order?.promisedReturnAt];
    if (cleared.length === 0 || !order || !to || from?.getTime() === to.getTime()) return;
    const moves: { id: string; reason: string | null }[] = await tx.query(
      'select id, reason from repair_return where repair_order_id = $1 order by at desc, id desc limit 1',
      [repairId],
    );
    const reason = moves[0]?.reason ?? null;
    await this.news.tell(tx, {
      cause: `repair:${repairId}:return:${moves[0]?.id ?? to.toISOString()}`,
      caseId: order.caseId,
      about: { repairId, isBack: false },
      text: RETURN_NEWS(order.deviceName, { from, to, reason }, this.config.timeZone),
    });
  }

  /** The return is promised, and a word by then unless one is promised sooner. */
  private async promise(tx: EntityManager, principal: Principal, order: OrderRecord, to: Date): Promise<void> {
    const dueAt = to.toISOString();
    const text = RETURN_PROMISE[order.language](order.deviceName);
    const returnPromise = await this.moved(tx, principal, order, order.returnPromise, { kind: 'other', text, dueAt });
    const sooner: unknown[] = await tx.query(
      `select from promise where case_id = $1 and kind = 'update' and state = 'open' and due_at <= $2 and id is distinct from $3 limit 1`,
      [order.caseId, to, order.updatePromise],
    );
    const updatePromise =
      sooner.length > 0 && !(order.updatePromise && (await isOpen(tx, order.updatePromise)))
        ? order.updatePromise
        : await this.moved(tx, principal, order, order.updatePromise, { kind: 'update', dueAt });
    await tx.query('update repair_order set return_promise = $2, update_promise = $3 where id = $1', [
      order.id,
      returnPromise,
      updatePromise,
    ]);
  }

  private async moved(
    tx: EntityManager,
    principal: Principal,
    { caseId }: OrderRecord,
    promiseId: string | null,
    body: PromiseBody,
  ): Promise<string> {
    if (promiseId && (await isOpen(tx, promiseId))) {
      await this.promises.change(tx, principal, caseId, promiseId, { dueAt: body.dueAt });
      return promiseId;
    }
    return (await this.promises.give(tx, principal, caseId, body)).promiseId;
  }
}

async function isOpen(tx: EntityManager, promiseId: string): Promise<boolean> {
  const rows: { state: PromiseState }[] = await tx.query('select state from promise where id = $1', [promiseId]);
  return rows[0]?.state === 'open';
}
