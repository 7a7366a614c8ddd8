import type { CaseClock, ClockMetric, ClockSide } from '#contracts';
import { lockCase, ReplyService } from '#cases';
import { Breaches, ClockService } from '#sla';
import { ClockView } from '#views';
import { aPerson, aStore, dm, mail, readerOf, receive } from '../factories/rooms.js';
import { openStory, type StoryWorld } from './story.world.js';

const MINUTE_MS = 60_000;

let world: StoryWorld;
beforeAll(async () => {
  world = await openStory();
});
afterAll(() => world?.rooms.close());

/** As the relay does after anything has happened. */
const readOn = (...caseIds: string[]) =>
  world.rooms.database.transaction((tx) => world.rooms.get(ClockService).advance(tx, caseIds));
const breach = () => world.rooms.database.transaction((tx) => world.rooms.get(Breaches).mark(tx));

async function clocks(caseId: string, reader = readerOf(world.agent)): Promise<CaseClock[]> {
  const { items } = await world.rooms
    .get(ClockView)
    .find(world.rooms.database.manager, reader, caseId, world.rooms.clock.now());
  return items;
}

async function clock(
  caseId: string,
  metric: ClockMetric,
  side: ClockSide = 'customer',
): Promise<CaseClock | undefined> {
  return (await clocks(caseId)).find((each) => each.metric === metric && each.side === side);
}

const ledger = (of: CaseClock | undefined) =>
  of?.ledger.map(({ type, businessMinutes, reason }) =>
    reason ? [type, businessMinutes, reason] : [type, businessMinutes],
  );

/** An answer of the agent, as the channel says it has left. */
async function answer(caseId: string, text: string): Promise<void> {
  const { rooms, agent } = world;
  const id = await rooms.database.transaction(async (tx) =>
    rooms
      .get(ReplyService)
      .reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'email', text, attachmentIds: [] }),
  );
  await rooms.database.query(
    `with bumped as (update cases set version = version + 1 where id = $1 returning version)
     select record_event($1, version, 'interaction.sent', jsonb_build_object('interactionId', $2::text, 'channel', 'email'), 'system', null, 'Hilo', 'test', null, $3) from bumped`,
    [caseId, id, rooms.clock.now()],
  );
}

async function aCase(more: Parameters<typeof mail>[1] = {}): Promise<string> {
  const [arrival] = await receive(world.rooms, mail(`${Math.random()}@correo.test`, more));
  return arrival?.caseId ?? '';
}

it('a case has its clocks when it is opened, by the policy of the house', async () => {
  const caseId = await aCase({ lacks: ['calls'] });
  await readOn(caseId);
  expect(
    (await clocks(caseId)).map(({ metric, side, state, minutes }) => [metric, side, state, minutes]).toSorted(),
  ).toEqual([
    ['first_useful_action', 'customer', 'running', 60],
    ['relief', 'customer', 'running', 1440],
    ['relief', 'team', 'running', 1440],
    ['resolution', 'customer', 'running', 7200],
    ['resolution', 'team', 'running', 7200],
    ['silence', 'customer', 'running', 1440],
  ]);
  const now = world.rooms.clock.now().getTime();
  expect((await world.detail(caseId)).nextDue).toEqual({
    ...{ metric: 'first_useful_action', state: 'running' },
    dueAt: new Date(now + 60 * MINUTE_MS).toISOString(),
  });
  const [policy] = new Set((await clocks(caseId)).map((each) => JSON.stringify(each.policy)));
  expect(policy).toBe('{"name":"General","version":1}');
});

it('read twice, or by two at once, nothing changes', async () => {
  const caseId = await aCase();
  await Promise.all([readOn(caseId), readOn(caseId), readOn(caseId)]);
  const before = await clocks(caseId);
  await readOn(caseId);
  expect(await clocks(caseId)).toEqual(before);
  expect(before.every((each) => each.ledger.length === 1)).toBe(true);
});

