import fc from 'fast-check';
import type { Channel, ImpactKind, NewPolicyBody, Policy, PolicyConditions, Priority, Tier } from '#contracts';
import { ClockService, PolicyReader, PolicyReapplies, PolicyService, ReapplyReader } from '#sla';
import { ClockView } from '#views';
import { aPerson, aStore, dm, mail, readerOf, receive } from '../factories/rooms.js';
import { MINUTE_MS, openPolicies, type PolicyWorld } from './policy.world.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const FAST: NewPolicyBody['targets'] = { first_useful_action: { minutes: 15, calendar: 'always' } };

let world: PolicyWorld;
beforeAll(async () => {
  world = await openPolicies();
}, 60_000);
afterAll(() => world?.rooms.close());

const service = () => world.rooms.get(PolicyService);
const create = (name: string, conditions: PolicyConditions = {}, by = world.supervisor): Promise<Policy> =>
  world.rooms.database.transaction(async (tx) =>
    world.rooms.get(PolicyReader).find(tx, await service().create(tx, by, { name, conditions, targets: FAST })),
  );
const arrange = (id: string, body: { isActive?: boolean; place?: number }, by = world.supervisor) =>
  world.rooms.database.transaction((tx) => service().arrange(tx, by, id, body));
const preview = (facts: { priority?: Priority; tier?: Tier; channels?: Channel[]; lacks?: ImpactKind[] }) =>
  world.rooms.get(PolicyReader).preview(world.rooms.database.manager, {
    ...{ caseFacts: { priority: 'normal', tier: 'standard', channels: [], lacks: [], ...facts } },
    startAt: '2026-03-02T09:00:00.000Z',
  });
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );
it.each(['bm8', 'null', '', '[]', '{}', '["a","b"]', '[1,"b"]', '[99999999999]'])(
  'a cursor like %j is none of ours',
  async (text) => {
    const cursor = Buffer.from(text).toString('base64url');
    const { manager } = world.rooms.database;
    expect(await refusal(world.rooms.get(PolicyReader).list(manager, { limit: 5, cursor }))).toBe('request.invalid');
  },
);

const names = async () => (await world.policies()).map(({ name }) => name);
const readOn = (caseId: string) =>
  world.rooms.database.transaction((tx) => world.rooms.get(ClockService).advance(tx, [caseId]));
const clocks = async (caseId: string) => {
  const { rooms, agent } = world;
  return (await rooms.get(ClockView).find(rooms.database.manager, readerOf(agent), caseId, rooms.clock.now())).items;
};

it('a new one stands before the one for every case, and is moved', async () => {
  const critical = await create('Crítica', { priorities: ['critical'] });
  const calls = await create('Sin llamadas', { lacks: ['calls'] });
  expect(await names()).toEqual(['Crítica', 'Sin llamadas', 'General']);
  await arrange(calls.id, { place: 0 });
  expect(await names()).toEqual(['Sin llamadas', 'Crítica', 'General']);
  await Promise.all([
    arrange(calls.id, { place: 2 }),
    arrange(critical.id, { place: 2 }),
    arrange(calls.id, { place: 0 }),
  ]);
  expect((await names()).toSorted()).toEqual(['Crítica', 'General', 'Sin llamadas']);
  const positions = await world.rooms.db.query<{ position: number }>('select position from sla_policy');
  expect(new Set(positions.map(({ position }) => position)).size).toBe(3);
  await arrange(calls.id, { place: 0 });
  await arrange(critical.id, { place: 1 });
});

it('what it says is never rewritten: another version, unless it says the same', async () => {
  const policy = await create('Con historia', { tiers: ['gold'] });
  const renamed = await world.put(policy, { name: 'Con nombre' });
  expect([renamed.name, renamed.version]).toEqual(['Con nombre', 1]);
  const second = await world.put(renamed, { conditions: { tiers: ['silver', 'gold'] } });
  const third = await world.put(second, { targets: { relief: { minutes: 60, calendar: 'house' } } });
  expect(third).toMatchObject({
    version: 3,
    conditions: { tiers: ['gold', 'silver'] },
    by: { id: world.supervisor.id },
  });
  expect((await world.put(third, { conditions: { tiers: ['silver', 'gold'] } })).version).toBe(3);
  expect(await refusal(world.put(second, { name: 'Tarde' }))).toBe('policy.version_conflict');
  const page = await world.rooms.get(PolicyReader).versions(world.rooms.database.manager, policy.id, { limit: 2 });
  expect(page.items.map(({ version, targets }) => [version, Object.keys(targets)])).toEqual([
    [3, ['relief']],
    [2, ['first_useful_action']],
  ]);
  const cursor = page.nextCursor ?? '';
  const rest = await world.rooms
    .get(PolicyReader)
    .versions(world.rooms.database.manager, policy.id, { limit: 2, cursor });
  expect(rest.items.map(({ version }) => version)).toEqual([1]);
  await arrange(policy.id, { isActive: false });
});

