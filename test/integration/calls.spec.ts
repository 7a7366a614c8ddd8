import { ArrivalService, CallAttachJob, CallLogService, readCall } from '#cases';
import type { CaseEvent } from '#contracts';
import { CallerView, TimelineView } from '#views';
import { aPerson, aStore, arrive, dm, openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
beforeAll(async () => {
  rooms = await openRooms({ HILO_TIMEZONE: 'Europe/Madrid' });
});
afterAll(() => rooms.close());
// What the product never empties is emptied here all the same.
beforeEach(() =>
  rooms.db.query('begin; set local session_replication_role = replica; truncate call_log, customer cascade; commit'),
);

const PHONE = '+34612407718';
const call = (id: string, over: object = {}) =>
  readCall(
    { id, phone: PHONE, direction: 'inbound', outcome: 'missed', startedAt: '2026-03-01T10:04:00Z', ...over },
    1,
  );

const take = async (...calls: ReturnType<typeof call>[]) => {
  const supervisor = await aPerson(rooms, 'supervisor');
  return rooms.database.transaction((tx) => rooms.get(CallLogService).take(tx, supervisor, calls));
};

/** Says by phone at the counter who they are, so that the number has a customer. */
async function someone(displayName: string, phone = PHONE) {
  const [agent, store] = [await aPerson(rooms, 'agent'), await aStore(rooms)];
  return rooms.database.transaction((tx) =>
    rooms.get(ArrivalService).visit(tx, agent, { storeId: store, customer: { displayName, phone }, text: 'No llama.' }),
  );
}

const entries = () =>
  rooms.db.query<{ case_id: string; external_id: string; occurred_at: Date; automatic: boolean; outcome: string }>(
    `select i.case_id, i.external_id, i.occurred_at, i.automatic, k.outcome from interaction i join call k on k.interaction_id = i.id order by i.occurred_at`,
  );
const theCase = async (id: string) =>
  (
    await rooms.db.query<{ unread: number; next_action: string; version: number }>(
      'select * from cases where id = $1',
      [id],
    )
  )[0];

it('keeps each call once, in the clock of the house where the list says none', async () => {
  const lines = [
    call('1'),
    call('1'),
    call('2', { startedAt: '2026-07-01 10:04', phone: '' }),
    call('3', { direction: 'up' }),
  ];
  expect(await take(...lines)).toEqual({
    imported: 2,
    duplicates: 1,
    onCases: 0,
    refused: [{ line: 1, column: 'direction', message: expect.any(String) as string }],
  });
  expect(await take(call('1'))).toMatchObject({ imported: 0, duplicates: 1 });
  expect(await rooms.db.query('select external_id, phone, started_at from call_log order by external_id')).toEqual([
    { external_id: '1', phone: PHONE, started_at: new Date('2026-03-01T10:04:00Z') },
    { external_id: '2', phone: null, started_at: new Date('2026-07-01T08:04:00Z') },
  ]);
  expect(await rooms.db.query('select from cases')).toHaveLength(0);
});

it('puts a call of somebody with an open case on it; only a missed one asks for an answer', async () => {
  const { caseId } = await someone('Marta');
  await rooms.db.query(`update cases set unread = 0, next_action = 'await_customer' where id = $1`, [caseId]);
  expect(await take(call('1', { outcome: 'answered', durationSeconds: 90 }))).toMatchObject({
    imported: 1,
    onCases: 1,
  });
  expect(await theCase(caseId)).toMatchObject({ unread: 0, next_action: 'await_customer' });
  expect(await take(call('2'))).toMatchObject({ imported: 1, onCases: 1 });
  expect(await theCase(caseId)).toMatchObject({ unread: 1, next_action: 'reply', preview: 'No llama.' });
  expect(await entries()).toMatchObject([
    { case_id: caseId, external_id: 'pbx:1', automatic: true, outcome: 'answered' },
    { case_id: caseId, external_id: 'pbx:2', automatic: false, outcome: 'no_answer' },
  ]);
});

it('brings earlier calls to the case their caller gets, those of a week, once', async () => {
  const now = rooms.clock.now().getTime();
  const ago = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  await take(call('old', { startedAt: ago(200) }), call('a', { startedAt: ago(3) }), call('b', { startedAt: ago(1) }));
  const { caseId } = await someone('Marta');
  const before = await theCase(caseId);
  const events = await rooms.db.query<CaseEvent & Record<string, unknown>>(
    `select id, case_id as "caseId", type, data from case_event where type = 'contact_point.added'`,
  );
  expect(events).toHaveLength(1);
  const job = rooms.get(CallAttachJob);
  await job.run({ events, correlationId: null });
  await job.run({ events, correlationId: null });
  expect((await entries()).map(({ external_id }) => external_id)).toEqual(['pbx:a', 'pbx:b']);
  expect(await theCase(caseId)).toMatchObject({ unread: before?.unread, next_action: before?.next_action });
  const page = JSON.parse(
    await rooms.get(TimelineView).page(rooms.database.manager, { id: '', storeId: null }, caseId, { limit: 50 }),
  ) as { items: { channel: string; call: object | null }[] };
  expect(page.items.filter((item) => item.channel === 'phone').map((item) => item.call)).toEqual([
    { outcome: 'no_answer', times: 1, durationSeconds: 0, extension: null },
    { outcome: 'no_answer', times: 1, durationSeconds: 0, extension: null },
  ]);
});

it('says on the opening of a case of somebody known that calls wait, and catches up without a job', async () => {
  const { caseId } = await someone('Marta');
  await rooms.db.query(`update cases set status = 'closed' where id = $1`, [caseId]);
  await take(call('1', { startedAt: rooms.clock.now().toISOString() }));
  const again = await someone('Marta');
  expect(again.caseId).not.toBe(caseId);
  const [opened] = await rooms.db.query(
    `select data -> 'callsWaiting' as waiting from case_event where case_id = $1 and type = 'case.opened'`,
    [again.caseId],
  );
  expect(opened).toEqual({ waiting: true });
  rooms.clock.advance(61_000);
  expect(await rooms.get(CallAttachJob).catchUp()).toBe(false);
  expect(await entries()).toMatchObject([{ case_id: again.caseId, external_id: 'pbx:1' }]);
  const stranger = await arrive(rooms, dm('1700000000000000077'));
  const [other] = await rooms.db.query(
    `select data -> 'callsWaiting' as waiting from case_event where case_id = $1 and type = 'case.opened'`,
    [stranger.caseId],
  );
  expect(other).toEqual({ waiting: false });
});

it('tells who calls: everything to an agent, to another store that there is a case and no more', async () => {
  await take(call('1', { startedAt: '2026-03-01T09:00:00Z' }), call('2', { outcome: 'busy' }));
  const { caseId, caseReference, customerId } = await someone('Marta');
  const callers = rooms.get(CallerView);
  const caller = await callers.find({ id: '', storeId: null }, PHONE);
  expect(caller).toMatchObject({
    phone: PHONE,
    customer: { id: customerId, displayName: 'Marta' },
    openCase: { id: caseId, reference: caseReference, status: 'new', problem: 'No llama' },
    calls: [{ outcome: 'busy' }, { outcome: 'no_answer', startedAt: '2026-03-01T09:00:00.000Z' }],
  });
  const store = await aStore(rooms);
  expect(await callers.find({ id: '', storeId: store }, PHONE)).toMatchObject({
    openCase: { reference: caseReference, problem: null },
  });
  expect(await callers.find({ id: '', storeId: null }, '+34600000000')).toEqual({
    phone: '+34600000000',
    customer: null,
    openCase: null,
    calls: [],
  });
});

it('counts among the latest calls those that people wrote down', async () => {
  const { customerId } = await someone('Marta');
  const agent = await aPerson(rooms, 'agent');
  await take(call('1', { startedAt: '2026-03-01T09:00:00Z', outcome: 'busy' }));
  const body = { phone: PHONE, direction: 'outbound' as const, outcome: 'voicemail' as const, customerId };
  const { caseId } = await rooms.database.transaction((tx) => rooms.get(ArrivalService).call(tx, agent, body));
  const { calls } = await rooms.get(CallerView).find({ id: '', storeId: null }, PHONE);
  expect(calls.map(({ outcome }) => outcome)).toEqual(['voicemail', 'busy']);
  await rooms.db.query(`update cases set status = 'closed' where id = $1`, [caseId]);
  const wordless = await rooms.database.transaction((tx) => rooms.get(ArrivalService).call(tx, agent, body));
  expect(await rooms.db.query('select problem from cases where id = $1', [wordless.caseId])).toEqual([
    { problem: null },
  ]);
  expect(await rooms.db.query('select from problem where case_id = $1', [wordless.caseId])).toHaveLength(0);
});

it('is for supervisors and switchboards only', async () => {
  const agent = await aPerson(rooms, 'agent');
  await expect(
    rooms.database.transaction((tx) => rooms.get(CallLogService).take(tx, agent, [call('1')])),
  ).rejects.toMatchObject({ code: 'permission.denied' });
  expect(await rooms.db.query('select from call_log')).toHaveLength(0);
});

it('writes down what was said elsewhere, with place and address', async () => {
  const agent = await aPerson(rooms, 'agent');
  const { customerId, caseId } = await someone('Marta');
  const body = {
    place: 'Foro Móvil',
    url: 'https://foro.example/t/42',
    text: 'Llevo dos días sin datos.',
    authorName: 'marta_g',
    customerId,
    occurredAt: '2026-03-01T08:00:00Z',
  };
  const answer = await rooms.database.transaction((tx) => rooms.get(ArrivalService).elsewhere(tx, agent, body));
  expect(answer).toMatchObject({ caseId, customerId });
  const entry = await rooms.get(TimelineView).interaction(rooms.database.manager, answer.interactionId);
  expect(entry).toMatchObject({
    channel: 'other',
    direction: 'inbound',
    text: body.text,
    occurredAt: '2026-03-01T08:00:00.000Z',
    author: { kind: 'agent', displayName: agent.displayName },
    elsewhere: { place: 'Foro Móvil', url: body.url, authorName: 'marta_g' },
  });
  const clerk = await aPerson(rooms, 'store', await aStore(rooms));
  await expect(
    rooms.database.transaction((tx) => rooms.get(ArrivalService).elsewhere(tx, clerk, body)),
  ).rejects.toMatchObject({ code: 'permission.denied' });
});
