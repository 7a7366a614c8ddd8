import { CaseDetailView, CustomerView, InboxView, SearchView, TimelineView } from '#views';
import { lockCase, ReplyService } from '#cases';
import { CaseDetail, CasePage, CasesQuery, SearchPage, TimelinePage } from '#contracts';
import type { Principal } from '#identity';
import { aPerson, arrive, aStore, dm, mail, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let agent: Principal;
beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
});
afterAll(() => rooms.close());

const list = async (query: object, who = agent) =>
  CasePage.parse(JSON.parse(await rooms.get(InboxView).list(readerOf(who), CasesQuery.parse(query))));
async function all(query: object, who = agent) {
  const items: CasePage['items'] = [];
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page: CasePage = await list({ ...query, cursor: cursor ?? undefined }, who);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

describe('the inbox', () => {
  beforeAll(async () => {
    for (let index = 0; index < 25; index += 1)
      // Five share each instant: the cursor must not lose or repeat one.
      await arrive(
        rooms,
        dm(`4${index}`, { occurredAt: new Date(Date.UTC(2026, 2, 2, 8, Math.floor(index / 5))).toISOString() }),
      );
  });

  it('pages through every case once, newest word first', async () => {
    const items = await all({ view: 'open', limit: 4 });
    const expected = await rooms.db.query(
      'select id from cases where is_open order by last_interaction_at desc, id desc',
    );
    expect(items.map((item) => item.id)).toEqual(expected.map((row) => row['id']));
    expect(CasePage.parse({ items, nextCursor: null }).items).toHaveLength(expected.length);
  });

  it('mine, unassigned and failed are what they say, with counts', async () => {
    const [one, two] = await list({ view: 'unassigned', limit: 2 }).then(({ items }) => items);
    await rooms.db.query('update cases set assignee_id = $1 where id = $2', [agent.id, one?.id]);
    await rooms.db.query('update cases set failed_sends = 1 where id = $1', [two?.id]);
    expect((await all({ view: 'mine' })).map((item) => item.id)).toEqual([one?.id]);
    expect((await all({ view: 'failed' })).map((item) => item.id)).toEqual([two?.id]);
    const { counts } = await rooms.get(InboxView).counts(readerOf(agent));
    for (const { view, count, capped } of counts) {
      expect(count).toBe((await all({ view })).length);
      expect(capped).toBe(false);
    }
  });

  it('finds by word without accents, by address, by handle, by reference, and by what they lack', async () => {
    const { caseId } = await arrive(
      rooms,
      mail('buscada@correo.test', { text: 'Hay una avería en el ascensor', lacks: ['photos'] }),
    );
    const [row] = await rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [caseId]);
    const hits = async (query: object) => (await list(query)).items.map((item) => item.id);
    for (const q of ['averia', 'AVERÍA ascensor', 'buscada@correo.test', row?.reference ?? ''])
      expect(await hits({ q })).toEqual([caseId]);
    expect(await hits({ lacks: 'photos' })).toEqual([caseId]);
    expect(await hits({ q: '@user_41' })).toHaveLength(1);
    expect(await hits({ q: 'nadie ha escrito esto' })).toEqual([]);
    expect(await hits({ q: `'; drop table cases; --` })).toEqual([]);
  });

  it('shows store staff the cases of their store, in every way of asking', async () => {
    const clerk = await aPerson(rooms, 'store', await aStore(rooms));
    const { caseId, customerId } = await arrive(rooms, dm('490', { text: 'palabra única' }));
    expect(await all({}, clerk)).toEqual([]);
    for (const query of [{ view: 'open' }, { customerId }, { q: 'única' }, { status: 'new' }])
      expect(await all(query, clerk)).toEqual([]);
    await expect(rooms.get(CaseDetailView).find(rooms.database.manager, readerOf(clerk), caseId)).rejects.toMatchObject(
      { code: 'case.not_found' },
    );
    await expect(rooms.get(CustomerView).one(readerOf(clerk), customerId)).rejects.toMatchObject({
      code: 'customer.not_found',
    });
    await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [clerk.storeId, caseId]);
    expect((await all({}, clerk)).map((item) => item.id)).toEqual([caseId]);
    const { counts } = await rooms.get(InboxView).counts(readerOf(clerk));
    expect(counts.find(({ view }) => view === 'open')?.count).toBe(1);
  });

  it('refuses a cursor that is not ours', async () => {
    for (const cursor of ['x', 'AAAA', Buffer.from(`1 ' or true`).toString('base64url')])
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'request.invalid' });
  });

  it.each(['open', 'unassigned', 'mine', 'failed', 'closed'])('view %s walks its own index', async (view) => {
    await rooms.db.query('analyze');
    const plan = await rooms.database.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off; set local enable_sort = off; set local enable_bitmapscan = off');
      const conditions = {
        open: 'is_open',
        unassigned: 'is_open and assignee_id is null',
        mine: `is_open and assignee_id = '${agent.id}'`,
        failed: 'failed_sends > 0',
        closed: 'not is_open',
      };
      return tx.query(
        `explain select id from cases where ${conditions[view as keyof typeof conditions]} order by last_interaction_at desc, id desc limit 50`,
      );
    });
    const index = {
      open: 'cases_open',
      unassigned: 'cases_unassigned',
      mine: 'cases_assigned',
      failed: 'cases_failed',
      closed: 'cases_over',
    }[view];
    expect(JSON.stringify(plan)).toContain(index);
    expect(JSON.stringify(plan)).not.toMatch(/Sort/u);
  });
});

