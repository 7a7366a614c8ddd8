import { actorOf, MergeService, UnmergeService } from '#cases';
import { NewRepairBody, type CaseEvent } from '#contracts';
import { BenefitDecisions, Benefits, ContributionJob } from '#goodwill';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { subscribers } from '../../apps/worker/src/subscribers.js';
import { aPerson } from '../factories/rooms.js';
import { refusal } from './goodwill.world.js';
import { LINE, openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
let boss: Principal;
beforeAll(async () => {
  world = await openRepairs();
  boss = await aPerson(world.rooms, 'supervisor');
}, 60_000);
afterAll(() => world?.rooms.close());

const follows = subscribers.find(({ job }) => job === 'benefit.contribute');
let handedOn = 0;
/** What happened since, as the relay hands it on; jobs may run twice, and beside each other. */
async function relay(): Promise<void> {
  const rows = await world.rooms.db.query<CaseEvent & { seq: string }>(
    `select id, seq::text, type, case_id as "caseId", data, 1 as "caseVersion", null as "correlationId", to_json(at) #>> '{}' as at
     from case_event where seq > $1 order by seq`,
    [handedOn],
  );
  handedOn = Number(rows.at(-1)?.seq ?? handedOn);
  const events = rows.filter((event) => follows?.wants(event));
  const job = world.rooms.get(ContributionJob);
  await Promise.all([job.run({ events, correlationId: null }), job.run({ events, correlationId: null })]);
}

const tx: RepairWorld['rooms']['database']['transaction'] = (...args: [never]) =>
  world.rooms.database.transaction(...args);
const customerOf = async (caseId: string) =>
  (await world.rooms.db.query<{ id: string }>('select customer_id as id from cases where id = $1', [caseId]))[0]?.id ??
  '';
/** The case of the first goes on. */
const merge = async (into: string, from: string) => {
  const order = { into: await customerOf(into), from: await customerOf(from), reason: 'La misma persona' };
  return (await tx((at) => world.rooms.get(MergeService).customers(at, actorOf(boss), order))).mergeId;
};
const unmerge = (mergeId: string) => tx((at) => world.rooms.get(UnmergeService).undo(at, boss, mergeId));
const approved = async (caseId: string, repairId: string, goodwill: number) => {
  const quote = await world.offered(repairId, { lines: [{ ...LINE, shares: { carrier: 5_000, goodwill } }] });
  await world.byLink(await world.link(caseId), quote);
  await relay();
};
const move = async (repairId: string, ...how: [Parameters<RepairWorld['move']>[1], string?]) => {
  await world.move(repairId, ...how);
  await relay();
};
/** What was ever put towards a repair, on whichever case it is now, oldest first. */
const towards = async (caseId: string) =>
  (
    await world.rooms.db.query<{ line: string }>(
      `select b.state || ' ' || (b."values" ->> 'amountCents') || case when b.customer_id = c.customer_id then '' else ' of another' end as line
       from benefit b join cases c on c.id = b.case_id where b.case_id = $1 order by b.created_at, b.id`,
      [caseId],
    )
  ).map(({ line }) => line);
const told = async (caseId: string) =>
  (
    await world.rooms.db.query<{ type: string }>(
      'select m.type from benefit_message m join benefit b on b.id = m.benefit_id where b.case_id = $1 order by m.created_at, m.id',
      [caseId],
    )
  ).map(({ type }) => type.split('.')[1]);
const byHand = (caseId: string, amountCents: number) =>
  tx((at) =>
    world.rooms.get(Benefits).give(at, world.agent, {
      ...{ caseId, kind: 'repair_contribution', amountCents, currency: 'EUR', reason: 'Por la espera' },
    }),
  );
/** Another phone of theirs is taken in. */
async function another(caseId: string): Promise<string> {
  const { db, clock } = world.rooms;
  const deviceId = newId();
  await db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga Two', $2)`, [
    ...[deviceId, clock.now()],
  ]);
  await db.query('insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)', [
    ...[caseId, deviceId, clock.now()],
  ]);
  const order = { caseId, ...NewRepairBody.parse({ deviceId, storeId: world.storeId, fault: 'no_power' }) };
  return (await tx((at) => world.services.orders.open(at, world.agent, order))).repairId;
}

