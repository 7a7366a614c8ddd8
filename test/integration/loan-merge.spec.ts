import { actorOf, expectCaseAt, MergeService, record, SYSTEM, UnmergeService } from '#cases';
import { LoanFollowJob } from '#loaners';
import type { CaseEvent } from '#contracts';
import { newId } from '#platform';
import { subscribers } from '../../apps/worker/src/subscribers.js';
import { aPerson, aStore } from '../factories/rooms.js';
import { DAY, HOUR, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
beforeAll(async () => {
  world = await openLoaners();
});
afterAll(() => world.rooms.close());

const follows = subscribers.find(({ job }) => job === 'loan.follow');
const now = () => world.rooms.clock.now();
const at = (days: number) => new Date(now().getTime() + days * DAY);
const dueOf = async (loanId: string) => (await world.loan(loanId))['due_at'] as Date;
const daysTo = async (loanId: string) => Math.round(((await dueOf(loanId)).getTime() - now().getTime()) / DAY);

let handedOn = 0;
/** What happened since, as the relay hands it on; jobs may run twice. */
async function relay(): Promise<void> {
  const rows = await world.rooms.db.query<CaseEvent & { seq: string }>(
    `select id, seq::text, type, case_id as "caseId", data, 1 as "caseVersion", null as "correlationId", to_json(at) #>> '{}' as at
     from case_event where seq > $1 order by seq`,
    [handedOn],
  );
  handedOn = Number(rows.at(-1)?.seq ?? handedOn);
  const events = rows.filter((event) => follows?.wants(event));
  const job = world.rooms.get(LoanFollowJob);
  await Promise.all([job.run({ events, correlationId: null }), job.run({ events, correlationId: null })]);
}

const promise = (caseId: string, repairId: string, to: Date) =>
  world.do((tx) =>
    record(tx, caseId, SYSTEM, 'test', now(), [
      { type: 'repair.promise_moved', data: { repairId, from: null, to: to.toISOString(), reason: null } },
    ]),
  );
const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';
/** The case of the first goes on. */
const merge = async (into: string, from: string) => {
  const people = { into: await customerOf(into), from: await customerOf(from) };
  const order = { ...people, reason: 'La misma persona' };
  return (await world.do((tx) => world.rooms.get(MergeService).customers(tx, actorOf(world.boss), order))).mergeId;
};
const unmerge = (mergeId: string) => world.do((tx) => world.rooms.get(UnmergeService).undo(tx, world.boss, mergeId));
const fresh = async () => world.loaner(await world.model());
const phone = async (caseId: string): Promise<string> => {
  const [id, { db }] = [newId(), world.rooms];
  await db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga Two', $2)`, [id, now()]);
  const on = 'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)';
  await db.query(on, [caseId, id, now()]);
  return id;
};
/** Kept for them at a store, for a phone of theirs. */
const reservedFor = async (caseId: string, deviceId: string, storeId = world.storeId): Promise<string> => {
  const order = { deviceId, storeId, loanerId: await world.loaner(await world.model(), storeId) };
  return (await world.decide(caseId, order)).loanId ?? '';
};
const declined = async (caseId: string, deviceId: string, reason: string) => {
  world.rooms.clock.advance(HOUR);
  await world.decide(caseId, { deviceId, outcome: 'declined', reason });
};
/** What the story holds of lending, and whether it took the place of something there. */
const decidedOn = async (caseId: string) =>
  (
    await world.rooms.db.query<{ said: string; renews: boolean }>(
      `select coalesce(nullif(f.values ->> 'reason', ''), f.values ->> 'says') as said, exists (select from story_fact b where b.superseded_by = f.id) as renews
       from story_fact f where f.case_id = $1 and f.code = 'loan' and f.superseded_by is null order by f.id`,
      [caseId],
    )
  ).map(({ said, renews }) => [said, renews]);
/** What a store sees of these cases: for good, and for a while. */
const seenAt = async (storeId: string) => {
  const { db } = world.rooms;
  const ids = async (query: string) =>
    (await db.query<{ id: string }>(query, [storeId])).map(({ id }) => id).toSorted();
  return {
    forGood: await ids('select case_id as id from case_store where store_id = $1'),
    forAWhile: await ids('select case_id as id from case_grant where viewer = $1 and until > now()'),
  };
};
const swapped = async (loanId: string): Promise<string> => {
  const body = { reason: 'No carga', photoIds: [], accessories: [], unsignedBecause: 'En papel' };
  await world.do(async (tx) => world.losses.swap(tx, world.clerk, loanId, { ...body, loanerId: await fresh() }));
  return (
    (await world.rooms.db.query<{ id: string }>('select id from loan where swapped_from = $1', [loanId]))[0]?.id ?? ''
  );
};
const handOver = (loanId: string, by = world.boss) => {
  const body = { termsVersion: 1, relieves: [], unsignedBecause: 'En papel' };
  return world.do((tx) => world.loans.handOver(tx, by, { ...body, loanId }));
};
async function lentOn(caseId: string, repairId: string): Promise<string> {
  return world.lent(caseId, await fresh(), { repairId });
}

describe('a loan whose case becomes another', () => {
  it('is due with the repair the other case knows of, as soon as they are one', async () => {
    const [kept, taken, repairId] = [await world.aCase(), await world.aCase(), newId()];
    await promise(kept, repairId, at(20));
    const loanId = await lentOn(taken, repairId);
    await relay();
    expect(await daysTo(loanId)).toBe(14);
    await merge(kept, taken);
    await relay();
    expect(await daysTo(loanId)).toBe(22);
    expect(await world.events(kept, 'loan.due_moved')).toMatchObject([{ data: { loanId, because: 'repair' } }]);
  });

  it('follows its repair through two merges', async () => {
    const [first, second, third, repairId] = [await world.aCase(), await world.aCase(), await world.aCase(), newId()];
    await promise(first, repairId, at(5));
    const loanId = await lentOn(first, repairId);
    await relay();
    await merge(second, first);
    await merge(third, second);
    await relay();
    expect(await daysTo(loanId)).toBe(7);
    await promise(third, repairId, at(9));
    await relay();
    expect(await daysTo(loanId)).toBe(11);
    expect(await world.loan(loanId)).toMatchObject({ case_id: third });
  });

  it('keeps the day it was given while they were one, and goes back with its case', async () => {
    const [kept, taken, repairId] = [await world.aCase(), await world.aCase(), newId()];
    await promise(taken, repairId, at(5));
    const loanId = await lentOn(taken, repairId);
    await relay();
    const mergeId = await merge(kept, taken);
    await promise(kept, repairId, at(12));
    await relay();
    expect(await daysTo(loanId)).toBe(14);
    await unmerge(mergeId);
    await relay();
    expect(await world.loan(loanId)).toMatchObject({ case_id: taken });
    expect(await daysTo(loanId)).toBe(14);
    await promise(taken, repairId, at(15));
    await relay();
    expect(await daysTo(loanId)).toBe(17);
  });

  it('goes back to its case also when the phone was swapped meanwhile', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    const loanId = await world.lent(taken, await fresh());
    const mergeId = await merge(kept, taken);
    const other = await swapped(loanId);
    await unmerge(mergeId);
    await relay();
    expect(await world.loan(other)).toMatchObject({ case_id: taken, state: 'active' });
    // Each of them has a place of its own again.
    await world.reserve(kept, await fresh());
  });

  it('lent for a phone of the other case goes back with it, however often it was swapped', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    const deviceId = await phone(taken);
    const mergeId = await merge(kept, taken);
    const loanId = await reservedFor(kept, deviceId);
    await world.lend(loanId);
    const third = await swapped(await swapped(loanId));
    await unmerge(mergeId);
    expect(await world.loan(third)).toMatchObject({ case_id: taken, slot: taken, state: 'active' });
  });

  it('leaves the other story what had been decided there', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    const [ours, theirs] = [await phone(kept), await phone(taken)];
    await declined(kept, ours, 'Tiene otro');
    const mergeId = await merge(kept, taken);
    await reservedFor(kept, theirs);
    expect(await decidedOn(kept)).toEqual([['reserved', true]]);
    await unmerge(mergeId);
    expect([await decidedOn(kept), await decidedOn(taken)]).toEqual([[['Tiene otro', false]], [['reserved', false]]]);
  });

  it('leaves each story what was decided of its own last, whatever was between', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    const [ours, theirs] = [await phone(kept), await phone(taken)];
    await declined(kept, ours, 'Primera');
    const mergeId = await merge(kept, taken);
    await declined(kept, theirs, 'Suya');
    await declined(kept, ours, 'Segunda');
    await reservedFor(kept, theirs);
    await unmerge(mergeId);
    expect([await decidedOn(kept), await decidedOn(taken)]).toEqual([[['Segunda', true]], [['reserved', true]]]);
  });

  it('is asked for on the case that is left, each step once, and given up there when nobody comes', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    await world.lent(taken, await fresh());
    await merge(kept, taken);
    const other = await world.aCase();
    const loanerId = await fresh();
    const reserved = await world.reserve(other, loanerId);
    await merge(kept, other);
    world.rooms.clock.advance(30 * HOUR);
    await Promise.all([world.sweep(), world.sweep()]);
    world.rooms.clock.advance(3 * HOUR);
    await Promise.all([world.sweep(), world.sweep()]);
    expect(await world.loan(reserved)).toMatchObject({ state: 'released', case_id: kept });
    expect(await world.stateOf(loanerId)).toBe('available');
    for (let day = 0; day < 30; day += 1) {
      world.rooms.clock.advance(DAY);
      await Promise.all([world.sweep(), world.sweep()]);
    }
    expect((await world.events(kept, 'loan.overdue')).map(({ data }) => data['rung'])).toEqual([
      ...['reminder', 'call', 'supervisor'],
    ]);
    expect(await world.events(taken, 'loan.overdue')).toEqual([]);
  });

  it('a sweep that waits for a merge writes on the case that is left', async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    await world.lent(taken, await fresh());
    world.rooms.clock.advance(15 * DAY);
    await Promise.all([merge(kept, taken), world.sweep(), world.sweep()]);
    await world.sweep();
    const rungs = [...(await world.events(kept, 'loan.overdue')), ...(await world.events(taken, 'loan.overdue'))];
    expect(rungs.map(({ data }) => data['rung'])).toEqual(['reminder']);
  });
});