const detailOf = async (idOrReference: string, who = agent) =>
  CaseDetail.parse(
    JSON.parse(await rooms.get(CaseDetailView).find(rooms.database.manager, readerOf(who), idOrReference)),
  );
const wholeOf = async (idOrReference: string, limit: number, who = agent) =>
  CaseDetail.parse(
    JSON.parse(
      await rooms.get(CaseDetailView).findWithTimeline(rooms.database.manager, readerOf(who), idOrReference, limit),
    ),
  );
const entriesOf = async (idOrReference: string, query: { limit: number; cursor?: string }, who = agent) =>
  TimelinePage.parse(
    JSON.parse(await rooms.get(TimelineView).page(rooms.database.manager, readerOf(who), idOrReference, query)),
  );

describe('a case', () => {
  it('comes whole, by id and by reference, in the shape of the contract', async () => {
    const { caseId } = await arrive(rooms, dm('480', { lacks: ['calls'] }));
    await arrive(rooms, dm('480'));
    const detail = await detailOf(caseId);
    expect(detail).toMatchObject({
      unread: 2,
      lacks: ['calls'],
      assignee: null,
      owner: null,
      impacts: [{ kind: 'calls', state: 'reported' }],
      threads: [{ channel: 'twitter', address: '@user_480', open: true }],
      contactPoints: [{ kind: 'twitter', value: '480', handles: [] }],
      stages: [{ status: 'new' }],
      story: [
        { kind: 'broke', text: 'Se me ha muerto el móvil' },
        { kind: 'lost', code: 'impact', values: { kind: 'calls' } },
      ],
    });
    expect(detail.timeline).toBeUndefined();
    expect(await detailOf(detail.reference)).toEqual(detail);
  });

  it('names the handles an account on X had before, newest first', async () => {
    const as = (handle: string) =>
      dm('48150', { contact: { kind: 'twitter', value: '48150', handle, display: `@${handle}` } });
    const { caseId } = await arrive(rooms, as('ana_uno'));
    for (const handle of ['ana_dos', 'ana_tres']) await arrive(rooms, as(handle));
    const { contactPoints } = await detailOf(caseId);
    expect(contactPoints).toMatchObject([
      { handle: 'ana_tres', handles: [{ handle: 'ana_dos' }, { handle: 'ana_uno' }] },
    ]);
    expect(Date.now() - Date.parse(contactPoints[0]?.handles[0]?.until ?? '')).toBeLessThan(60_000);
  });

  it('says of a way X refused that it is closed, until they write again', async () => {
    const { caseId } = await arrive(rooms, dm('48100'));
    const threadOf = async () => (await detailOf(caseId)).threads[0];
    rooms.clock.advance(1000);
    const reply = await rooms.database.transaction(async (tx) =>
      rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'twitter', text: 'Hola' }),
    );
    const refuse = (reason: string) =>
      rooms.db.query(`update delivery set state = 'failed', reason = $2 where interaction_id = $1`, [reply, reason]);
    await refuse('channel.credits');
    expect(await threadOf()).toMatchObject({ open: true, reason: null });
    await refuse('recipient.closed');
    expect(await threadOf()).toMatchObject({ open: false, reason: 'recipient.closed' });
    rooms.clock.advance(1000);
    await arrive(rooms, dm('48100', { occurredAt: rooms.clock.now().toISOString() }));
    expect(await threadOf()).toMatchObject({ open: true, reason: null });
  });

  it('brings its timeline along when asked to: the same as each alone, of every length', async () => {
    const { caseId } = await arrive(rooms, dm('482', { text: '"comillas", tildes y \\ barras' }));
    for (let index = 1; index < 5; index += 1) await arrive(rooms, dm('482', { text: `línea\n${index}` }));
    const { timeline: _, ...detail } = await wholeOf(caseId, 3);
    expect(detail).toEqual(await detailOf(caseId));
    const length = (await entriesOf(caseId, { limit: 200 })).items.length;
    expect(length).toBe(6);
    for (let limit = 1; limit <= length + 1; limit += 1) {
      const { timeline } = await wholeOf(detail.reference, limit);
      expect(timeline).toEqual(await entriesOf(caseId, { limit }));
      expect(timeline?.items).toHaveLength(Math.min(limit, length));
      expect(timeline?.nextCursor === null).toBe(limit >= length);
    }
  });

  it('and all that was said on it are there for nobody who may not see it', async () => {
    const clerk = await aPerson(rooms, 'store', await aStore(rooms));
    const { caseId } = await arrive(rooms, dm('483'));
    const { reference } = await detailOf(caseId);
    const ways = [detailOf, (id: string, who: Principal) => wholeOf(id, 10, who)];
    for (const id of [caseId, reference, 'H-0000-00']) {
      for (const way of ways) await expect(way(id, clerk)).rejects.toMatchObject({ code: 'case.not_found' });
      await expect(entriesOf(id, { limit: 10 }, clerk)).rejects.toMatchObject({ code: 'case.not_found' });
    }
    const { nextCursor } = await entriesOf(caseId, { limit: 1 });
    await expect(entriesOf(caseId, { limit: 1, cursor: nextCursor ?? '' }, clerk)).rejects.toMatchObject({
      code: 'case.not_found',
    });
    await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [clerk.storeId, caseId]);
    for (const way of ways) expect((await way(reference, clerk)).id).toBe(caseId);
    expect((await entriesOf(caseId, { limit: 10 }, clerk)).items).toHaveLength(2);
  });

  it('has one timeline, read in pages from the newest back, nothing twice and nothing lost', async () => {
    const { caseId } = await arrive(rooms, dm('481', { text: 'mensaje 0' }));
    for (let index = 1; index < 30; index += 1) await arrive(rooms, dm('481', { text: `mensaje ${index}` }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined = undefined; cursor !== null;) {
      const page: TimelinePage = await entriesOf(caseId, { limit: 7, cursor: cursor ?? undefined });
      seen.unshift(...page.items.map((entry) => entry.id));
      cursor = page.nextCursor;
    }
    const whole = await entriesOf(caseId, { limit: 200 });
    expect(seen).toEqual(whole.items.map((entry) => entry.id));
    expect(new Set(seen).size).toBe(31);
  });
});