it('refuses what cannot be, and who may not', async () => {
  const { database, db } = world.rooms;
  const general = await world.general();
  expect(await refusal(arrange(general.id, { isActive: false }))).toBe('policy.last_catch_all');
  expect(await refusal(world.put(general, { conditions: { tiers: ['gold'] } }))).toBe('policy.last_catch_all');
  const other = await create('Otra para todos');
  expect(await refusal(arrange(general.id, { isActive: false }))).toBe('done');
  expect(await refusal(arrange(other.id, { isActive: false }))).toBe('policy.last_catch_all');
  await arrange(general.id, { isActive: true });
  await arrange(other.id, { isActive: false });
  expect(await refusal(create('General'))).toBe('policy.name_taken');
  const target = (calendar: string, minutes = 10) => world.put(general, { targets: { relief: { minutes, calendar } } });
  expect(await refusal(target(NOBODY))).toBe('policy.no_such_calendar');
  await db.query(`insert into calendar (id, name) values ($1, 'Nunca')`, [NOBODY]);
  await db.query(
    `insert into calendar_version (calendar_id, valid_from, time_zone, weekly, created_at) values ($1, '2026-01-01', 'UTC', '{}', now())`,
    [NOBODY],
  );
  expect(await refusal(target(NOBODY))).toBe('calendar.never_opens');
  expect(await world.general()).toMatchObject({ version: general.version, isActive: true });
  const [agent, store] = [world.agent, await aPerson(world.rooms, 'store', await aStore(world.rooms))];
  for (const by of [agent, store]) {
    expect(await refusal(create('Ajena', {}, by))).toBe('permission.denied');
    expect(await refusal(arrange(general.id, { place: 0 }, by))).toBe('permission.denied');
    const start = database.transaction((tx) =>
      world.rooms.get(PolicyReapplies).start(tx, by, general.id, { preview: false, version: general.version }),
    );
    expect(await refusal(start)).toBe('permission.denied');
  }
  expect(await refusal(arrange(NOBODY, { place: 0 }))).toBe('policy.not_found');
});

it('tells which policy a case would go by, why not by those before, and when everything is due', async () => {
  const gold = await preview({ priority: 'critical', lacks: ['data'] });
  expect(gold.policy).toMatchObject({ name: 'Crítica', version: 1 });
  expect(gold.passed.map(({ name, not }) => [name, not])).toEqual([['Sin llamadas', ['lacks']]]);
  expect(gold.targets).toMatchObject([
    { metric: 'first_useful_action', minutes: 15, dueAt: '2026-03-02T09:15:00.000Z', timeZone: 'Europe/Madrid' },
  ]);
  expect(gold.targets[0]?.steps).toMatchObject([{ kind: 'counted', minutes: 15 }]);
  expect((await preview({ lacks: ['data', 'calls'] })).policy?.name).toBe('Sin llamadas');
  expect((await preview({})).policy?.name).toBe('General');
});

it('what is told is what a case gets', async () => {
  const [arrival] = await receive(world.rooms, mail('faltan@correo.test', { lacks: ['calls'] }));
  const caseId = arrival?.caseId ?? '';
  await readOn(caseId);
  expect((await clocks(caseId)).map(({ metric, minutes, policy }) => [metric, minutes, policy?.name])).toEqual([
    ['first_useful_action', 15, 'Sin llamadas'],
  ]);
});

it('chooses as anybody would who reads the conditions', async () => {
  const some = <T>(...words: T[]) =>
    fc.option(fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }), { nil: undefined });
  const priorities: Priority[] = ['low', 'normal', 'high', 'critical'];
  const conditions = fc.record({
    ...{ priorities: some(...priorities), tiers: some<Tier>('gold', 'silver', 'standard') },
    ...{ channels: some<Channel>('twitter', 'email', 'store'), lacks: some<ImpactKind>('calls', 'data', 'apps') },
  });
  const policies = await world.policies();
  const sets = fc.sample(fc.array(conditions, { minLength: 2, maxLength: 2 }), { numRuns: 12, seed: 5 });
  let [first, second] = [policies[0], policies[1]];
  for (const [one = {}, other = {}] of sets) {
    if (!first || !second) throw new Error('two policies are needed');
    [first, second] = [await world.put(first, { conditions: one }), await world.put(second, { conditions: other })];
    const facts = fc.record({
      ...{ priority: fc.constantFrom(...priorities), tier: fc.constantFrom<Tier>('gold', 'silver', 'standard') },
      channels: fc.uniqueArray(fc.constantFrom<Channel>('twitter', 'email', 'store'), { minLength: 1 }),
      lacks: fc.uniqueArray(fc.constantFrom<ImpactKind>('calls', 'data', 'apps')),
    });
    for (const fact of fc.sample(facts, { numRuns: 12, seed: 6 })) {
      const isFor = (asked: PolicyConditions) =>
        (asked.priorities?.includes(fact.priority) ?? true) &&
        (asked.tiers?.includes(fact.tier) ?? true) &&
        (asked.channels?.some((word) => fact.channels.includes(word)) ?? true) &&
        (asked.lacks?.some((word) => fact.lacks.includes(word)) ?? true);
      const wanted = isFor(one) ? first.name : isFor(other) ? second.name : 'General';
      expect((await preview(fact)).policy?.name).toBe(wanted);
    }
  }
});