it('a bare redirect stops nothing; a useful answer does, and the next message waits for the next answer', async () => {
  const storeId = await aStore(world.rooms, 'Nexo Sol');
  expect(storeId).toBeTruthy();
  const address = `${Math.random()}@correo.test`;
  const [arrival] = await receive(world.rooms, mail(address));
  const caseId = arrival?.caseId ?? '';
  await readOn(caseId);
  world.rooms.clock.advance(10 * MINUTE_MS);
  await answer(caseId, 'Pásate por Nexo Sol, Calle Mayor, 1.');
  await readOn(caseId);
  expect((await world.events(caseId, 'redirect.bare')).length).toBe(1);
  expect((await clock(caseId, 'first_useful_action'))?.state).toBe('running');
  world.rooms.clock.advance(5 * MINUTE_MS);
  await answer(caseId, 'Lo reviso ahora mismo y te digo.');
  await readOn(caseId);
  const first = await clock(caseId, 'first_useful_action');
  expect(ledger(first)).toEqual([
    ['started', 0],
    ['met', 15],
  ]);
  expect(first?.ledger.at(-1)?.actor).toEqual({ kind: 'agent', id: world.agent.id, name: world.agent.displayName });

  await receive(world.rooms, mail(address, { text: '¿Y bien?' }));
  await readOn(caseId);
  expect((await clock(caseId, 'next_response'))?.state).toBe('running');
  expect((await world.detail(caseId)).nextDue?.metric).toBe('next_response');
});

it('what nobody typed starts nothing', async () => {
  const address = `${Math.random()}@correo.test`;
  const [arrival] = await receive(world.rooms, mail(address));
  const caseId = arrival?.caseId ?? '';
  await answer(caseId, 'Hola');
  await receive(world.rooms, mail(address, { automatic: true, automaticKind: 'auto_reply', text: 'Estoy fuera' }));
  await readOn(caseId);
  expect(await clock(caseId, 'next_response')).toBeUndefined();
});

it('waiting for a partner stops the clock of the team, with a person and a reason, never that of the customer', async () => {
  const caseId = await aCase();
  await readOn(caseId);
  world.rooms.clock.advance(30 * MINUTE_MS);
  await world.patch(caseId, { status: 'waiting', waitReason: 'partner' });
  await readOn(caseId);
  world.rooms.clock.advance(600 * MINUTE_MS);
  await world.patch(caseId, { status: 'in_solution' });
  await readOn(caseId);
  const team = await clock(caseId, 'resolution', 'team');
  expect(ledger(team)).toEqual([
    ['started', 0],
    ['paused', 30, 'partner'],
    ['resumed', 30],
  ]);
  expect(team?.ledger[1]?.actor.name).toBe(world.agent.displayName);
  const customer = await clock(caseId, 'resolution');
  expect(ledger(customer)).toEqual([['started', 0]]);
  expect(Date.parse(team?.dueAt ?? '') - Date.parse(customer?.dueAt ?? '')).toBe(600 * MINUTE_MS);
});

it('relief is there when nothing is lacking any more', async () => {
  const caseId = await aCase({ lacks: ['calls', 'data'] });
  await readOn(caseId);
  world.rooms.clock.advance(20 * MINUTE_MS);
  const [calls, data] = (await world.detail(caseId)).impacts;
  await world.impact(caseId, calls?.id ?? '', 'relieved');
  await readOn(caseId);
  expect((await clock(caseId, 'relief'))?.state).toBe('running');
  await world.impact(caseId, data?.id ?? '', 'restored');
  await readOn(caseId);
  expect(ledger(await clock(caseId, 'relief'))).toEqual([
    ['started', 0],
    ['met', 20],
  ]);
});