describe('a name', () => {
  const none = { email: null, phone: null, handle: null, reference: null, name: null };
  const find = async (keys: object) =>
    (await rooms.get(CustomerView).find(readerOf(agent), { ...none, ...keys }, 10)).map((row) => row.id);
  const casesFor = async (q: string, more: object = {}, who = agent) =>
    (await all({ q, limit: 200, ...more }, who)).map((row) => row.id);

  it('finds customers by the beginning of any of its words, in any order, beside exact keys', async () => {
    const { customerId } = await arrive(rooms, mail('clave@correo.test', { displayName: 'Ángela Única-Sanz Ñuñoa' }));
    expect(await find({ email: 'clave@correo.test' })).toEqual([customerId]);
    for (const name of ['angela', 'ANG', 'unica', 'Sanz', 'ñu', 'angela unica', 'sanz ángela', 'ñuñoa, ang', 'uni sa'])
      expect({ name, found: await find({ name }) }).toEqual({ name, found: [customerId] });
    for (const name of ['%', '_', '\\', ' - ', 'ngela', 'nunoa', 'angela x', 'angela angelica'])
      expect({ name, found: await find({ name }) }).toEqual({ name, found: [] });
    expect(await find({})).toEqual([]);
  });

  it('finds cases the same way, and follows a person who is called otherwise', async () => {
    const { caseId, customerId } = await arrive(rooms, mail('lucia@correo.test', { displayName: 'Lucía Ferrer Gil' }));
    for (const q of ['Ferrer', 'gil', 'lucia gil', 'Gil, Lucía', 'luc'])
      expect({ q, found: await casesFor(q) }).toEqual({ q, found: [caseId] });
    expect(await casesFor('errer')).toEqual([]);
    await rooms.db.query(`update customer set display_name = 'Lucía Ferrer-Prat' where id = $1`, [customerId]);
    expect(await casesFor('prat')).toEqual([caseId]);
    expect(await casesFor('gil')).toEqual([]);
    const parts = await rooms.db.query('select part from customer_name where customer_id = $1 order by 1', [
      customerId,
    ]);
    expect(parts.map(({ part }) => part)).toEqual(['ferrer prat', 'lucia ferrer prat', 'prat']);
  });

  it('of very many finds the newest, and everybody’s own', async () => {
    const clerk = await aPerson(rooms, 'store', await aStore(rooms));
    const { caseId: own } = await arrive(
      rooms,
      mail('pura@correo.test', { displayName: 'Pura Zzurita', text: 'zafarrancho' }),
    );
    await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [clerk.storeId, own]);
    await rooms.db.query('update cases set assignee_id = $1 where id = $2', [clerk.id, own]);
    await addNamesakes(1200);
    const { items } = await list({ q: 'zzurita', limit: 200 });
    const newest = await rooms.db.query(
      'select id from cases where is_open order by last_interaction_at desc, id desc limit 200',
    );
    expect(items.map(({ id }) => id)).toEqual(newest.map(({ id }) => id));
    for (const q of ['zzurita', 'pura zz', 'zz pura', 'zafarrancho', 'pura@correo.test']) {
      expect({ q, found: await casesFor(q, {}, clerk) }).toEqual({ q, found: [own] });
      expect({ q, found: await casesFor(q, { view: 'mine' }, clerk) }).toEqual({ q, found: [own] });
      expect({ q, found: await casesFor(q, { assigneeId: clerk.id }) }).toEqual({ q, found: [own] });
    }
  });

  /** So many customers of one name, each with a newer case on which the same was said. */
  const addNamesakes = (count: number) =>
    rooms.db.query(
      `with made as materialized (select n, new_id() as customer, new_id() as id from generate_series(1, $1::int) n),
         customers as (insert into customer (id, display_name, created_at) select customer, 'Pura Zzurita ' || n, now() from made),
         opened as (insert into cases (id, reference, customer_id, status, queue_id, next_action, customer_name, last_interaction_at, opened_at)
           select id, 'namesake ' || n, customer, 'new', (select id from queue where is_default), 'reply', 'Pura Zzurita ' || n, now() + n * interval '1 second', now() from made)
       insert into interaction (id, case_id, channel, direction, text, author_kind, author_name, occurred_at, received_at, search)
       select new_id(), id, 'store', 'inbound', 'zafarrancho', 'customer', 'Pura', now(), now(), to_tsvector('spanish', 'zafarrancho') from made`,
      [count],
    );
});

