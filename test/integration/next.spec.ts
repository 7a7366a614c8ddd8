import { QueueService } from '#cases';
import type { CaseRow } from '#contracts';
import type { Principal } from '#identity';
import { NextView, waitingList } from '#views';
import { ClockService } from '#sla';
import { aPerson, aStore, arrive, mail } from '../factories/rooms.js';
import { openWaiting, type WaitingWorld } from './waiting.world.js';

let world: WaitingWorld;
let agent: Principal;
const run = (sql: string, values: unknown[] = []) => world.rooms.db.query(sql, values);
const at = (time: string) => `2026-03-02T${time}Z`;

/** Nothing waits and nobody has anything. */
const clear = () =>
  run(`with over as (update case_ledger set is_over = true where not is_over)
       update cases set status = 'spam' where is_open`);

beforeAll(async () => {
  world = await openWaiting();
  agent = await aPerson(world.rooms);
});
beforeEach(() => clear());
afterAll(() => world.rooms.close());

const queue = (name: string, more: { skills?: string[]; agentIds?: string[] } = {}) =>
  world.rooms.database.transaction(async (tx) =>
    world.rooms
      .get(QueueService)
      .create(tx, await aPerson(world.rooms, 'supervisor'), { name, kind: 'work', skills: [], agentIds: [], ...more }),
  );