it('a promise to write is a clock of its own, which moves and is kept', async () => {
  const caseId = await aCase();
  const dueAt = (minutes: number) => new Date(world.rooms.clock.now().getTime() + minutes * MINUTE_MS).toISOString();
  await world.promise(caseId, { kind: 'update', dueAt: dueAt(30) });
  await readOn(caseId);
  expect((await world.detail(caseId)).nextDue?.metric).toBe('next_update');
  const [promise] = await world.rooms.db.query<{ id: string }>('select id from promise where case_id = $1', [caseId]);
  await world.decide(caseId, promise?.id ?? '', { state: 'kept' });
  await readOn(caseId);
  expect((await clock(caseId, 'next_update'))?.state).toBe('met');
});

it('a promise that was made, due and kept before anybody looked was late all the same', async () => {
  const caseId = await aCase();
  const due = new Date(world.rooms.clock.now().getTime() + 30 * MINUTE_MS).toISOString();
  await world.promise(caseId, { kind: 'update', dueAt: due });
  world.rooms.clock.advance(45 * MINUTE_MS);
  const [promise] = await world.rooms.db.query<{ id: string }>('select id from promise where case_id = $1', [caseId]);
  await world.decide(caseId, promise?.id ?? '', { state: 'kept' });
  await readOn(caseId);
  expect(await clock(caseId, 'next_update')).toMatchObject({ state: 'met', breachedAt: due });
});

it('thousands of clocks that are late at once are told as each would be alone', async () => {
  const [quiet, busy] = [await aCase({ lacks: ['calls'] }), await aCase({ lacks: ['calls'] })];
  await readOn(quiet, busy);
  world.rooms.clock.advance(1500 * MINUTE_MS);
  // Of the one nothing is unread; of the other something is, so that it is read case by case.
  await world.impact(busy, (await world.detail(busy)).impacts[0]?.id ?? '', 'confirmed');
  expect(
    await world.rooms.db.query(
      'select from case_ledger l where exists (select from case_event e where e.case_id = l.case_id and e.seq > l.seq)',
    ),
  ).toHaveLength(1);
  expect((await breach()).told).toBeGreaterThan(1);
  const told = async (caseId: string) => ({
    events: (await world.events(caseId, 'clock.breached')).map(({ data }) => data),
    clocks: (await clocks(caseId)).map(({ metric, side, state, breachedAt, ledger: lines }) => [
      ...[metric, side, state, breachedAt],
      ...lines.map(({ type, at, businessMinutes }) => [type, at, businessMinutes]),
    ]),
    row: await world.rooms.db.query(
      'select next_metric, next_due_at, next_is_late, quiet, update_late from case_ledger where case_id = $1',
      [caseId],
    ),
  });
  const [one, other] = [await told(quiet), await told(busy)];
  expect(one).toEqual(other);
  expect(one.events.map((data) => (data as { metric: string }).metric).toSorted()).toEqual([
    'first_useful_action',
    'relief',
    'silence',
  ]);
  expect(one.row).toEqual([expect.objectContaining({ next_is_late: true, quiet: true, update_late: false })]);
  expect((await breach()).told).toBe(0);
});

it('what is late is said once, at the time it was due, however often one looks', async () => {
  const caseId = await aCase();
  await readOn(caseId);
  const due = (await clock(caseId, 'first_useful_action'))?.dueAt;
  world.rooms.clock.advance(200 * MINUTE_MS);
  expect((await breach()).told).toBeGreaterThan(0);
  await Promise.all([breach(), breach()]);
  await readOn(caseId);
  expect(await world.events(caseId, 'clock.breached')).toEqual([
    {
      type: 'clock.breached',
      data: { metric: 'first_useful_action', side: 'customer', dueAt: due },
      actor_name: 'Hilo',
    },
  ]);
  const late = await clock(caseId, 'first_useful_action');
  expect([late?.state, late?.breachedAt]).toEqual(['breached', due]);
  expect((await world.detail(caseId)).nextDue).toEqual({
    metric: 'first_useful_action',
    state: 'breached',
    dueAt: due,
  });
});

