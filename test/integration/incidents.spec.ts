import { ImpactService, MergeService, UnmergeService } from '#cases';
import { newId, withRetry } from '#platform';
import { arrive, dm, mail } from '../factories/rooms.js';
import { openIncidents, type IncidentsWorld } from './incidents.world.js';

const HOUR = 3_600_000;
let world: IncidentsWorld;
let serial = 0;
beforeAll(async () => {
  world = await openIncidents();
});
afterAll(() => world.rooms.close());

const aCase = async (text = 'No funciona', by: 'x' | 'mail' = 'x') => {
  serial += 1;
  const occurredAt = world.rooms.clock.now().toISOString();
  const message =
    by === 'x'
      ? dm(String(500_000 + serial), { text, occurredAt })
      : mail(`i${serial}@correo.test`, { text, occurredAt });
  return (await arrive(world.rooms, message)).caseId;
};
const version = async (id: string) =>
  Number((await world.query('select version from cases where id = $1', id))[0]?.['version']);
const live = (caseId: string, city: string, postcode: string) =>
  world.query(
    'update customer set city = $2, postcode = $3 where id = (select customer_id from cases where id = $1)',
    caseId,
    city,
    postcode,
  );
const membersOf = async (id: string) =>
  (await world.view.cases(id, 'in', { limit: 100 })).items.map(({ caseId }) => caseId).toSorted();

describe('cases of an incident', () => {
  it('are added once, by name, and told so; what is over is not', async () => {
    const [one, over] = [await aCase(), await aCase()];
    await world.query(`update cases set status = 'closed', closed_at = now() where id = $1`, over);
    const id = await world.open({ caseIds: [one] });
    const nobody = newId();
    expect(await world.add(id, [one, over, nobody, one])).toEqual(['already', 'over', 'not_found']);
    expect(await world.eventsOf(one, 'incident.%')).toEqual(['incident.joined']);
    expect(await world.view.one(world.rooms.database.manager, id)).toMatchObject({
      ...{ cases: 1, openCases: 1, proposed: 0, state: 'open', openedBy: { id: world.supervisor.id } },
      told: { es: 'Lo estamos arreglando', en: 'We are on it' },
    });
    expect(await world.remove(id, [one, over])).toBe(1);
    expect(await world.eventsOf(one, 'incident.%')).toEqual(['incident.joined', 'incident.left']);
    expect(await world.add(id, [one])).toEqual(['added']);
    expect(await membersOf(id)).toEqual([one]);
  });

  it('are proposed by agents, decided by supervisors, and not seen through by stores', async () => {
    const [one, other] = [await aCase(), await aCase()];
    const id = await world.open();
    expect(await world.add(id, [one, other], world.agent)).toEqual(['proposed', 'proposed']);
    expect(await world.add(id, [one], world.agent)).toEqual(['already']);
    expect(await world.eventsOf(one, 'incident.%')).toEqual([]);
    expect(await membersOf(id)).toEqual([]);
    expect(await world.ofCase(one)).toMatchObject({ items: [{ id, membership: 'proposed' }] });
    expect(await world.add(id, [one])).toEqual(['added']);
    expect(await world.remove(id, [other])).toBe(1);
    expect(await world.eventsOf(other, 'incident.%')).toEqual([]);
    const denied = { code: 'permission.denied' };
    await expect(world.add(id, [one], world.clerk)).rejects.toMatchObject(denied);
    await expect(world.ofCase(one, world.clerk)).rejects.toMatchObject({ code: 'case.not_found' });
    for (const by of [world.agent, world.clerk]) {
      await expect(world.open({}, by)).rejects.toMatchObject(denied);
      await expect(world.change(id, { title: 'Otra' }, by)).rejects.toMatchObject(denied);
      await expect(world.remove(id, [one], by)).rejects.toMatchObject(denied);
      await expect(world.like(id, { channel: 'email' }, by)).rejects.toMatchObject(denied);
      await expect(world.addLike(id, { channel: 'email' }, by)).rejects.toMatchObject(denied);
    }
    // A store that sees the case is told what to tell.
    await world.query('insert into case_store (store_id, case_id) values ($1, $2)', world.storeId, one);
    expect(await world.ofCase(one, world.clerk)).toMatchObject({ items: [{ id, told: { en: 'We are on it' } }] });
  });
});

