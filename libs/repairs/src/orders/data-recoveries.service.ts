import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DataCategory, type DataConsentBody, type DataResult, type DataResultsBody, type DataState } from '#contracts';
import { actorOf, record, type NewEvent } from '#cases';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demandRunning, lockOrder, type OrderRecord } from './order-record.js';

interface Item {
  category: DataCategory;
  wanted: boolean;
  result: DataResult | null;
}

/** What is on a device is the customer's: a task of its own, with their word first and a result for everything they want back. */
@Injectable()
export class DataRecoveries {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The customer is going to be asked; asked already, nothing changes. @throws DomainError repair.not_found, repair.over */
  async ask(tx: EntityManager, principal: Principal, repairId: string): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    const events = await this.begin(tx, principal, order);
    if (events.length > 0) await record(tx, order.caseId, actorOf(principal), 'api', this.clock.now(), events);
  }

  /**
   * What they said: which categories they want back, and whether the device may be wiped then. Said again, the newer word stands.
   * @throws DomainError repair.not_found, repair.over, data_recovery.done_already
   */
  async agree(tx: EntityManager, principal: Principal, repairId: string, body: DataConsentBody): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    demandRunning(order);
    const events = await this.begin(tx, principal, order);
    if ((await stateOf(tx, repairId)) === 'done') throw new DomainError('data_recovery.done_already');
    const now = this.clock.now();
    const wanted = new Set(body.categories);
    await tx.query(
      `update data_recovery set state = 'agreed', consent_name = $2, consent_how = $3, consent_entry = $4, consent_at = $5, consent_by = $6, may_erase = $7
       where repair_order_id = $1`,
      [repairId, body.byName, body.how, body.entryId ?? null, now, principal.id, body.mayErase],
    );
    for (const category of DataCategory.options)
      await tx.query(
        `insert into data_item as i (repair_order_id, category, wanted, result) values ($1, $2, $3, case when $3 then null else 'not_wanted' end)
         on conflict (repair_order_id, category) do update set wanted = excluded.wanted,
           result = case when excluded.wanted and i.result <> 'not_wanted' then i.result else excluded.result end`,
        [repairId, category, wanted.has(category)],
      );
    const { byName, mayErase } = body;
    const categories = DataCategory.options.filter((category) => wanted.has(category));
    events.push({ type: 'data_recovery.agreed', data: { repairId, byName, categories, mayErase } });
    events.push(...(await this.finish(tx, repairId)));
    await record(tx, order.caseId, actorOf(principal), 'api', now, events);
  }

  /**
   * What became of it, category by category; with the last one the task is done.
   * @throws DomainError repair.not_found, data_recovery.not_found, data_recovery.no_consent, data_recovery.done_already
   */
  async tell(
    tx: EntityManager,
    principal: Principal,
    repairId: string,
    { results, note }: DataResultsBody,
  ): Promise<void> {
    demand(principal, 'repair.work');
    const { order } = await lockOrder(tx, principal, repairId);
    const state = await stateOf(tx, repairId);
    if (!state) throw new DomainError('data_recovery.not_found');
    if (state === 'asked') throw new DomainError('data_recovery.no_consent');
    if (state === 'done') throw new DomainError('data_recovery.done_already');
    for (const [category, result] of Object.entries(results))
      await tx.query(
        'update data_item set result = $3 where repair_order_id = $1 and category = $2 and wanted and result is distinct from $3',
        [repairId, category, result],
      );
    await tx.query('update data_recovery set note = coalesce($2, note) where repair_order_id = $1', [
      repairId,
      note ?? null,
    ]);
    const events = await this.finish(tx, repairId);
    if (events.length > 0) await record(tx, order.caseId, actorOf(principal), 'api', this.clock.now(), events);
  }

  private async begin(tx: EntityManager, principal: Principal, { id }: OrderRecord): Promise<NewEvent[]> {
    const fresh: unknown[] = await tx.query(
      `insert into data_recovery (repair_order_id, state, asked_by, asked_at) values ($1, 'asked', $2, $3) on conflict do nothing returning 1`,
      [id, principal.id, this.clock.now()],
    );
    return fresh.length > 0 ? [{ type: 'data_recovery.asked', data: { repairId: id } }] : [];
  }

  /** Every category has its result: the task is done. */
  private async finish(tx: EntityManager, repairId: string): Promise<NewEvent[]> {
    const items: Item[] = await tx.query(
      'select category, wanted, result from data_item where repair_order_id = $1 order by category',
      [repairId],
    );
    if (items.some(({ result }) => result === null)) return [];
    await tx.query(`update data_recovery set state = 'done', done_at = $2 where repair_order_id = $1`, [
      repairId,
      this.clock.now(),
    ]);
    const results = Object.fromEntries(items.flatMap(({ category, result }) => (result ? [[category, result]] : [])));
    return [{ type: 'data_recovery.done', data: { repairId, results } }];
  }
}

async function stateOf(tx: EntityManager, repairId: string): Promise<DataState | null> {
  const rows: { state: DataState }[] = await tx.query('select state from data_recovery where repair_order_id = $1', [
    repairId,
  ]);
  return rows[0]?.state ?? null;
}
