import type { EntityManager } from 'typeorm';
import type { EscalationQuery, Rung } from '#contracts';
import { MergeService } from '#cases';
import { newId } from '#platform';
import { ClockService, EscalationDeeds, EscalationReader, EscalationService, LadderService } from '#sla';
import type { Principal } from '#identity';
import { aPerson, aStore, mail, receive } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

const MINUTE_MS = 60_000;

let world: StoryWorld;
let boss: Principal;
let second: Principal;
beforeEach(async () => {
  world = await openStory();
  boss = await aPerson(world.rooms, 'supervisor');
  second = await aPerson(world.rooms, 'supervisor');
});
afterEach(() => world?.rooms.close());

const inside = <T>(deed: (tx: EntityManager) => Promise<T>) => world.rooms.database.transaction(deed);
const readOn = async () => {
  const cases = await world.rooms.db.query<{ id: string }>('select id from cases');
  await inside((tx) =>
    world.rooms.get(ClockService).advance(
      tx,
      cases.map(({ id }) => id),
    ),
  );
};
const raise = () => inside((tx) => world.rooms.get(EscalationService).raise(tx));
const climb = () => inside((tx) => world.rooms.get(EscalationService).climb(tx));
/** Once round, as the worker does it again and again. */
const sweep = async () => {
  await readOn();
  await raise();
  await readOn();
  await climb();
  await readOn();
};
const pass = (minutes: number) => world.rooms.clock.advance(minutes * MINUTE_MS);

async function aCase(more: Parameters<typeof mail>[1] = {}): Promise<string> {
  const [arrival] = await receive(world.rooms, mail(`${Math.random()}@correo.test`, more));
  await readOn();
  return arrival?.caseId ?? '';
}

interface Row {
  id: string;
  metric: string;
  rung: number;
  reason: string;
  minute: number;
  accountable_id: string | null;
  told: string[];
  ended_why: string | null;
}
const rows = (caseId: string, metric = '%') =>
  world.rooms.db.query<Row>(
    `select x.id, x.metric, x.rung, x.reason, extract(epoch from x.due_at - c.opened_at)::int / 60 as minute, x.accountable_id, x.told::text[] as told, x.ended_why
     from escalation x join cases c on c.id = x.case_id where x.case_id = $1 and x.metric like $2 order by x.raised_at, x.due_at, x.rung`,
    [caseId, metric],
  );
const told = async (caseId: string, metric = 'first_useful_action') =>
  (await rows(caseId, metric)).map(({ rung, reason, minute }) => [rung, reason, minute]);
const list = async (person: Principal, query: Partial<EscalationQuery> = {}) =>
  (await inside((tx) => world.rooms.get(EscalationReader).list(tx, person, { state: 'open', limit: 50, ...query })))
    .items;

it('each rung is raised once, in order, when it is reached', async () => {
  const caseId = await aCase();
  await world.patch(caseId, { assigneeId: world.agent.id });
  for (let minute = 0; minute < 120; minute += 5) {
    pass(5);
    await sweep();
  }
  expect(await told(caseId)).toEqual([
    [0, 'share', 45],
    [1, 'breach', 60],
    [2, 'unacknowledged', 75],
  ]);
  const raised = await rows(caseId, 'first_useful_action');
  const supervisors = [boss.id, second.id].toSorted();
  expect(raised.map((row) => row.told)).toEqual([
    [world.agent.id],
    [world.agent.id, ...supervisors].toSorted(),
    supervisors,
  ]);
  expect(raised.map((row) => row.accountable_id === world.agent.id)).toEqual([true, true, false]);
  const owner = (await world.detail(caseId)).assignee?.id ?? '';
  expect(supervisors).toContain(owner);
  const events = await world.events(caseId, 'escalation.raised');
  expect(events.map(({ data }) => [data['rung'], data['reason'], data['accountableId']])).toEqual([
    [0, 'share', world.agent.id],
    [1, 'breach', world.agent.id],
    [2, 'unacknowledged', owner],
  ]);
  expect((await world.events(caseId, 'case.assigned')).at(-1)?.data).toMatchObject({
    assigneeId: owner,
    previousId: world.agent.id,
  });
});