describe('a filter', () => {
  it('finds open cases of which all of it is true, and adds them with a preview of which', async () => {
    world.rooms.clock.advance(48 * HOUR);
    const [said, mailed, elsewhere] = [
      await aCase('Sigo sin cobertura en casa'),
      await aCase('Estoy sin cobertura', 'mail'),
      await aCase('La factura está mal'),
    ];
    await live(said, 'Zaragoza', '50001');
    await live(mailed, 'Zaragoza', '50018');
    await live(elsewhere, 'ZARAGOZA', '50001');
    const found = async (filter: Parameters<IncidentsWorld['like']>[1]) =>
      (await world.like(null, filter)).cases.map(({ caseId }) => caseId).toSorted();
    expect(await found({ q: 'cobertura' })).toEqual([said, mailed].toSorted());
    expect(await found({ q: 'cobertura', channel: 'email' })).toEqual([mailed]);
    expect(await found({ q: 'cobertura or factura', postcode: '50001' })).toEqual([said, elsewhere].toSorted());
    expect(await found({ city: 'zaragoza' })).toEqual([said, mailed, elsewhere].toSorted());
    expect(await found({ city: 'Zaragoza', lacks: 'calls' })).toEqual([]);
    await world.rooms.database.transaction((tx) =>
      world.rooms.get(ImpactService).report(tx, world.agent, said, { kind: 'calls' }),
    );
    expect(await found({ city: 'Zaragoza', lacks: 'calls' })).toEqual([said]);
    const id = await world.open({ caseIds: [said] });
    expect(await world.like(id, { q: 'cobertura' })).toMatchObject({
      ...{ count: 1, already: 1, capped: false },
      cases: [{ caseId: mailed, preview: 'Estoy sin cobertura', channels: ['email'] }],
    });
    expect(await world.addLike(id, { q: 'cobertura' })).toEqual(['added']);
    expect(await membersOf(id)).toEqual([said, mailed].toSorted());
    const later = new Date(world.rooms.clock.now().getTime() + HOUR).toISOString();
    expect(await found({ city: 'Zaragoza', since: later })).toEqual([]);
  });

  it('suggests what arrives, and adds nothing by itself', async () => {
    world.rooms.clock.advance(72 * HOUR);
    const id = await world.open({ look: { q: 'fibra', city: 'Teruel' } });
    const [alike, elsewhere] = [await aCase('Mi fibra no va'), await aCase('Mi fibra no va')];
    await live(alike, 'Teruel', '44001');
    await live(elsewhere, 'Huesca', '22001');
    expect(await world.ofCase(alike)).toMatchObject({ items: [], suggested: [{ id }] });
    expect((await world.ofCase(elsewhere)).suggested).toEqual([]);
    expect(await membersOf(id)).toEqual([]);
    // What was taken out is not suggested again.
    await world.add(id, [alike]);
    await world.remove(id, [alike]);
    expect(await world.ofCase(alike)).toMatchObject({ items: [], suggested: [] });
    await world.change(id, { state: 'resolved' });
    expect((await world.ofCase(await aCase('Mi fibra no va'))).suggested).toEqual([]);
  });
});

describe('resolved', () => {
  it('its open cases are told and get somebody to make sure, and what they lack stays', async () => {
    const [one, over, proposed] = [await aCase(), await aCase(), await aCase()];
    const id = await world.open({ caseIds: [one, over] });
    await world.add(id, [proposed], world.agent);
    await world.rooms.database.transaction((tx) =>
      world.rooms.get(ImpactService).report(tx, world.agent, one, { kind: 'data' }),
    );
    await world.query(`update cases set status = 'closed', closed_at = now() where id = $1`, over);
    const dueAt = new Date(world.rooms.clock.now().getTime() + 24 * HOUR).toISOString();
    await world.change(id, { state: 'resolved', next: { dueAt } });
    const [row] = await world.query('select lacks, next_action, next_action_due_at from cases where id = $1', one);
    expect(row).toEqual({ lacks: ['data'], next_action: 'confirm_solved', next_action_due_at: new Date(dueAt) });
    expect(await world.eventsOf(one, '%')).toEqual(expect.arrayContaining(['incident.resolved', 'next_action.set']));
    expect(await world.eventsOf(over, 'incident.%')).toEqual(['incident.joined']);
    expect(await world.view.one(world.rooms.database.manager, id)).toMatchObject({
      ...{ state: 'resolved', lacking: 1, cases: 2, openCases: 1, proposed: 0 },
    });
    await expect(world.change(id, { state: 'resolved' })).rejects.toMatchObject({ code: 'incident.resolved' });
    await expect(world.add(id, [one])).rejects.toMatchObject({ code: 'incident.resolved' });
  });
});

describe('a merge of cases', () => {
  it('carries what the taken one was part of, and gives it back', async () => {
    const [kept, taken] = [await aCase(), await aCase()];
    const customers = await world.query('select id, customer_id from cases where id = any($1)', [kept, taken]);
    const of = (caseId: string) => String(customers.find((row) => row['id'] === caseId)?.['customer_id']);
    const mine = await world.open({ caseIds: [taken] });
    const both = await world.open({ caseIds: [kept, taken] });
    // Taken out of the kept one's, the other is still part of it.
    const left = await world.open({ caseIds: [kept, taken] });
    await world.remove(left, [kept]);
    const actor = { kind: 'agent' as const, id: world.agent.id, name: world.agent.displayName };
    const order = { into: of(kept), from: of(taken), reason: 'Es la misma' };
    const { mergeId } = await withRetry(world.rooms.database, (tx) =>
      world.rooms.get(MergeService).customers(tx, actor, order),
    );
    const partOf = async (caseId: string) => (await world.ofCase(caseId)).items.map(({ id }) => id).toSorted();
    expect(await partOf(kept)).toEqual([mine, both, left].toSorted());
    await withRetry(world.rooms.database, (tx) => world.rooms.get(UnmergeService).undo(tx, world.agent, mergeId));
    expect(await partOf(kept)).toEqual([both]);
    expect(await partOf(taken)).toEqual([mine, both, left].toSorted());
  });
});