it('running cases keep their version until it is applied, with who did it; the loan phone changes no policy', async () => {
  const policy = await world.put((await world.policies())[0] ?? (await world.general()), {
    conditions: { lacks: ['calls'] },
  });
  const [arrival] = await receive(world.rooms, dm('987', { lacks: ['calls'] }));
  const caseId = arrival?.caseId ?? '';
  await readOn(caseId);
  const [impact] = (await world.detail(caseId)).impacts;
  await world.impact(caseId, impact?.id ?? '', 'relieved');
  world.rooms.clock.advance(5 * MINUTE_MS);
  const next = await world.put(policy, { targets: { first_useful_action: { minutes: 45, calendar: 'always' } } });
  expect((await clocks(caseId))[0]).toMatchObject({ minutes: 15, policy: { version: policy.version } });
  expect((await world.policies())[0]?.running).toContainEqual({ version: policy.version, cases: 1 });
  await world.start(next);
  await world.work();
  const [clock] = await clocks(caseId);
  expect(clock).toMatchObject({ minutes: 45, policy: { version: next.version } });
  expect(Date.parse(clock?.dueAt ?? '') - world.rooms.clock.now().getTime()).toBe(40 * MINUTE_MS);
  expect(clock?.ledger.map(({ type, businessMinutes, actor }) => [type, businessMinutes, actor.name])).toEqual([
    ['started', 0, expect.any(String)],
    ['reapplied', 5, world.supervisor.displayName],
  ]);
  expect(await world.events(caseId, 'policy.reapplied')).toMatchObject([
    {
      data: { policyName: next.name, version: next.version, previousName: next.name, previousVersion: policy.version },
      actor_name: world.supervisor.displayName,
    },
  ]);
  // A reader that comes later finds nothing to do, and the case goes on by the new version.
  await readOn(caseId);
  expect((await clocks(caseId))[0]).toEqual(clock);
});

it('what is named anew has counted since it would have begun, without the pauses, and is late from now on at the earliest', async () => {
  const { rooms } = world;
  const policy = await create('Sin fotos', { lacks: ['photos'] });
  await arrange(policy.id, { place: 0 });
  const [arrival] = await receive(rooms, mail('fotos@correo.test', { lacks: ['photos'] }));
  const caseId = arrival?.caseId ?? '';
  const pass = (minutes: number) => rooms.clock.advance(minutes * MINUTE_MS);
  await readOn(caseId);
  pass(10);
  await world.patch(caseId, { status: 'waiting', waitReason: 'customer' });
  pass(30);
  await world.patch(caseId, { status: 'in_solution' });
  pass(15);
  const targets = {
    ...FAST,
    relief: { minutes: 60, calendar: 'always' },
    resolution: { minutes: 20, calendar: 'always' },
  };
  const next = await world.put(policy, { targets });
  const seen = await rooms.get(ReapplyReader).preview(rooms.database.manager, next.id, next.version);
  // First help became late by the old target; it is no news of the new one.
  expect(seen).toMatchObject({ cases: 1, clocks: 1, begin: 2, end: 0, becomeLate: 1, stopBeingLate: 0 });
  await world.start(next);
  await world.work();
  const now = rooms.clock.now().getTime();
  const told = (await clocks(caseId)).filter(({ side }) => side === 'customer');
  const due = (metric: string) => {
    const clock = told.find((each) => each.metric === metric);
    return [
      clock?.state,
      (Date.parse(clock?.dueAt ?? '') - now) / MINUTE_MS,
      clock?.ledger.map(({ type, businessMinutes }) => [type, businessMinutes]),
    ];
  };
  expect(due('relief')).toEqual([
    'running',
    35,
    [
      ['started', 0],
      ['reapplied', 25],
    ],
  ]);
  expect(due('resolution')).toEqual([
    'breached',
    0,
    [
      ['started', 0],
      ['reapplied', 25],
      ['breached', 25],
    ],
  ]);
  expect((await world.events(caseId, 'clock.breached')).map(({ data }) => data['metric'])).toEqual([
    'first_useful_action',
    'resolution',
  ]);
  // From here on they are clocks as any other.
  await world.patch(caseId, { status: 'waiting', waitReason: 'customer' });
  await readOn(caseId);
  expect((await clocks(caseId)).find(({ metric, side }) => metric === 'relief' && side === 'customer')).toMatchObject({
    ...{ state: 'paused', round: 1 },
  });
});
