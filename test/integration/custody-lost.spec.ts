import { LegLosses } from '#handoffs';
import { Teller } from '#notifications';
import { aPerson, readerOf } from '../factories/rooms.js';
import { NotificationView } from '#views';
import { anotherStore, openCustody, type CustodyWorld } from './custody.world.js';

let world: CustodyWorld;
beforeAll(async () => {
  world = await openCustody();
});
afterAll(() => world.rooms.close());

/** Who was told of it, by their ids, with the store they were told at. */
async function told(caseId: string): Promise<{ agentId: string; store: string | null; read: boolean }[]> {
  const { db, database } = world.rooms;
  const events = await db.query<{ id: string }>(
    `select id from case_event where case_id = $1 and (type = 'leg.lost' or type = 'claim.settled') order by seq`,
    [caseId],
  );
  const ids = events.map(({ id }) => id);
  for (let time = 0; time < 2; time += 1) await database.transaction((tx) => world.rooms.get(Teller).tellOf(tx, ids));
  return db.query(
    `select agent_id as "agentId", values ->> 'store' as store, read_at is not null as read from notification
     where case_id = $1 and kind = 'device_lost' order by agent_id`,
    [caseId],
  );
}

it('lost on its way: who has the case, supervisors and both stores know, until the claim is settled', async () => {
  const { rooms } = world;
  const { caseId, deviceId } = await world.taken();
  const there = await anotherStore(world);
  const [owner, boss, on, off] = [
    await aPerson(rooms),
    await aPerson(rooms, 'supervisor'),
    await aPerson(rooms, 'store', there.id ?? ''),
    await aPerson(rooms, 'store', there.id ?? ''),
  ];
  await rooms.db.query('update agent set on_shift = id <> $1 where id = any($2)', [off.id, [on.id, off.id]]);
  await rooms.db.query('update cases set assignee_id = $2 where id = $1', [caseId, owner.id]);
  const leg = await world.plan(caseId, { deviceId, from: world.store, to: there, courier: world.courier });
  await world.pickUp(leg);
  const { claim } = await world.lose(leg);
  const at = await told(caseId);
  expect(at.map(({ agentId }) => agentId).toSorted()).toEqual([owner.id, boss.id, on.id, world.clerk.id].toSorted());
  expect(at.find(({ agentId }) => agentId === on.id)?.store).toBe(there.name);
  expect(at.find(({ agentId }) => agentId === owner.id)?.store).toBeNull();
  expect(at.every(({ read }) => !read)).toBe(true);
  const settle = (state: 'open' | 'refused') =>
    rooms.database.transaction((tx) =>
      rooms.get(LegLosses).settle(tx, world.agent, claim?.id ?? '', { state, note: 'Lo mira la aseguradora' }),
    );
  await settle('open');
  expect((await told(caseId)).some(({ read }) => read)).toBe(false);
  const page = await rooms.get(NotificationView).list(rooms.database.manager, readerOf(owner), { limit: 20 });
  expect(page.items).toMatchObject([{ case: { id: caseId }, items: [{ kind: 'device_lost' }] }]);
  await settle('refused');
  expect((await told(caseId)).every(({ read }) => read)).toBe(true);
});
