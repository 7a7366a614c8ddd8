import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type {
  HygieneBody,
  HygieneStep,
  LoanerTransferBody,
  LoanerTransfers,
  LoanerTransfersBody,
  MoveLoanerBody,
  NewLoanerBody,
  PatchLoanerBody,
} from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';
import { stepsLeft } from './hygiene.rules.js';
import { demandOwnStore, lockLoaner, lockSome, moveLoaner, noteMove, type LoanerRecord } from './loaner.store.js';

const byOf = ({ id, displayName }: Principal) => ({ id, name: displayName });

/** The phones there are to lend: what they are, where they are, and whether they may be lent. */
@Injectable()
export class LoanerPool {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws DomainError permission.denied, store.not_found, loaner.model_not_found, loaner.label_taken */
  async add(tx: EntityManager, principal: Principal, body: NewLoanerBody): Promise<string> {
    demand(principal, 'loaner.manage');
    await demandStore(tx, body.storeId);
    const models: unknown[] = await tx.query('select from loaner_model where id = $1 and retired_at is null', [
      body.modelId,
    ]);
    if (models.length === 0) throw new DomainError('loaner.model_not_found');
    const id = newId();
    const now = this.clock.now();
    const { storeId, modelId, label, imei, grade, note } = body;
    await labelled(() =>
      tx.query(
        `insert into loaner (id, store_id, model_id, label, imei, grade, state, state_at, note, created_at) values ($1, $2, $3, $4, $5, $6, 'available', $7, $8, $7)`,
        [id, storeId, modelId, label, imei ?? null, grade, now, note ?? null],
      ),
    );
    await noteMove(tx, id, null, 'available', { by: byOf(principal), at: now, storeId });
    return id;
  }

  /** @throws DomainError permission.denied, loaner.not_found, loaner.label_taken */
  async change(tx: EntityManager, principal: Principal, id: string, body: PatchLoanerBody): Promise<void> {
    demand(principal, 'loaner.manage');
    await lockLoaner(tx, id);
    const has = (value: unknown) => value !== undefined;
    await labelled(() =>
      tx.query(
        `update loaner set label = coalesce($2, label), imei = case when $3 then $4 else imei end, grade = coalesce($5, grade), note = case when $6 then $7 else note end where id = $1`,
        [
          ...[id, body.label ?? null, has(body.imei), body.imei ?? null, body.grade ?? null, has(body.note)],
          body.note ?? null,
        ],
      ),
    );
  }

  /**
   * Out of the pool or to be repaired or cleaned: what nobody has and nobody waits for.
   * @throws DomainError permission.denied, loaner.not_found, loaner.on_loan, loaner.transition_forbidden
   */
  async move(tx: EntityManager, principal: Principal, id: string, { to, reason }: MoveLoanerBody): Promise<void> {
    demand(principal, to === 'retired' || to === 'lost' ? 'loaner.manage' : 'loaner.hand_over');
    const loaner = await this.own(tx, principal, id);
    const now = this.clock.now();
    await moveLoaner(tx, loaner, to, { by: byOf(principal), at: now, reason });
    if (loaner.state === 'in_transfer')
      await tx.query(
        'update loaner_transfer set lost_at = $2 where loaner_id = $1 and received_at is null and lost_at is null',
        [id, now],
      );
  }

  /**
   * One step of cleaning it is done; with the last it may be lent again.
   * @throws DomainError permission.denied, loaner.not_found, loaner.on_loan, loaner.cleaning_over
   */
  async clean(tx: EntityManager, principal: Principal, id: string, { cleaningId, step }: HygieneBody): Promise<void> {
    demand(principal, 'loaner.hand_over');
    const loaner = await this.own(tx, principal, id);
    // A finger that comes down late says nothing of what the next customer left on it.
    if (loaner.cleaningId !== cleaningId) throw new DomainError('loaner.cleaning_over', { state: loaner.state });
    const now = this.clock.now();
    await tx.query(
      'insert into loaner_cleaning (cleaning_id, step, loaner_id, by_id, by_name, at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
      [cleaningId, step, id, principal.id, principal.displayName, now],
    );
    const done: { step: HygieneStep }[] = await tx.query('select step from loaner_cleaning where cleaning_id = $1', [
      cleaningId,
    ]);
    if (stepsLeft(done.map((each) => each.step)).length > 0) return;
    await moveLoaner(tx, loaner, 'available', { by: byOf(principal), at: now });
  }