it('who was answered in time is not late, though nobody had read it yet', async () => {
  const caseId = await aCase();
  await readOn(caseId);
  world.rooms.clock.advance(30 * MINUTE_MS);
  await answer(caseId, 'Lo miro ahora');
  world.rooms.clock.advance(60 * MINUTE_MS);
  await breach();
  await readOn(caseId);
  expect(await world.events(caseId, 'clock.breached')).toEqual([]);
  expect(await clock(caseId, 'first_useful_action')).toMatchObject({ state: 'met', breachedAt: null });
});

it('who was answered late is said to be, though the answer was read before anybody looked', async () => {
  const caseId = await aCase();
  await readOn(caseId);
  const due = (await clock(caseId, 'first_useful_action'))?.dueAt;
  world.rooms.clock.advance(90 * MINUTE_MS);
  await answer(caseId, 'Perdona la espera');
  await readOn(caseId);
  await breach();
  await breach();
  expect((await world.events(caseId, 'clock.breached')).map(({ data }) => data)).toEqual([
    { metric: 'first_useful_action', side: 'customer', dueAt: due },
  ]);
  expect(await clock(caseId, 'first_useful_action')).toMatchObject({ state: 'met', breachedAt: due });
});

it('a call nobody answered is no answer', async () => {
  const phone = '+34612407799';
  const { caseId } = await world.call(phone, { direction: 'inbound', outcome: 'answered', text: 'No enciende' });
  await readOn(caseId);
  expect((await clock(caseId, 'first_useful_action'))?.state).toBe('met');
  const other = await world.call('+34612407798', { direction: 'outbound', outcome: 'no_answer', text: 'No contesta' });
  await readOn(other.caseId);
  expect((await clock(other.caseId, 'first_useful_action'))?.state).toBe('running');
});

it('clocks that were looked away from for an hour are what they would have been', async () => {
  const [seen, unseen] = [await aCase({ lacks: ['data'] }), await aCase({ lacks: ['data'] })];
  const both = async (deed: (caseId: string) => Promise<unknown>) => {
    for (const caseId of [seen, unseen]) await deed(caseId);
    await readOn(seen);
    world.rooms.clock.advance(15 * MINUTE_MS);
  };
  await both(() => Promise.resolve());
  await both((caseId) => world.patch(caseId, { status: 'waiting', waitReason: 'customer' }));
  await both((caseId) => world.patch(caseId, { status: 'in_solution' }));
  await both((caseId) => answer(caseId, 'Ya está'));
  await both((caseId) => world.restoreAll(caseId));
  await both((caseId) => world.patch(caseId, { status: 'restored' }));
  await readOn(unseen);
  const told = async (caseId: string) =>
    (await clocks(caseId)).map((each) => ({
      ...each,
      ledger: each.ledger.map(({ type, at, businessMinutes }) => [type, at, businessMinutes]),
    }));
  expect(await told(unseen)).toEqual(await told(seen));
});

it('one case that cannot be read holds up no other, and is read when it can be', async () => {
  const [good, bad] = [await aCase(), await aCase()];
  const { db } = world.rooms;
  await db.query(`insert into case_ledger (case_id, policy_version_id) select $1, id from sla_policy_version limit 1`, [
    bad,
  ]);
  await db.query(
    `create function refuse_clock() returns trigger language plpgsql as $$ begin if new.case_id = '${bad}' then raise exception 'broken on purpose'; end if; return new; end $$`,
  );
  await db.query('create trigger refuse before insert on clock for each row execute function refuse_clock()');
  await readOn(good, bad);
  expect((await clock(good, 'resolution'))?.state).toBe('running');
  const stuck = () =>
    db.query<{ case_id: string; stuck: string }>('select case_id, stuck from case_ledger where stuck is not null');
  expect(await stuck()).toEqual([{ case_id: bad, stuck: expect.stringContaining('broken on purpose') }]);
  // Neither what is late nor an edited calendar makes anybody believe that it has been read.
  await world.rooms.database.transaction((tx) => world.rooms.get(ClockService).rework(tx));
  expect(await stuck()).toHaveLength(1);
  await db.query('drop trigger refuse on clock');
  await world.rooms.database.transaction((tx) => world.rooms.get(ClockService).retry(tx));
  expect(await stuck()).toEqual([]);
  expect((await clock(bad, 'first_useful_action'))?.state).toBe('running');
});

