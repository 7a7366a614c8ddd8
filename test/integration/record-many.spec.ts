import { recordMany, SYSTEM, type NewEvent } from '#cases';
import { mail, openRooms, receive, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms();
});
afterAll(() => rooms?.close());

const aCase = async (): Promise<string> =>
  (await receive(rooms, mail(`${Math.random()}@correo.test`)))[0]?.caseId ?? '';
const queued = (queueName: string): NewEvent => ({
  type: 'case.queued',
  data: { queueId: '01900000-0000-7000-8000-000000000001', queueName },
});
const told = (caseId: string) =>
  rooms.db.query<{ name: string; version: number; actor: string; source: string }>(
    `select data ->> 'queueName' as name, case_version as version, actor_name as actor, source from case_event
     where case_id = $1 and type = 'case.queued' order by seq`,
    [caseId],
  );
const version = async (caseId: string) =>
  (await rooms.db.query<{ version: number }>('select version from cases where id = $1', [caseId]))[0]?.version ?? 0;

it('tells many cases in one go, each its own, in order, and moves their versions on', async () => {
  const [one, two, untouched] = [await aCase(), await aCase(), await aCase()];
  const before = { one: await version(one), two: await version(two), untouched: await version(untouched) };
  await rooms.database.transaction((tx) =>
    recordMany(tx, SYSTEM, 'test', rooms.clock.now(), [
      { caseId: two, events: [queued('b1'), queued('b2')] },
      { caseId: untouched, events: [] },
      { caseId: one, events: [queued('a1')] },
      { caseId: two, events: [queued('b3')] },
    ]),
  );
  expect((await told(one)).map(({ name }) => name)).toEqual(['a1']);
  expect(await told(two)).toEqual(
    ['b1', 'b2', 'b3'].map((name) => ({ name, version: before.two + 3, actor: 'Hilo', source: 'test' })),
  );
  expect([await version(one), await version(two), await version(untouched)]).toEqual([
    before.one + 1,
    before.two + 3,
    before.untouched,
  ]);
});

it('two at once, in opposite orders, wait for each other and both are told', async () => {
  const cases = [await aCase(), await aCase(), await aCase()];
  const tell = (name: string, caseIds: string[]) =>
    rooms.database.transaction((tx) =>
      recordMany(
        tx,
        SYSTEM,
        'test',
        rooms.clock.now(),
        caseIds.map((caseId) => ({ caseId, events: [queued(name)] })),
      ),
    );
  await Promise.all([
    tell('up', cases),
    tell('down', cases.toReversed()),
    tell('up', cases),
    tell('down', cases.toReversed()),
  ]);
  for (const caseId of cases)
    expect((await told(caseId)).map(({ name }) => name).toSorted()).toEqual(['down', 'down', 'up', 'up']);
});

it('a case that is not there is an error, and nothing is told', async () => {
  const caseId = await aCase();
  await expect(
    rooms.database.transaction((tx) =>
      recordMany(tx, SYSTEM, 'test', rooms.clock.now(), [
        { caseId, events: [queued('a')] },
        { caseId: '01900000-0000-7000-8000-00000000dead', events: [queued('b')] },
      ]),
    ),
  ).rejects.toThrow('1 events without a case');
  expect(await told(caseId)).toEqual([]);
});