describe('one deed on many cases', () => {
  it('is done to each by itself, and says of each what became of it', async () => {
    const [one, changed, over, hidden] = [await aCase(), await aCase(), await aCase(), newId()];
    await world.query(`update cases set status = 'closed', closed_at = now() where id = $1`, over);
    const versions = { [one]: await version(one), [changed]: (await version(changed)) - 1 };
    const items = await world.bulk(world.agent, {
      ids: [one, changed, over, hidden],
      versions,
      deed: { type: 'status', status: 'waiting', waitReason: 'partner' },
    });
    expect(items).toMatchObject([
      { id: one, outcome: 'done', error: null, undo: null },
      { id: changed, outcome: 'refused', error: { code: 'case.version_conflict' } },
      { id: over, outcome: 'refused', error: { code: 'case.transition_forbidden' } },
      { id: hidden, reference: null, outcome: 'refused', error: { code: 'case.not_found' } },
    ]);
    const stands = await world.query('select id, status from cases where id = any($1)', [one, changed, over]);
    expect(Object.fromEntries(stands.map((row) => [row['id'], row['status']]))).toEqual({
      ...{ [one]: 'waiting', [changed]: 'new', [over]: 'closed' },
    });
  });

  it('is done once, however often it is asked for, and can be put back', async () => {
    const ids = [await aCase(), await aCase()];
    const key = newId();
    const deed = { type: 'assign' as const, assigneeId: world.agent.id };
    const done = await world.bulk(world.agent, { ids, deed }, key);
    expect(done.map(({ outcome, undo }) => [outcome, undo])).toEqual([
      ['done', { type: 'assign', assigneeId: null }],
      ['done', { type: 'assign', assigneeId: null }],
    ]);
    expect(await world.bulk(world.agent, { ids, deed }, key)).toEqual(done);
    expect((await world.bulk(world.agent, { ids, deed })).map(({ outcome }) => outcome)).toEqual([
      'unchanged',
      'unchanged',
    ]);
    for (const id of ids) expect(await world.eventsOf(id, 'case.assigned')).toHaveLength(1);
    await world.bulk(world.agent, { ids, deed: { type: 'assign', assigneeId: null } });
    expect(await world.query('select from cases where id = any($1) and assignee_id is null', ids)).toHaveLength(2);
  });

  it('goes by what each may do: a store does it to its own, and adds to no incident', async () => {
    const [theirs, others] = [await aCase(), await aCase()];
    await world.query('insert into case_store (store_id, case_id) values ($1, $2)', world.storeId, theirs);
    const items = await world.bulk(world.clerk, {
      ids: [theirs, others],
      deed: { type: 'priority', priority: 'high' },
    });
    expect(items.map(({ error }) => error?.code ?? null)).toEqual([null, 'case.not_found']);
    const incidentId = await world.open();
    const deed = { type: 'incident' as const, incidentId };
    expect(await world.bulk(world.clerk, { ids: [theirs], deed })).toMatchObject([
      { error: { code: 'permission.denied' } },
    ]);
    expect(await world.bulk(world.agent, { ids: [theirs], deed })).toMatchObject([{ outcome: 'done', undo: null }]);
    expect(await world.view.one(world.rooms.database.manager, incidentId)).toMatchObject({ cases: 0, proposed: 1 });
    expect(await world.bulk(world.supervisor, { ids: [theirs], deed })).toMatchObject([{ outcome: 'done' }]);
    expect(await membersOf(incidentId)).toEqual([theirs]);
  });
});

describe('lists', () => {
  it('are read page by page, each once', async () => {
    const caseIds = await Promise.all(Array.from({ length: 7 }, () => aCase()));
    const id = await world.open({ caseIds });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await world.view.cases(id, 'in', { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ caseId }) => caseId));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen.toSorted()).toEqual(caseIds.toSorted());
    const first = await world.view.list(undefined, { limit: 2 });
    const second = await world.view.list(undefined, { limit: 2, cursor: first.nextCursor ?? '' });
    expect(new Set([...first.items, ...second.items].map((incident) => incident.id)).size).toBe(4);
    expect((await world.view.list('open', { limit: 100 })).items.every(({ state }) => state === 'open')).toBe(true);
    await expect(world.view.cases(newId(), 'in', { limit: 1 })).rejects.toMatchObject({ code: 'incident.not_found' });
  });
});