it('a case runs by the first policy that is for it', async () => {
  const { db } = world.rooms;
  await db.query(`insert into sla_policy (id, name, position) values (new_id(), 'X', 1)`);
  await db.query(
    `insert into sla_policy_version (id, policy_id, version, conditions, targets, created_at)
     select new_id(), id, 1, '{"channels": ["twitter"]}', '{"first_useful_action": {"minutes": 5, "calendar": "house"}}', now() from sla_policy where name = 'X'`,
  );
  const [arrival] = await receive(world.rooms, dm('4711'));
  const byMail = await aCase();
  await readOn(arrival?.caseId ?? '', byMail);
  expect((await clocks(arrival?.caseId ?? '')).map(({ metric, minutes }) => [metric, minutes])).toEqual([
    ['first_useful_action', 5],
  ]);
  expect((await clock(byMail, 'first_useful_action'))?.minutes).toBe(60);
});

it('counts by the calendar of the house, and what shall count always does', async () => {
  const { db } = world.rooms;
  const openFrom = async (from: string, to: string) => {
    await db.query(
      `update calendar_version set weekly = (select jsonb_object_agg(day, jsonb_build_array(jsonb_build_object('from', $1::text, 'to', $2::text)))
         from unnest('{mon,tue,wed,thu,fri,sat,sun}'::text[]) day)`,
      [from, to],
    );
    await db.query(`update calendar set revision = nextval('calendar_revision')`);
  };
  await openFrom('11:00', '11:40');
  const caseId = await aCase({ lacks: ['calls'] });
  await readOn(caseId);
  const due = (at: string | null | undefined) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Madrid', hour: '2-digit', minute: '2-digit' }).format(
      new Date(at ?? ''),
    );
  // Forty minutes on one day and twenty on the next.
  expect(due((await clock(caseId, 'first_useful_action'))?.dueAt)).toBe('11:20');
  const now = world.rooms.clock.now().getTime();
  expect(Date.parse((await clock(caseId, 'relief'))?.dueAt ?? '') - now).toBe(1440 * MINUTE_MS);

  // The calendar is edited while it runs: opens later, and longer.
  await openFrom('15:00', '16:30');
  const before = await clocks(caseId);
  const again = () => world.rooms.database.transaction((tx) => world.rooms.get(ClockService).rework(tx));
  await again();
  await again();
  const after = await clocks(caseId);
  expect(due(after.find(({ metric }) => metric === 'first_useful_action')?.dueAt)).toBe('16:00');
  expect(after.map((each) => ({ ...each, dueAt: null }))).toEqual(before.map((each) => ({ ...each, dueAt: null })));
  expect((await world.detail(caseId)).nextDue?.dueAt).toBe(
    after.find(({ metric }) => metric === 'first_useful_action')?.dueAt,
  );
  const [stale] = await db.query<{ count: number }>(
    'select count(*)::int as count from case_ledger where not is_over and calendar_revision < (select max(revision) from calendar)',
  );
  expect(stale?.count).toBe(0);
});

it('who may not see a case does not see its clocks', async () => {
  const caseId = await aCase();
  const store = await aPerson(world.rooms, 'store', await aStore(world.rooms));
  await expect(clocks(caseId, readerOf(store))).rejects.toMatchObject({ code: 'case.not_found' });
});
