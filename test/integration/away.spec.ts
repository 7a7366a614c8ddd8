import { AwayService, ContinuityService } from '#cases';
import type { AwayAnswer } from '#contracts';
import { visibleStore, type Principal } from '#identity';
import { AwayView } from '#views';
import { aPerson, aStore } from '../factories/rooms.js';
import { openWaiting, type WaitingWorld } from './waiting.world.js';

let world: WaitingWorld;
let agent: Principal;
const run = (sql: string, values: unknown[] = []) => world.rooms.db.query(sql, values);
const at = (time: string) => `2026-03-02T${time}:00.000Z`;

beforeAll(async () => {
  world = await openWaiting();
});
beforeEach(async () => {
  world.rooms.clock.set(at('09:00'));
  agent = await aPerson(world.rooms);
  await run('update agent set on_shift = true where id = $1', [agent.id]);
});
afterAll(() => world.rooms.close());

const show = (until: string | null = null, person = agent): Promise<AwayAnswer> =>
  world.rooms
    .get(AwayView)
    .find(
      world.rooms.database.manager,
      { id: person.id, storeId: visibleStore(person) },
      world.rooms.clock.now(),
      until,
    );
const begin = (until: string | null, reason = 'Médico', person = agent) =>
  world.rooms.database.transaction((tx) =>
    world.rooms.get(AwayService).begin(tx, person, until === null ? null : new Date(until), reason),
  );
const end = () => world.rooms.database.transaction((tx) => world.rooms.get(AwayService).end(tx, agent));
const handBack = (caseId: string, person = agent) =>
  world.rooms.database.transaction((tx) => world.rooms.get(AwayService).handBack(tx, person, caseId));
const of = (caseId: string) => run('select assignee_id, queue_id from cases where id = $1', [caseId]);

it('says who is away until when, and that they are back by themselves', async () => {
  expect((await show()).away).toBeNull();
  await expect(begin(at('08:59'))).rejects.toMatchObject({ code: 'away.until_passed' });
  await begin(at('12:00'));
  expect((await show()).away).toEqual({ since: at('09:00'), until: at('12:00'), reason: 'Médico' });
  world.rooms.clock.set(at('10:00'));
  await begin(at('11:00'), 'Médico, vuelvo antes');
  expect((await show()).away).toEqual({ since: at('09:00'), until: at('11:00'), reason: 'Médico, vuelvo antes' });
  world.rooms.clock.set(at('11:00'));
  expect((await show()).away).toBeNull();
  world.rooms.clock.set(at('13:00'));
  await begin(null, 'Formación');
  expect((await show()).away).toEqual({ since: at('13:00'), until: null, reason: 'Formación' });
  world.rooms.clock.set(at('14:00'));
  await end();
  expect(await run('select since, ended_at from absence where agent_id = $1 order by since', [agent.id])).toEqual([
    { since: new Date(at('09:00')), ended_at: new Date(at('11:00')) },
    { since: new Date(at('13:00')), ended_at: new Date(at('14:00')) },
  ]);
  expect(await run('select away_since, away_until, away_reason from agent where id = $1', [agent.id])).toEqual([
    { away_since: null, away_until: null, away_reason: null },
  ]);
});

it('offers first what should not wait: the customer does, or it is due before', async () => {
  const calm = await world.waits({ assigneeId: agent.id, dueAt: at('16:00') });
  const waits = await world.waits({ assigneeId: agent.id, dueAt: at('17:00') });
  await run(`update cases set last_direction = 'inbound' where id = $1`, [waits]);
  const due = await world.waits({ assigneeId: agent.id, dueAt: at('11:00') });
  await world.waits({ dueAt: at('10:00') });
  const { left } = await show(at('12:00'));
  expect(left.map(({ case: { id }, customerWaits, dueBefore }) => [id, customerWaits, dueBefore])).toEqual([
    [due, false, true],
    [waits, true, false],
    [calm, false, false],
  ]);
  expect((await show(at('16:30'))).left.map(({ case: { id } }) => id)).toEqual([due, calm, waits]);
});

it('hands cases back to their queues, and tells what became of them', async () => {
  const other = await aPerson(world.rooms);
  const [taken, left] = [await world.waits({ assigneeId: agent.id }), await world.waits({ assigneeId: agent.id })];
  const kept = await world.waits({ assigneeId: agent.id });
  const [gone] = await run(`insert into queue (id, name, removed_at) values (new_id(), 'Ya no', now()) returning id`);
  await run('update cases set queue_id = $2 where id = $1', [left, gone?.['id']]);
  await expect(handBack(taken)).rejects.toMatchObject({ code: 'away.not_yours' });
  await begin(null);
  await handBack(taken);
  await handBack(left);
  await expect(handBack(taken)).rejects.toMatchObject({ code: 'away.not_yours' });
  for (const id of [taken, left]) expect(await of(id)).toEqual([{ assignee_id: null, queue_id: world.defaultQueue }]);
  expect(await of(kept)).toMatchObject([{ assignee_id: agent.id }]);
  const told = await run(
    `select data ->> 'reason' as reason, data ->> 'toKind' as kind from case_event where case_id = $1`,
    [taken],
  );
  expect(told).toEqual([{ reason: 'Médico', kind: 'queue' }]);
  world.rooms.clock.advance(60_000);
  await run('update cases set assignee_id = $2 where id = $1', [taken, other.id]);
  await run(
    `insert into note (id, case_id, author_id, author_name, text, audience, occurred_at) values (new_id(), $1, $2, 'Otra', 'Hecho', 'internal', $3)`,
    [taken, other.id, world.rooms.clock.now()],
  );
  await end();
  expect((await show()).last).toMatchObject({
    reason: 'Médico',
    endedAt: at('09:01'),
    handedBack: [
      { id: taken, queue: 'Atención al cliente', assignee: { id: other.id }, entries: 1, status: 'new' },
      { id: left, assignee: null, entries: 0 },
    ],
  });
});

it('gets nothing by itself, and keeps what only they may hand back', async () => {
  const waiting = await world.waits();
  await run('update agent set on_shift = false where id <> $1', [agent.id]);
  await run(
    `insert into session (token_hash, agent_id, created_at, last_seen_at, expires_at) values (sha256($1::text::bytea), $2, $3, $3, $3::timestamptz + interval '1 day')`,
    [agent.id, agent.id, world.rooms.clock.now()],
  );
  const routed = async () =>
    (await world.rooms.database.transaction((tx) => world.rooms.get(ContinuityService).routeBy(tx, agent, waiting)))
      .why;
  await begin(at('09:20'));
  expect(await routed()).toMatchObject({ code: 'nobody', values: { missing: 'shift' } });
  world.rooms.clock.set(at('09:20'));
  expect(await routed()).toMatchObject({ code: 'least_load' });
  const mine = await world.waits({ assigneeId: agent.id });
  const other = await aPerson(world.rooms);
  await begin(null, 'Fuera', other);
  await expect(handBack(mine, other)).rejects.toMatchObject({ code: 'away.not_yours' });
  const counter = await aPerson(world.rooms, 'store', await aStore(world.rooms));
  await begin(null, 'Fuera', counter);
  await expect(handBack(mine, counter)).rejects.toMatchObject({ code: 'case.not_found' });
  expect(await of(mine)).toMatchObject([{ assignee_id: agent.id }]);
});