it('one of a clock waits to be acknowledged, the highest; a reminder to who has the case is none', async () => {
  const caseId = await aCase();
  await world.patch(caseId, { assigneeId: world.agent.id });
  const waits = async () =>
    (await list(boss, {})).filter((each) => each.case.id === caseId).map(({ metric, rung }) => [metric, rung]);
  pass(50);
  await sweep();
  expect([await told(caseId), await waits()]).toEqual([[[0, 'share', 45]], []]);
  pass(15);
  await sweep();
  expect(await waits()).toEqual([['first_useful_action', 2]]);
  pass(20);
  await sweep();
  expect(await waits()).toEqual([['first_useful_action', 3]]);
  const [shown] = await list(boss, {});
  await inside((tx) => world.rooms.get(EscalationDeeds).acknowledge(tx, boss, [shown?.id ?? '']));
  expect(await waits()).toEqual([]);
});

it('two sweeps at once raise nothing twice', async () => {
  const cases = [await aCase(), await aCase(), await aCase()];
  pass(61);
  await readOn();
  await Promise.all([raise(), raise(), raise()]);
  await readOn();
  await raise();
  pass(16);
  await readOn();
  await Promise.all([climb(), climb(), climb()]);
  for (const caseId of cases) {
    expect((await told(caseId)).map(([rung]) => rung)).toEqual([0, 1, 2]);
    expect(await world.events(caseId, 'escalation.raised')).toHaveLength(3);
  }
});

it('what was missed in an hour comes out in order, each once; who is told late has all their time to say so', async () => {
  const caseId = await aCase({ lacks: ['calls'] });
  pass(72 * 60 + 60);
  await sweep();
  expect(await told(caseId, 'relief')).toEqual([
    [0, 'share', 1080],
    [1, 'breach', 1440],
    [4, 'elapsed', 1440],
    [5, 'elapsed', 2880],
    [6, 'elapsed', 4320],
  ]);
  const found = await world.detail(caseId);
  expect([found.queue?.name, found.priority]).toEqual(['Crítico', 'critical']);
  pass(14);
  await sweep();
  expect((await told(caseId, 'relief')).map(([rung]) => rung)).not.toContain(2);
  pass(1);
  await sweep();
  await sweep();
  expect((await told(caseId, 'relief')).filter(([rung]) => rung === 2)).toEqual([[2, 'unacknowledged', 73 * 60 + 15]]);
});

it('who acknowledges in time stops the climbing, and what is met ends its escalations', async () => {
  const caseId = await aCase({ lacks: ['calls'] });
  pass(60);
  await sweep();
  const [open] = (await list(boss)).filter(({ metric, rung }) => metric === 'first_useful_action' && rung === 2);
  const deeds = world.rooms.get(EscalationDeeds);
  const outcome = await inside((tx) => deeds.acknowledge(tx, boss, [open?.id ?? '', newId()]));
  expect(outcome.items).toEqual([
    { id: open?.id, done: true, code: null },
    { id: expect.any(String), done: false, code: 'escalation.not_found' },
  ]);
  pass(30);
  await sweep();
  expect((await told(caseId)).map(([rung]) => rung)).toEqual([0, 1]);
  expect(await list(boss)).toEqual([]);
  expect((await list(boss, { state: 'acknowledged' })).map(({ acknowledgedBy }) => acknowledgedBy?.id)).toEqual([
    boss.id,
    boss.id,
  ]);
  pass(24 * 60);
  await sweep();
  await world.restoreAll(caseId);
  await sweep();
  expect((await rows(caseId, 'relief')).map(({ ended_why }) => ended_why)).toEqual(['met', 'met', 'met']);
  const ended = (await rows(caseId)).filter(({ ended_why }) => ended_why !== null).map(({ id }) => id);
  const said = async () =>
    (await world.events(caseId, 'escalation.ended')).map(({ data }) => String(data['escalationId'])).toSorted();
  expect(await said()).toEqual(ended.toSorted());
  await sweep();
  expect(await said()).toEqual(ended.toSorted());
});

it('a clock that stands still reaches no share of its time, but days without service', async () => {
  const caseId = await aCase({ lacks: ['calls'] });
  pass(100);
  await world.patch(caseId, { status: 'waiting', waitReason: 'customer' });
  pass(24 * 60 - 101);
  await sweep();
  expect(await told(caseId, 'relief')).toEqual([]);
  pass(1);
  await sweep();
  expect(await told(caseId, 'relief')).toEqual([[4, 'elapsed', 1440]]);
  await world.patch(caseId, { status: 'in_solution' });
  await readOn();
  pass(980);
  await sweep();
  expect(await told(caseId, 'relief')).toEqual([
    [4, 'elapsed', 1440],
    [0, 'share', 1440 + 980],
  ]);
});