describe('a store that lends a phone while two cases are one', () => {
  const begin = async () => {
    const [kept, taken] = [await world.aCase(), await world.aCase()];
    return {
      kept,
      taken,
      ours: await phone(kept),
      theirs: await phone(taken),
      storeId: await aStore(world.rooms, 'Nexo'),
    };
  };

  it('can hand over what it keeps for the other one, whose case alone it sees', async () => {
    const { kept, taken, theirs, storeId } = await begin();
    const mergeId = await merge(kept, taken);
    const loanId = await reservedFor(kept, theirs, storeId);
    expect(await seenAt(storeId)).toEqual({ forGood: [], forAWhile: [kept] });
    await unmerge(mergeId);
    expect(await seenAt(storeId)).toEqual({ forGood: [], forAWhile: [taken] });
    const clerk = await aPerson(world.rooms, 'store', storeId);
    await handOver(loanId, clerk);
    expect((await seenAt(storeId)).forGood).toEqual([taken]);
  });

  it('goes on expecting whom it expected before', async () => {
    const { kept, taken, theirs, storeId } = await begin();
    await world.do((tx) => expectCaseAt(tx, kept, storeId, at(1)));
    const mergeId = await merge(kept, taken);
    await reservedFor(kept, theirs, storeId);
    await unmerge(mergeId);
    expect((await seenAt(storeId)).forAWhile).toEqual([kept, taken].toSorted());
  });

  it('goes on expecting whom it was told of since', async () => {
    const { kept, taken, theirs, storeId } = await begin();
    const mergeId = await merge(kept, taken);
    await reservedFor(kept, theirs, storeId);
    await world.rooms.db.query(
      `insert into warm_redirect (id, case_id, store_id, interaction_id, by_id, by_name, at)
       select $1, i.case_id, $3, i.id, $4, 'Marta', $5 from interaction i where i.case_id = $2 order by i.id limit 1`,
      [newId(), kept, storeId, world.agent.id, now()],
    );
    await unmerge(mergeId);
    expect((await seenAt(storeId)).forAWhile).toEqual([kept, taken].toSorted());
  });

  it.each([false, true])('sees the case it lent it for, and no other: it is back: %s', async (back) => {
    const { kept, taken, ours, theirs, storeId } = await begin();
    const both = await aStore(world.rooms, 'Nexo C');
    const mergeId = await merge(kept, taken);
    const borrow = async (deviceId: string, at: string) => {
      const loanId = await reservedFor(kept, deviceId, at);
      await handOver(loanId);
      return () => world.takeBack(loanId, {}, world.boss);
    };
    for (const deviceId of [ours, theirs]) await (await borrow(deviceId, both))();
    const end = await borrow(theirs, storeId);
    if (back) await end();
    await unmerge(mergeId);
    expect(await seenAt(storeId)).toEqual({ forGood: [taken], forAWhile: [taken] });
    const two = [kept, taken].toSorted();
    expect(await seenAt(both)).toEqual({ forGood: two, forAWhile: two });
  });

  it('sees what it lent a phone for besides what it had seen', async () => {
    const { kept, taken, ours, storeId } = await begin();
    await world.rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [storeId, taken]);
    const mergeId = await merge(kept, taken);
    await handOver(await reservedFor(kept, ours, storeId));
    await unmerge(mergeId);
    const two = [kept, taken].toSorted();
    expect(await seenAt(storeId)).toEqual({ forGood: two, forAWhile: [kept] });
  });
});