  /**
   * On its way to another store: from now on it is that store's to receive.
   * @throws DomainError permission.denied, loaner.not_found, store.not_found, loaner.same_store, loaner.on_loan, loaner.transition_forbidden
   */
  async send(tx: EntityManager, principal: Principal, id: string, body: LoanerTransferBody): Promise<void> {
    demand(principal, 'loaner.hand_over');
    const loaner = await this.own(tx, principal, id);
    await demandStore(tx, body.toStoreId);
    if (loaner.storeId === body.toStoreId) throw new DomainError('loaner.same_store');
    await this.dispatch(tx, principal, loaner, body);
  }

  private async dispatch(
    tx: EntityManager,
    principal: Principal,
    loaner: LoanerRecord,
    body: LoanerTransferBody,
  ): Promise<void> {
    const now = this.clock.now();
    await moveLoaner(tx, loaner, 'in_transfer', { by: byOf(principal), at: now, reason: body.note ?? null });
    await tx.query(
      'insert into loaner_transfer (id, loaner_id, from_store, to_store, note, sent_by, sent_name, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), loaner.id, loaner.storeId, body.toStoreId, body.note ?? null, principal.id, principal.displayName, now],
    );
  }

  /**
   * So many free ones from a store to another, the best first: all of them or none. Those somebody is just taking are passed over.
   * @throws DomainError permission.denied, store.not_found, loaner.same_store, loaner.none_available {free}
   */
  async sendSome(tx: EntityManager, principal: Principal, body: LoanerTransfersBody): Promise<LoanerTransfers['sent']> {
    demand(principal, 'loaner.manage');
    const { fromStoreId, toStoreId, modelId, count, note } = body;
    if (fromStoreId === toStoreId) throw new DomainError('loaner.same_store');
    for (const id of [fromStoreId, toStoreId]) await demandStore(tx, id);
    const free = await lockSome(tx, fromStoreId, modelId ?? null, count);
    if (free.length < count) throw new DomainError('loaner.none_available', { free: free.length });
    for (const loaner of free) await this.dispatch(tx, principal, loaner, { toStoreId, note });
    return free.map(({ id, label }) => ({ id, label }));
  }

  /**
   * It has arrived: said by whoever received it.
   * @throws DomainError permission.denied, loaner.not_found, loaner.transition_forbidden
   */
  async receive(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'loaner.hand_over');
    const loaner = await lockLoaner(tx, id);
    const [under]: { id: string; toStore: string }[] = await tx.query(
      'select id, to_store as "toStore" from loaner_transfer where loaner_id = $1 and received_at is null and lost_at is null',
      [id],
    );
    demandOwnStore(principal, under?.toStore ?? loaner.storeId);
    if (!under) throw new DomainError('loaner.transition_forbidden', { from: loaner.state, to: 'available' });
    const now = this.clock.now();
    await tx.query('update loaner_transfer set received_by = $2, received_name = $3, received_at = $4 where id = $1', [
      ...[under.id, principal.id, principal.displayName, now],
    ]);
    await moveLoaner(tx, loaner, 'available', { by: byOf(principal), at: now, storeId: under.toStore });
  }

  private async own(tx: EntityManager, principal: Principal, id: string): Promise<LoanerRecord> {
    const loaner = await lockLoaner(tx, id);
    demandOwnStore(principal, loaner.storeId);
    if (loaner.state === 'reserved' || loaner.state === 'on_loan') throw new DomainError('loaner.on_loan');
    return loaner;
  }
}

async function demandStore(tx: EntityManager, id: string): Promise<void> {
  const rows: unknown[] = await tx.query('select from store where id = $1', [id]);
  if (rows.length === 0) throw new DomainError('store.not_found');
}

/** A label and an IMEI are of one phone. */
async function labelled(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === '23505') throw new DomainError('loaner.label_taken');
    throw error;
  }
}