describe('what is put towards a repair whose case becomes another', () => {
  it('stands through two merges', async () => {
    const [first, second, third] = [await world.taken(), await world.taken(), await world.taken()];
    await approved(first.caseId, first.repairId, 2_000);
    await merge(second.caseId, first.caseId);
    await merge(third.caseId, second.caseId);
    await relay();
    await move(first.repairId, 'in_repair');
    expect(await towards(third.caseId)).toEqual(['active 2000']);
    expect(await told(third.caseId)).toEqual(['granted']);
  });

  it('goes back with its repair when they are two again, and ends with it', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    await relay();
    const mergeId = await merge(kept.caseId, taken.caseId);
    await approved(kept.caseId, taken.repairId, 2_000);
    expect(await towards(kept.caseId)).toEqual(['active 2000']);
    await unmerge(mergeId);
    await relay();
    expect([await towards(kept.caseId), await towards(taken.caseId)]).toEqual([[], ['active 2000']]);
    await move(taken.repairId, 'cancelled', 'No lo quiere');
    expect(await towards(taken.caseId)).toEqual(['ended 2000']);
    expect(await told(taken.caseId)).toEqual(['granted', 'withdrawn']);
  });

  it('is what the next version says, though nobody had told it yet that they are two again', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    await approved(kept.caseId, taken.repairId, 2_000);
    await unmerge(mergeId);
    await approved(taken.caseId, taken.repairId, 3_000);
    expect([await towards(kept.caseId), await towards(taken.caseId)]).toEqual([[], ['ended 2000', 'active 3000']]);
  });

  it('is given where the repair is, when it is told late', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const mergeId = await merge(kept.caseId, taken.caseId);
    const quote = await world.offered(taken.repairId, { lines: [{ ...LINE, shares: { goodwill: 2_000 } }] });
    await world.byLink(await world.link(kept.caseId), quote);
    await unmerge(mergeId);
    await relay();
    expect([await towards(kept.caseId), await towards(taken.caseId)]).toEqual([[], ['active 2000']]);
  });

  it('is given on the case that is left while a merge commits', async () => {
    const [kept, taken] = [await world.taken(), await world.taken()];
    const quote = await world.offered(taken.repairId, { lines: [{ ...LINE, shares: { goodwill: 2_000 } }] });
    await world.byLink(await world.link(taken.caseId), quote);
    await Promise.all([merge(kept.caseId, taken.caseId), relay()]);
    await relay();
    expect([await towards(kept.caseId), await towards(taken.caseId)]).toEqual([['active 2000'], []]);
    expect(await told(kept.caseId)).toEqual(['granted']);
  });
});

it('a repair that goes on after all has its contribution again; what a person ended stays ended', async () => {
  const { caseId, repairId } = await world.taken();
  await approved(caseId, repairId, 2_000);
  await move(repairId, 'in_repair');
  await move(repairId, 'unrepairable', 'Sin pieza');
  expect(await towards(caseId)).toEqual(['ended 2000']);
  await move(repairId, 'diagnosed', 'Hay pieza');
  await move(repairId, 'in_repair');
  expect(await towards(caseId)).toEqual(['ended 2000', 'active 2000']);
  expect(await told(caseId)).toEqual(['granted', 'withdrawn', 'granted']);
  const [standing] = await world.rooms.db.query<{ id: string }>(
    `select id from benefit where case_id = $1 and state = 'active'`,
    [caseId],
  );
  await tx((at) => world.rooms.get(BenefitDecisions).stop(at, world.agent, standing?.id ?? '', 'Por error'));
  await move(repairId, 'repaired');
  expect(await towards(caseId)).toEqual(['ended 2000', 'ended 2000']);
});

it('with two phones, what was given by hand is nobody else’s to take back', async () => {
  const { caseId, repairId } = await world.taken();
  await byHand(caseId, 400);
  const second = await another(caseId);
  await approved(caseId, second, 500);
  expect(await towards(caseId)).toEqual(['active 400', 'active 500']);
  // The first phone has no quote: something may still be given for it.
  expect(await refusal(byHand(caseId, 100))).toBe('done');
  expect(await towards(caseId)).toEqual(['active 400', 'active 500', 'active 100']);
  await approved(caseId, repairId, 600);
  expect(await refusal(byHand(caseId, 100))).toBe('benefit.in_quote');
});