it('a case that is merged into another ends what was escalated of it; that of the other goes on', async () => {
  const [into, from] = [await aCase(), await aCase()];
  pass(50);
  await sweep();
  const customers = await world.rooms.db.query<{ customer_id: string }>(
    'select customer_id from cases where id = any($1) order by id',
    [[into, from]],
  );
  await inside((tx) =>
    world.rooms
      .get(MergeService)
      .customers(
        tx,
        { kind: 'agent', id: world.agent.id, name: world.agent.displayName },
        { into: customers[0]?.customer_id ?? '', from: customers[1]?.customer_id ?? '', reason: 'La misma persona' },
      ),
  );
  await sweep();
  const ends = (
    await world.rooms.db.query<{ status: string; why: string | null }>(
      `select c.status, x.ended_why as why from escalation x join cases c on c.id = x.case_id order by c.status`,
    )
  ).map(({ status, why }) => [status === 'merged', why]);
  expect(ends.toSorted()).toEqual([
    [false, null],
    [true, 'dropped'],
  ]);
});

it('supervisors take over and hand on in bulk; each has its own outcome, and others may not', async () => {
  const [one, two] = [await aCase(), await aCase()];
  pass(61);
  await sweep();
  const ids = (await list(boss)).filter(({ rung }) => rung === 2).map(({ id }) => id);
  const deeds = world.rooms.get(EscalationDeeds);
  const outsider = await aPerson(world.rooms);
  expect((await inside((tx) => deeds.acknowledge(tx, outsider, ids))).items.map(({ code }) => code)).toEqual([
    'escalation.not_yours',
    'escalation.not_yours',
  ]);
  await expect(
    inside((tx) => deeds.reassign(tx, outsider, { ids, assigneeId: outsider.id, reason: 'Me lo quedo' })),
  ).rejects.toMatchObject({ code: 'permission.denied' });
  const clerk = await aPerson(world.rooms, 'store', await aStore(world.rooms));
  expect(await list(clerk)).toEqual([]);
  expect((await inside((tx) => deeds.acknowledge(tx, clerk, ids))).items.map(({ code }) => code)).toEqual([
    'escalation.not_found',
    'escalation.not_found',
  ]);
  expect((await inside((tx) => deeds.take(tx, boss, ids.slice(0, 1)))).items).toEqual([
    { id: ids[0], done: true, code: null },
  ]);
  const rest = await inside((tx) => deeds.reassign(tx, boss, { ids, assigneeId: second.id, reason: 'Turno de tarde' }));
  expect(rest.items).toEqual([
    { id: ids[0], done: false, code: 'escalation.settled' },
    { id: ids[1], done: true, code: null },
  ]);
  const owners = [(await world.detail(one)).assignee?.id, (await world.detail(two)).assignee?.id];
  expect(owners.toSorted()).toEqual([boss.id, second.id].toSorted());
});

it('a ladder of a queue goes before that of the house; a clock keeps the version it began with', async () => {
  const ladders = world.rooms.get(LadderService);
  const rung = (share: number): Rung => ({
    ...{ when: { share }, metrics: ['first_useful_action'], tell: ['queue', world.agent.id], accountable: null },
    ...{ queueId: null, priority: null, acknowledgeMinutes: null },
  });
  const [queue] = await world.rooms.db.query<{ id: string }>('select id from queue where is_default');
  const queueId = queue?.id ?? '';
  await world.rooms.db.query('insert into queue_member (queue_id, agent_id) values ($1, $2)', [queueId, second.id]);
  const made = await inside((tx) => ladders.create(tx, boss, { name: 'Rápida', queueId, rungs: [rung(0.1)] }));
  await expect(inside((tx) => ladders.create(tx, boss, { name: 'Otra', queueId, rungs: [] }))).rejects.toMatchObject({
    code: 'ladder.queue_taken',
  });
  await expect(
    inside((tx) => ladders.create(tx, world.agent, { name: 'Otra', queueId: null, rungs: [] })),
  ).rejects.toMatchObject({ code: 'permission.denied' });
  const before = await aCase();
  await inside((tx) => ladders.change(tx, boss, made.id, { rungs: [rung(0.5)], version: 1 }));
  await expect(inside((tx) => ladders.change(tx, boss, made.id, { rungs: [], version: 1 }))).rejects.toMatchObject({
    code: 'ladder.version_conflict',
  });
  const later = await aCase();
  pass(60);
  await sweep();
  expect([await told(before), await told(later)]).toEqual([[[0, 'share', 6]], [[0, 'share', 30]]]);
  expect((await rows(later))[0]?.told).toEqual([world.agent.id, second.id].toSorted());
});