describe('the list', () => {
  it('has mine and what waits, by the minute it is due, what they cannot do and tier; what is not due comes last', async () => {
    const other = await aPerson(world.rooms);
    const never = await world.waits({ impact: 0, tier: 0 });
    const later = await world.waits({ dueAt: at('10:05:00.000'), impact: 0, tier: 0 });
    const data = await world.waits({ dueAt: at('10:00:01.000'), impact: 1, tier: 0 });
    const calls = await world.waits({ dueAt: at('10:00:59.000'), impact: 0, tier: 2, assigneeId: agent.id });
    const gold = await world.waits({ dueAt: at('10:00:58.000'), impact: 0, tier: 0 });
    await world.waits({ dueAt: at('09:00:00.000'), assigneeId: other.id });
    expect(await world.ids(agent)).toEqual([gold, calls, data, later, never]);
    const { items } = await world.list(agent);
    expect(items.map(({ order }) => order)).toEqual([
      { dueAt: at('10:00:58.000'), impact: 'calls', tier: 'gold' },
      { dueAt: at('10:00:59.000'), impact: 'calls', tier: 'standard' },
      { dueAt: at('10:00:01.000'), impact: 'data', tier: 'gold' },
      { dueAt: at('10:05:00.000'), impact: 'calls', tier: 'gold' },
      { dueAt: null, impact: 'calls', tier: 'gold' },
    ]);
    expect((await world.counts(agent))['next']).toBe(5);
  });

  it('is the same whole and page by page', async () => {
    for (let n = 0; n < 40; n += 1)
      await world.waits({
        dueAt: n % 5 === 0 ? null : at(`10:0${n % 4}:${String((n * 7) % 60).padStart(2, '0')}.000`),
        impact: n % 3,
        tier: n % 2,
        assigneeId: n % 4 === 0 ? agent.id : null,
      });
    const pages: CaseRow[] = [];
    for (let cursor: string | undefined; ;) {
      const page: { items: CaseRow[]; nextCursor: string | null } = await world.list(agent, {
        limit: 7,
        cursor,
      });
      pages.push(...page.items);
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(pages.map(({ id }) => id)).toEqual(await world.ids(agent));
    expect(pages).toHaveLength(40);
    await expect(world.list(agent, { cursor: 'bm8' })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it('ends at the queues one works, the languages one writes in, and the store one sees', async () => {
    const storeId = await aStore(world.rooms);
    const [own] = await run('select id from queue where store_id = $1', [storeId]);
    const counter = await aPerson(world.rooms, 'store', storeId);
    const member = await aPerson(world.rooms);
    const members = await queue('Solo ellos', { agentIds: [member.id] });
    const skilled = await queue('Fibra óptica', { skills: ['fibra'] });
    const general = await world.waits();
    const english = await world.waits({ language: 'en' });
    const closed = await world.waits({ queueId: members });
    const fibre = await world.waits({ queueId: skilled });
    const theirs = await world.waits({ queueId: String(own?.['id']) });
    await run('insert into case_store (store_id, case_id) values ($1, $2)', [storeId, theirs]);
    await world.waits({ queueId: String(own?.['id']) });
    expect(await world.ids(agent)).toEqual([general, english].sort());
    expect(await world.ids(member)).toEqual([general, english, closed].sort());
    expect(await world.ids(counter)).toEqual([theirs]);
    await run(`update agent set skills = '{fibra}', languages = '{es}' where id = $1`, [member.id]);
    expect(await world.ids(member)).toEqual([general, closed, fibre].sort());
    expect((await world.counts(member))['next']).toBe(3);
    expect((await world.counts(counter))['next']).toBe(1);
  });

  it('is that of the language a customer speaks now, as its ledger reads it and whenever somebody says that it is another', async () => {
    const english = await aPerson(world.rooms);
    await run(`update agent set languages = '{en}' where id = $1`, [english.id]);
    const { caseId, customerId } = await arrive(world.rooms, mail('lucia@correo.test'));
    await run(`update customer set language = 'en' where id = $1`, [customerId]);
    await world.rooms.database.transaction((tx) => world.rooms.get(ClockService).advance(tx, [caseId]));
    expect(await world.ids(english)).toEqual([caseId]);
    await run(`update customer set language = 'es' where id = $1`, [customerId]);
    expect(await world.ids(english)).toEqual([]);
    await run(`update customer set language = 'en' where id = $1`, [customerId]);
    expect(await world.ids(english)).toEqual([caseId]);
  });

  it('walks past nobody who speaks another language', async () => {
    const english = await aPerson(world.rooms);
    await run(`update agent set languages = '{en}' where id = $1`, [english.id]);
    const only = await world.waits({ language: 'en', dueAt: at('18:00:00.000') });
    await run(
      `insert into case_ledger (case_id, queue_id, next_due_at, language) select new_id(), $1, $2::timestamptz + n * interval '1 second', 'es' from generate_series(1, 5000) n`,
      [world.defaultQueue, at('08:00:00.000')],
    );
    await run('analyze case_ledger');
    const values: unknown[] = [];
    const bind = (value: unknown) => `$${values.push(value)}`;
    const list = waitingList({ me: bind(english.id), storeId: null, after: null, limit: 64, bind });
    const [plan] = await run(`explain (analyze, buffers, format json) ${list}`, values);
    const text = JSON.stringify(plan);
    expect(text).toContain('case_ledger_take');
    const buffers = /"Shared Hit Blocks":(\d+),"Shared Read Blocks":(\d+)/u.exec(text);
    expect(Number(buffers?.[1]) + Number(buffers?.[2])).toBeLessThan(300);
    expect((await run(list, values)).map(({ id }) => id)).toEqual([only]);
    await run(`update case_ledger set is_over = true where case_id not in (select id from cases)`);
  });

  it('leaves out what its ledger does not know yet, without ending the page', async () => {
    const [first, second] = [
      await world.waits({ dueAt: at('10:00:00.000') }),
      await world.waits({ dueAt: at('11:00:00.000') }),
    ];
    await run('update cases set assignee_id = $2 where id = $1', [first, (await aPerson(world.rooms)).id]);
    const page = await world.list(agent, { limit: 1 });
    expect(page.items).toEqual([]);
    expect((await world.list(agent, { limit: 1, cursor: page.nextCursor ?? '' })).items).toMatchObject([
      { id: second },
    ]);
  });

  it('is one of those that each have what their name says, most urgent first', async () => {
    const other = await aPerson(world.rooms);
    const later = { dueAt: at('12:00:00.000'), assigneeId: other.id };
    const views = {
      update_due: [
        await world.waits({ ...later, more: { update_late: true } }),
        await world.waits({ dueAt: at('10:00:00.000'), more: { next_metric: 'next_update' } }),
      ],
      without_service: [await world.waits({ ...later, more: { without_service: true } })],
      waiting_partner: [await world.waits({ ...later, more: { waiting_for: 'partner' } })],
      quiet: [await world.waits({ ...later, more: { quiet: true } })],
    };
    await world.waits({ ...later, more: { quiet: true, without_service: true, is_over: true } });
    expect(await world.ids(agent, 'update_due')).toEqual(views.update_due.toReversed());
    for (const view of ['without_service', 'waiting_partner', 'quiet'] as const)
      expect(await world.ids(agent, view)).toEqual(views[view]);
    expect(await world.counts(agent)).toMatchObject({
      update_due: 2,
      without_service: 1,
      waiting_partner: 1,
      quiet: 1,
    });
    const counter = await aPerson(world.rooms, 'store', await aStore(world.rooms));
    for (const view of ['update_due', 'quiet'] as const) expect(await world.ids(counter, view)).toEqual([]);
    expect((await world.list(agent, { view: 'quiet', status: 'new' })).items).toMatchObject([{ id: views.quiet[0] }]);
    expect((await world.list(agent, { view: 'next', q: 'Ana' })).items.map(({ id }) => id)).toEqual([
      views.update_due[1],
    ]);
  });
});

describe('taking the next', () => {
  it('gives what is most urgent and is recorded', async () => {
    await world.waits({ dueAt: at('11:00:00.000') });
    const urgent = await world.waits({ dueAt: at('10:00:00.000') });
    await world.waits({ dueAt: at('09:00:00.000'), assigneeId: agent.id });
    expect(await world.take(agent)).toBe(urgent);
    expect(await run('select assignee_id from cases where id = $1', [urgent])).toEqual([{ assignee_id: agent.id }]);
    expect(await run(`select type, data ->> 'assigneeId' as who from case_event where case_id = $1`, [urgent])).toEqual(
      [{ type: 'case.assigned', who: agent.id }],
    );
  });

  it('gives fifty people who ask at once fifty cases each time', async () => {
    for (let n = 0; n < 200; n += 1) await world.waits({ dueAt: at(`10:00:${String(n % 60).padStart(2, '0')}.000`) });
    const people = await Promise.all(Array.from({ length: 50 }, () => aPerson(world.rooms)));
    const taken: (string | null)[] = [];
    for (let round = 0; round < 5; round += 1)
      taken.push(...(await Promise.all(people.map((person) => world.take(person)))));
    const given = taken.filter((id) => id !== null);
    expect([given.length, new Set(given).size]).toEqual([200, 200]);
    const held = await run(
      'select count(*)::int as cases, count(distinct assignee_id)::int as people from cases where is_open and assignee_id is not null',
    );
    expect(held).toEqual([{ cases: 200, people: 50 }]);
  });

  it('never gives more than one can take, however often they ask at once', async () => {
    for (let n = 0; n < 6; n += 1) await world.waits();
    const person = await aPerson(world.rooms);
    await run('update agent set capacity = 3 where id = $1', [person.id]);
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => world.take(person)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(world.take(person)).rejects.toMatchObject({
      code: 'next.at_capacity',
      details: { load: 3, capacity: 3 },
    });
  });

  it('gives nothing to who is away, and nothing of queues one does not work', async () => {
    await world.waits({ queueId: await queue('De otros', { agentIds: [(await aPerson(world.rooms)).id] }) });
    await world.waits({ queueId: await queue('Con radio', { skills: ['radio'] }) });
    expect(await world.take(agent)).toBeNull();
    const waiting = await world.waits();
    const now = world.rooms.clock.now();
    await run('update agent set away_since = $2 where id = $1', [agent.id, now]);
    await expect(world.take(agent)).rejects.toMatchObject({ code: 'next.away' });
    await run(`update agent set away_until = $2::timestamptz + interval '1 hour' where id = $1`, [agent.id, now]);
    world.rooms.clock.advance(3_600_000);
    expect(await world.take(agent)).toBe(waiting);
    await run('update agent set away_since = null, away_until = null where id = $1', [agent.id]);
  });

  it('reads on when all of the first have gone meanwhile', async () => {
    const other = await aPerson(world.rooms);
    for (let n = 0; n < 70; n += 1) await world.waits({ dueAt: at('10:00:00.000') });
    await run('update cases set assignee_id = $1 where is_open', [other.id]);
    const left = await world.waits({ dueAt: at('11:00:00.000') });
    expect(await world.take(agent)).toBe(left);
  });

  it('says what is due next when nothing waits', async () => {
    const upcoming = () =>
      world.rooms
        .get(NextView)
        .upcoming(world.rooms.database.manager, { id: agent.id, storeId: null }, new Date(at('09:00:00.000')));
    expect(await upcoming()).toBeNull();
    const other = await aPerson(world.rooms);
    const theirs = await world.waits({ assigneeId: other.id });
    await run(
      `insert into clock (case_id, metric, side, round, started_at, started_kind, started_name, counted, due_at) values ($1, 'next_response', 'customer', 1, $2, 'system', 'Hilo', 0, $3)`,
      [theirs, at('08:00:00.000'), at('10:00:00.000')],
    );
    expect(await upcoming()).toMatchObject({ id: theirs, dueAt: at('10:00:00.000'), mine: false });
    const mine = await world.waits({ assigneeId: agent.id, dueAt: at('11:00:00.000') });
    expect(await upcoming()).toMatchObject({ id: mine, dueAt: at('11:00:00.000'), mine: true });
  });
});
