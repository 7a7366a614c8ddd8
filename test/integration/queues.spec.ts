import { QueueService } from '#cases';
import type { NewQueueBody, Queue } from '#contracts';
import type { Principal } from '#identity';
import { QueueView } from '#views';
import { aPerson, arrive, aStore, dm, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let supervisor: Principal;
let agent: Principal;
const service = () => rooms.get(QueueService);

beforeAll(async () => {
  rooms = await openRooms();
  supervisor = await aPerson(rooms, 'supervisor');
  agent = await aPerson(rooms);
});
afterAll(() => rooms.close());

const create = (body: Partial<NewQueueBody> & { name: string }, by = supervisor): Promise<string> =>
  rooms.database.transaction((tx) => service().create(tx, by, { kind: 'work', skills: [], agentIds: [], ...body }));
const find = (id: string, by = supervisor): Promise<Queue> =>
  rooms.get(QueueView).find(rooms.database.manager, readerOf(by), id);
const remove = (id: string): Promise<void> => rooms.database.transaction((tx) => service().remove(tx, supervisor, id));
const worked = async (person: Principal): Promise<string[]> =>
  (
    await rooms.db.query<{ name: string }>('select name from queue where id in (select queues_of($1)) order by name', [
      person.id,
    ])
  ).map(({ name }) => name);

it('begins with the default queue and one for what took too long', async () => {
  const queues = await rooms.get(QueueView).list(rooms.database.manager, readerOf(agent), { stores: false });
  expect(queues).toMatchObject([
    { name: 'Atención al cliente', kind: 'work', isDefault: true, members: 0, waiting: 0, oldestAt: null },
    { name: 'Crítico', kind: 'escalation', isDefault: false },
  ]);
});

it('is made, changed, given people and taken away', async () => {
  const id = await create({ name: 'Empresas', skills: ['empresas'], agentIds: [agent.id] });
  expect(await find(id)).toMatchObject({
    name: 'Empresas',
    skills: ['empresas'],
    members: 1,
    people: [{ id: agent.id }],
  });
  await rooms.database.transaction(async (tx) => {
    await service().change(tx, supervisor, id, { name: 'Pymes', skills: [] });
    await service().setMembers(tx, supervisor, id, [supervisor.id, agent.id]);
    await service().setMembers(tx, supervisor, id, [supervisor.id]);
  });
  expect(await find(id)).toMatchObject({ name: 'Pymes', skills: [], kind: 'work', people: [{ id: supervisor.id }] });
  await expect(create({ name: 'Pymes' })).rejects.toMatchObject({ code: 'queue.name_taken' });
  await remove(id);
  await expect(find(id)).rejects.toMatchObject({ code: 'queue.not_found' });
  await expect(remove(id)).rejects.toMatchObject({ code: 'queue.not_found' });
  expect((await find(await create({ name: 'Pymes' }))).members).toBe(0);
});

it('stays while cases are in it; the default one and those of stores stay for good', async () => {
  const id = await create({ name: 'Portabilidad' });
  const { caseId } = await arrive(rooms, dm('5501'));
  await rooms.db.query('update cases set queue_id = $2 where id = $1', [caseId, id]);
  expect(await find(id)).toMatchObject({ waiting: 1, capped: false, oldestAt: '2026-03-02T09:00:00.000Z' });
  // Whoever does not see the case does not learn that it waits.
  const store = await aPerson(rooms, 'store', await aStore(rooms));
  expect(await find(id, store)).toMatchObject({ waiting: 0, oldestAt: null });
  await expect(remove(id)).rejects.toMatchObject({ code: 'queue.in_use', details: { open: 1 } });
  await rooms.db.query(`update cases set status = 'spam' where id = $1`, [caseId]);
  expect(await find(id)).toMatchObject({ waiting: 0, oldestAt: null });
  await remove(id);
  const storeId = await aStore(rooms);
  const fixed = await rooms.db.query<{ id: string }>('select id from queue where is_default or store_id = $1', [
    storeId,
  ]);
  expect(fixed).toHaveLength(2);
  for (const queue of fixed) await expect(remove(queue.id)).rejects.toMatchObject({ code: 'queue.fixed' });
});

it('is worked by its members with what it takes, without members by those of the place', async () => {
  const storeId = await aStore(rooms, 'Nexo Cuenca');
  const [one, other, counter] = [await aPerson(rooms), await aPerson(rooms), await aPerson(rooms, 'store', storeId)];
  await create({ name: 'Fibra', skills: ['fibra'], agentIds: [one.id, other.id, counter.id] });
  const everybodys = ['Atención al cliente', 'Crítico', 'Pymes'];
  expect(await worked(one)).toEqual(everybodys);
  await rooms.database.transaction((tx) =>
    service().setWorker(tx, supervisor, one.id, { skills: ['fibra', 'radio'], languages: ['es'], capacity: 7 }),
  );
  expect(await worked(one)).toEqual([...everybodys, 'Fibra'].sort());
  expect(await worked(counter)).toEqual(['Nexo Cuenca']);
  await rooms.db.query(`update agent set skills = '{fibra}' where id = any($1)`, [[counter.id, agent.id]]);
  expect(await worked(counter)).toEqual(['Fibra', 'Nexo Cuenca']);
  expect(await worked(agent)).toEqual(everybodys);
  const [found] = await rooms.get(QueueView).workers(rooms.database.manager, rooms.clock.now(), one.id);
  expect(found).toMatchObject({ skills: ['fibra', 'radio'], languages: ['es'], capacity: 7, load: 0, away: null });
});

it('is looked after by supervisors alone', async () => {
  const denied = { code: 'permission.denied' };
  const { database } = rooms;
  await expect(create({ name: 'Mía' }, agent)).rejects.toMatchObject(denied);
  const id = await create({ name: 'Suya' });
  for (const deed of [
    () => database.transaction((tx) => service().change(tx, agent, id, { name: 'Mía' })),
    () => database.transaction((tx) => service().setMembers(tx, agent, id, [agent.id])),
    () => database.transaction((tx) => service().setWorker(tx, agent, agent.id, { skills: ['todo'] })),
    () => database.transaction((tx) => service().remove(tx, agent, id)),
  ])
    await expect(deed()).rejects.toMatchObject(denied);
  expect(await find(id)).toMatchObject({ name: 'Suya', members: 0 });
});
