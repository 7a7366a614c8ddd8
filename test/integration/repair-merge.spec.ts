import { actorOf, MergeService, UnmergeService } from '#cases';
import { NewRepairBody } from '#contracts';
import { LoanDecisions, LoanerModels, LoanerPool } from '#loaners';
import type { Principal } from '#identity';
import { newId } from '#platform';
import type { EntityManager } from 'typeorm';
import { aPerson, aStore } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
let boss: Principal;
beforeAll(async () => {
  world = await openRepairs();
  boss = await aPerson(world.rooms, 'supervisor');
});
afterAll(() => world.rooms.close());

const deed = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => world.rooms.database.transaction(work);
const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';
/** The case of the first goes on. */
const merge = async (into: string, from: string): Promise<string> => {
  const order = { into: await customerOf(into), from: await customerOf(from), reason: 'La misma persona' };
  return (await deed((tx) => world.rooms.get(MergeService).customers(tx, actorOf(world.agent), order))).mergeId;
};
const unmerge = (mergeId: string) => deed((tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId));
const phone = async (caseId: string): Promise<string> => {
  const [id, { db, clock }] = [newId(), world.rooms];
  await db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga Two', $2)`, [id, clock.now()]);
  const on = 'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)';
  await db.query(on, [caseId, id, clock.now()]);
  return id;
};
const open = async (caseId: string, deviceId: string, storeId = world.storeId): Promise<string> => {
  const order = { caseId, ...NewRepairBody.parse({ deviceId, storeId, fault: 'no_power' }) };
  return (await deed((tx) => world.services.orders.open(tx, world.agent, order))).repairId;
};
const repairsOf = async (caseId: string) => (await world.repairs(caseId)).items.map(({ id }) => id).toSorted();
const lent = async (caseId: string, to: { repairId?: string; deviceId?: string }): Promise<string> => {
  const { rooms, storeId } = world;
  const name = `Uno ${newId()}`;
  const model = { brand: 'Auriga', name, os: 'android' as const, sims: ['nano' as const] };
  const modelId = await deed((tx) => rooms.get(LoanerModels).add(tx, boss, model));
  const body = { storeId, modelId, label: `P-${newId().slice(-6)}`, grade: 'B' as const };
  const loanerId = await deed((tx) => rooms.get(LoanerPool).add(tx, boss, body));
  const order = { ...{ outcome: 'accepted' as const, storeId, loanerId, caseId }, ...to };
  return (await deed((tx) => rooms.get(LoanDecisions).decide(tx, world.agent, order))).loanId ?? '';
};
const caseOf = async (table: string, column: string, id: string) =>
  (
    await world.rooms.db.query<{ caseId: string }>(
      `select distinct case_id as "caseId" from ${table} where ${column} = $1`,
      [id],
    )
  ).map(({ caseId }) => caseId);
const factsOf = async (caseId: string) =>
  (
    await world.rooms.db.query<{ line: string }>(
      `select concat(kind, ' ', code) as line from story_fact where case_id = $1 and superseded_by is null order by line`,
      [caseId],
    )
  ).map(({ line }) => line);

describe('a repair that was begun while two cases were one', () => {
  it('goes back to the case whose phone it is, with its price and what was promised; what is of the other stays', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const [theirs, ours] = [await phone(taken.caseId), await phone(kept.caseId)];
    const [before, stood] = [await factsOf(kept.caseId), await factsOf(taken.caseId)];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const [back, stays] = [await open(kept.caseId, theirs), await open(kept.caseId, ours)];
    const { id: quoteId } = await world.offered(back);
    await world.promise(back, world.in(3));
    await unmerge(mergeId);
    expect(await repairsOf(taken.caseId)).toEqual([taken.repairId, back].toSorted());
    expect(await repairsOf(kept.caseId)).toEqual([kept.repairId, stays].toSorted());
    expect((await world.repair(back)).quotes.map(({ id }) => id)).toEqual([quoteId]);
    const promised = await world.rooms.db.query<{ caseId: string; due: Date | null }>(
      `select c.id as "caseId", c.next_update_due_at as due from promise p join cases c on c.id = p.case_id where c.id = any($1)`,
      [[kept.caseId, taken.caseId]],
    );
    expect(promised).toEqual([1, 2].map(() => ({ caseId: taken.caseId, due: world.in(3) })));
    expect(await factsOf(kept.caseId)).toEqual(before);
    expect(await factsOf(taken.caseId)).toEqual([...stood, 'promised ', 'promised next_update'].toSorted());
    // It goes on there.
    await world.move(back, 'cancelled', 'No lo quiere');
    expect((await world.events(taken.caseId, 'repair.moved')).length).toBe(1);
  });

  it.each(['its repair', 'its phone'] as const)('takes the phone that was lent for it along: by %s', async (by) => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const device = await phone(taken.caseId);
    const before = await factsOf(kept.caseId);
    const mergeId = await merge(kept.caseId, taken.caseId);
    const repairId = await open(kept.caseId, device);
    const loanId = await lent(kept.caseId, by === 'its repair' ? { repairId } : { deviceId: device });
    await unmerge(mergeId);
    expect(await caseOf('loan', 'id', loanId)).toEqual([taken.caseId]);
    expect(await caseOf('loan_decision', 'loan_id', loanId)).toEqual([taken.caseId]);
    expect(await factsOf(kept.caseId)).toEqual(before);
    expect(await factsOf(taken.caseId)).toContain('decided loan');
    // Each of them has a place of its own for a loan.
    expect(await caseOf('loan', 'id', await lent(kept.caseId, {}))).toEqual([kept.caseId]);
    await expect(lent(taken.caseId, {})).rejects.toThrow('loan.case_has_one');
  });

  it('is seen by the store that sees it, which sees no other case', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const device = await phone(taken.caseId);
    const store = await aStore(world.rooms, 'Nexo Retiro');
    const mergeId = await merge(kept.caseId, taken.caseId);
    await world.rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [store, kept.caseId]);
    await open(kept.caseId, device, store);
    await unmerge(mergeId);
    expect(await caseOf('case_store', 'store_id', store)).toEqual([taken.caseId]);
  });

  it('stays, as does what was lent, where nobody can tell whose phone it is for', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const both = await phone(taken.caseId);
    const on = 'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)';
    await world.rooms.db.query(on, [kept.caseId, both, world.rooms.clock.now()]);
    const mergeId = await merge(kept.caseId, taken.caseId);
    const repairId = await open(kept.caseId, both);
    const loanId = await lent(kept.caseId, {});
    await unmerge(mergeId);
    expect(await repairsOf(kept.caseId)).toEqual([kept.repairId, repairId].toSorted());
    expect(await caseOf('loan', 'id', loanId)).toEqual([kept.caseId]);
  });
});