it('one box finds cases, customers and what was said, each with the case it leads to', async () => {
  const { caseId, customerId, interactionId } = await arrive(
    rooms,
    mail('remedios@correo.test', { displayName: 'Remedios Zarco', text: 'El cachivache no enciende' }),
  );
  const { reference } = await detailOf(caseId);
  const search = async (q: string, keys: object = {}, limit = 10, who = agent) => {
    const none = { email: null, phone: null, handle: null, reference: null, name: null };
    const items = await rooms.get(SearchView).find(readerOf(who), { q, keys: { ...none, ...keys }, limit });
    return SearchPage.parse({ items, nextCursor: null }).items;
  };
  expect(await search('zarco', { name: 'zarco' })).toMatchObject([
    { kind: 'case', id: caseId, caseId, reference, title: 'Remedios Zarco' },
    { kind: 'customer', id: customerId, caseId, reference, title: 'Remedios Zarco', text: 'remedios@correo.test' },
  ]);
  expect(await search('cachivaches')).toMatchObject([
    { kind: 'case', id: caseId },
    { kind: 'interaction', id: interactionId, caseId, reference, text: 'El cachivache no enciende' },
  ]);
  await arrive(rooms, mail('remedios@correo.test', { text: 'Otro cachivache' }));
  expect((await search('cachivache', {}, 1)).map(({ kind, text }) => [kind, text])).toEqual([
    ['case', expect.any(String)],
    ['interaction', 'Otro cachivache'],
  ]);
  const clerk = await aPerson(rooms, 'store', await aStore(rooms));
  expect(await search('cachivache', {}, 10, clerk)).toEqual([]);
  await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [clerk.storeId, caseId]);
  expect((await search('cachivache', {}, 10, clerk)).map(({ kind }) => kind)).toEqual([
    'case',
    'interaction',
    'interaction',
  ]);
});

it('store staff recognise a customer and can join the case, but do not read what it is about elsewhere', async () => {
  const clerk = await aPerson(rooms, 'store', await aStore(rooms));
  const { caseId } = await arrive(rooms, mail('afuera@correo.test', { subject: 'Asunto privado' }));
  const keys = { email: 'afuera@correo.test', phone: null, handle: null, reference: null, name: null };
  const seenBy = async (who: Principal) => (await rooms.get(CustomerView).find(readerOf(who), keys, 10))[0]?.openCase;
  expect(await seenBy(clerk)).toMatchObject({ id: caseId, problem: null });
  expect(await seenBy(agent)).toMatchObject({ id: caseId, problem: 'Asunto privado' });
});
