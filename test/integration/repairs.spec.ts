import type { EntityManager } from 'typeorm';
import { actorOf, ClosingGuards, MergeService } from '#cases';
import { CaseRepairs, isRepairOver, NewRepairBody, RepairStage, type RepairStage as Stage } from '#contracts';
import { newId } from '#platform';
import { RepairWays } from '#repairs';
import { ClockService } from '#sla';
import { ClockView, DashboardPanelsView } from '#views';
import { arrive, mail, readerOf } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

let world: RepairWorld;
beforeAll(async () => {
  world = await openRepairs();
});
afterAll(() => world.rooms.close());

const refused = (code: string, details?: object) => expect.objectContaining({ code, ...(details ? { details } : {}) });
const inTx = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => world.rooms.database.transaction(work);
const handBack = (repairId: string, works = {}, more = {}) =>
  inTx((tx) =>
    world.services.orders.handBack(tx, world.agent, {
      ...{ repairId, works, dataBack: 'all', note: '', photoIds: [], waivers: {}, ...more },
    }),
  );
const blockers = (caseId: string) => world.rooms.get(ClosingGuards).blockers(world.rooms.database.manager, caseId);
const promises = (caseId: string) =>
  world.rooms.db.query<{ kind: string; state: string; due_at: Date; text: string | null }>(
    'select kind, state, due_at, text from promise where case_id = $1 order by kind',
    [caseId],
  );

describe('a repair order', () => {
  it('is opened for a device of the case, once while it is open, with everything it came in with', async () => {
    const { caseId, repairId, deviceId } = await world.taken();
    const list = await world.repairs(caseId);
    expect(CaseRepairs.safeParse(list).error).toBeUndefined();
    expect(list.items).toMatchObject([
      {
        ...{ id: repairId, stage: 'received', holder: 'store', device: { id: deviceId, name: 'Auriga One' } },
        stages: [{ from: null, to: 'received', by: world.agent.displayName }],
      },
    ]);
    const again = { caseId, ...NewRepairBody.parse({ deviceId, storeId: world.storeId, fault: 'x' }) };
    const open = (body: object) => inTx((tx) => world.services.orders.open(tx, world.agent, { ...again, ...body }));
    await expect(open({})).rejects.toEqual(refused('repair.device_in_repair'));
    await expect(open({ deviceId: newId() })).rejects.toEqual(refused('device.not_found'));
    await expect(open({ storeId: newId() })).rejects.toEqual(refused('store.not_found'));
  });

  const caseOf = async (caseId: string) =>
    (
      await world.rooms.db.query<{ status: string; stages: string[] }>(
        'select c.status, array(select p.stage from problem p where p.case_id = c.id) as stages from cases c where c.id = $1',
        [caseId],
      )
    )[0];
  const came = async (caseId: string) =>
    (await world.events(caseId, 'case.status_changed')).map(({ data }) => [data['from'], data['to']]);

  it('brings its case on: taken in it is understood, quoted it is in solution', async () => {
    const { caseId, repairId } = await world.taken();
    expect(await caseOf(caseId)).toEqual({ status: 'understood', stages: ['received'] });
    await world.move(repairId, 'diagnosed');
    expect(await caseOf(caseId)).toMatchObject({ status: 'understood' });
    await world.offered(repairId);
    expect(await caseOf(caseId)).toEqual({ status: 'in_solution', stages: ['in_solution'] });
    await world.offered(repairId);
    expect(await came(caseId)).toEqual([
      ['new', 'understood'],
      ['understood', 'in_solution'],
    ]);
  });

  it('brings its case on without a quote too, once it is worked on', async () => {
    const { caseId, repairId } = await world.taken();
    await world.move(repairId, 'diagnosed');
    await world.move(repairId, 'in_repair');
    expect(await caseOf(caseId)).toMatchObject({ status: 'in_solution' });
  });

  it.each(['waiting', 'restored', 'in_solution'])('never takes back a case that is %s', async (status) => {
    const { caseId, repairId } = await world.taken();
    const set = 'update cases set status = $2, wait_reason = $3 where id = $1';
    await world.rooms.db.query(set, [caseId, status, status === 'waiting' ? 'customer' : null]);
    const before = await came(caseId);
    await world.move(repairId, 'diagnosed');
    await world.offered(repairId);
    expect(await caseOf(caseId)).toMatchObject({ status });
    expect(await came(caseId)).toEqual(before);
  });

  it('refuses every move by hand that the table forbids, and says from where to where', async () => {
    const { caseId, repairId } = await world.taken();
    for (const to of RepairStage.options.filter(
      (one) => !['received', 'diagnosed', 'unrepairable', 'cancelled'].includes(one),
    ))
      await expect(world.move(repairId, to)).rejects.toEqual(
        refused('repair.transition_forbidden', { from: 'received', to }),
      );
    await world.move(repairId, 'received');
    expect(await world.events(caseId, 'repair.moved')).toEqual([]);
    await expect(world.move(repairId, 'diagnosed', undefined, world.stranger)).rejects.toEqual(
      refused('repair.not_found'),
    );
  });

  it('goes its way, each step with who and when, and ends what was promised', async () => {
    const { caseId, repairId } = await world.taken(['calls', 'data']);
    await world.promise(repairId, world.in(5));
    const way: Stage[] = ['diagnosed', 'in_repair', 'repaired'];
    for (const stage of way) await world.move(repairId, stage);
    expect(await world.told(caseId)).toEqual([expect.stringMatching(/ya está reparado.*\/t\//u)]);
    expect(await blockers(caseId)).toContainEqual({
      ...{ kind: 'repair', id: repairId },
      text: {
        es: 'Reparación de Auriga One: reparado, sin devolver',
        en: 'Repair of Auriga One: repaired, not handed back',
      },
    });
    const stranger = { photoIds: [newId()] };
    await expect(handBack(repairId, { calls: true }, stranger)).rejects.toMatchObject({ code: 'attachment.not_found' });
    await handBack(repairId, { calls: true });
    await handBack(repairId, { calls: true });
    const order = await world.repair(repairId);
    expect(order).toMatchObject({ stage: 'returned', holder: 'customer' });
    expect(order.stages.map(({ to }) => to)).toEqual(['received', ...way, 'returned']);
    expect(await world.events(caseId, 'repair.returned')).toHaveLength(1);
    expect((await promises(caseId)).map(({ state }) => state)).toEqual(['kept', 'kept']);
    expect((await blockers(caseId)).map(({ kind }) => kind)).toEqual(['impact']);
    const impacts = await world.rooms.db.query('select kind, state from impact where case_id = $1 order by kind', [
      caseId,
    ]);
    expect(impacts).toEqual([
      { kind: 'calls', state: 'restored' },
      { kind: 'data', state: 'reported' },
    ]);
    await expect(world.move(repairId, 'in_repair')).rejects.toEqual(refused('repair.transition_forbidden'));
    await world.move(repairId, 'closed');
    expect(isRepairOver((await world.repair(repairId)).stage)).toBe(true);
  });
});

describe('the promised return', () => {
  it('is a promise to the customer with a word by then; moved it takes a reason, and they are told once', async () => {
    const { caseId, repairId } = await world.taken();
    const { clock } = world.rooms;
    const first = world.in(5);
    await world.promise(repairId, first);
    expect(await promises(caseId)).toMatchObject([
      { kind: 'other', state: 'open', due_at: first, text: 'Devolverte tu Auriga One' },
      { kind: 'update', state: 'open', due_at: first, text: null },
    ]);
    await expect(world.promise(repairId, world.in(8))).rejects.toEqual(refused('repair.reason_needed'));
    await expect(world.promise(repairId, world.in(-1))).rejects.toEqual(refused('repair.promise_past'));
    await world.promise(repairId, world.in(7), 'Falta una pieza');
    await world.promise(repairId, world.in(8), 'Falta una pieza');
    await world.promise(repairId, world.in(8), 'Falta una pieza');
    await world.sweep();
    expect(await world.told(caseId)).toEqual([]);
    const moved = world.in(8);
    clock.advance(120_000);
    await Promise.all([world.sweep(), world.sweep(), world.sweep()]);
    await world.sweep();
    const told = await world.told(caseId);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/no estará el .* sino el .* \(Falta una pieza\)/u);
    expect((await promises(caseId)).map(({ due_at }) => due_at)).toEqual([moved, moved]);
    expect(
      (await world.events(caseId, 'repair.promise_moved')).map(({ data }) => [data['from'], data['reason']]),
    ).toEqual([
      [null, null],
      [first.toISOString(), 'Falta una pieza'],
      [expect.any(String), 'Falta una pieza'],
    ]);
    const { next } = (
      await world.rooms.db.query<{ next: Date }>('select next_update_due_at as next from cases where id = $1', [caseId])
    )[0] ?? { next: null };
    expect(next).toEqual(moved);
  });

  it('that goes back to what was told is told of to nobody', async () => {
    const { caseId, repairId } = await world.taken();
    const first = world.in(5);
    await world.promise(repairId, first);
    await world.promise(repairId, world.in(9), 'Me he equivocado de fila');
    await world.promise(repairId, first, 'Era la otra');
    world.rooms.clock.advance(120_000);
    await world.sweep();
    expect(await world.told(caseId)).toEqual([]);
  });
});

describe('the data on the device', () => {
  const agree = (repairId: string, body: object) =>
    inTx((tx) =>
      world.services.data.agree(tx, world.agent, repairId, {
        ...{ byName: 'Lucía', how: 'store', categories: ['photos', 'contacts'], mayErase: true },
        ...body,
      }),
    );

  it('is not wiped by a repair before the customer has agreed to that', async () => {
    const { repairId } = await world.taken();
    await world.move(repairId, 'diagnosed');
    await inTx((tx) => world.services.orders.change(tx, world.agent, repairId, { erases: true }));
    await expect(world.move(repairId, 'in_repair')).rejects.toEqual(refused('repair.consent_needed'));
    await agree(repairId, { mayErase: false });
    await expect(world.move(repairId, 'in_repair')).rejects.toEqual(refused('repair.consent_needed'));
    await agree(repairId, {});
    await world.move(repairId, 'in_repair');
  });

  it('keeps the case open until every category that is wanted has its result', async () => {
    const { caseId, repairId } = await world.taken();
    await inTx((tx) => world.services.data.ask(tx, world.agent, repairId));
    const tell = (results: object) => inTx((tx) => world.services.data.tell(tx, world.agent, repairId, { results }));
    await expect(tell({ photos: 'recovered' })).rejects.toEqual(refused('data_recovery.no_consent'));
    await agree(repairId, {});
    await tell({ photos: 'recovered', apps: 'recovered' });
    expect((await blockers(caseId)).filter(({ kind }) => kind === 'data')).toHaveLength(1);
    await tell({ contacts: 'partly' });
    expect((await world.repair(repairId)).data).toMatchObject({
      state: 'done',
      categories: [
        { category: 'photos', wanted: true, result: 'recovered' },
        { category: 'contacts', wanted: true, result: 'partly' },
        { category: 'messages', wanted: false, result: 'not_wanted' },
        { category: 'apps', wanted: false, result: 'not_wanted' },
        { category: 'other', wanted: false, result: 'not_wanted' },
      ],
    });
    expect((await blockers(caseId)).filter(({ kind }) => kind === 'data')).toEqual([]);
    expect((await world.events(caseId, 'data_recovery.%')).map(({ type }) => type)).toEqual([
      ...['data_recovery.asked', 'data_recovery.agreed', 'data_recovery.done'],
    ]);
    await expect(agree(repairId, {})).rejects.toEqual(refused('data_recovery.done_already'));
  });
});

describe('relief', () => {
  it('that is done relieves what was lacking, and the clock of that stops', async () => {
    const { caseId } = await world.taken(['calls']);
    const clock = async () => {
      await inTx((tx) => world.rooms.get(ClockService).advance(tx, [caseId]));
      const { items } = await world.rooms
        .get(ClockView)
        .find(world.rooms.database.manager, readerOf(world.agent), caseId, world.rooms.clock.now());
      return items.find(({ metric, side }) => metric === 'relief' && side === 'customer')?.state;
    };
    expect(await clock()).toBe('running');
    const dueAt = world.in(1).toISOString();
    await inTx((tx) =>
      world.services.relief.plan(tx, world.agent, caseId, { kind: 'duplicate_sim', impact: 'calls', note: '', dueAt }),
    );
    const [task] = (await world.repairs(caseId)).relief;
    const decide = (body: { state: 'done' | 'cancelled'; reason?: string }) =>
      inTx((tx) => world.services.relief.decide(tx, world.agent, task?.id ?? '', body));
    await decide({ state: 'done' });
    await decide({ state: 'done' });
    await expect(decide({ state: 'cancelled', reason: 'No' })).rejects.toEqual(refused('relief.decided'));
    expect(await world.events(caseId, 'impact.moved')).toMatchObject([
      { data: { kind: 'calls', from: 'reported', to: 'relieved' } },
    ]);
    expect(await world.rooms.db.query('select lacks from cases where id = $1', [caseId])).toEqual([{ lacks: [] }]);
    expect(await clock()).toBe('met');
  });
});

describe('the ways out', () => {
  it('are compared, and the one that is decided is a fact', async () => {
    const { caseId, repairId } = await world.taken();
    const { database } = world.rooms;
    const ways = world.rooms.get(RepairWays);
    const option = (way: 'repair' | 'replace', customer: number) => ({
      ...{ way, currency: 'EUR', daysWithoutPhone: 5, data: 'kept' as const, note: '' },
      shares: { manufacturer: 0, carrier: 0, goodwill: 0, customer },
    });
    await database.transaction((tx) =>
      ways.compare(tx, world.agent, repairId, { options: [option('repair', 10_000), option('replace', 0)] }),
    );
    const decide = (way: 'repair' | 'refund') =>
      database.transaction((tx) => ways.decide(tx, world.agent, repairId, { way, reason: 'La quiere' }));
    await expect(decide('refund')).rejects.toEqual(refused('repair.way_unknown'));
    await decide('repair');
    await decide('repair');
    expect(await world.repair(repairId)).toMatchObject({
      options: [{ way: 'repair', shares: { customer: 10_000 } }, { way: 'replace' }],
      way: { way: 'repair', reason: 'La quiere' },
    });
    expect(await world.events(caseId, 'repair.way_decided')).toHaveLength(1);
    expect(
      await world.rooms.db.query(`select text from story_fact where case_id = $1 and kind = 'decided'`, [caseId]),
    ).toEqual([{ text: 'Auriga One: se repara (La quiere)' }]);
  });
});

describe('a merge', () => {
  it('takes repairs along to the case that goes on', async () => {
    const { caseId, repairId } = await world.taken();
    const kept = await arrive(world.rooms, mail('otra@correo.test'));
    const owners = async () =>
      world.rooms.db.query<{ customer_id: string }>(
        'select customer_id from cases where id = any($1) order by id = $2',
        [[caseId, kept.caseId], caseId],
      );
    const [keeper, taken] = await owners();
    await inTx((tx) =>
      world.rooms.get(MergeService).customers(tx, actorOf(world.agent), {
        ...{ into: keeper?.customer_id ?? '', from: taken?.customer_id ?? '', reason: 'La misma' },
      }),
    );
    expect((await world.repairs(kept.caseId)).items).toMatchObject([{ id: repairId, caseId: kept.caseId }]);
    await world.move(repairId, 'diagnosed');
    expect(await world.events(kept.caseId, 'repair.moved')).toHaveLength(1);
  });
});

describe('the dashboard', () => {
  it('counts the phones that somebody has, by how far they are and how long ago they came', async () => {
    const panel = async () =>
      (await new DashboardPanelsView(world.rooms.database, world.rooms.clock, world.rooms.config).read(null, new Map()))
        .phones;
    const before = (await panel()).find(({ holder }) => holder === 'courier');
    expect(before).toBeUndefined();
    const [first, second] = [await world.taken(), await world.taken()];
    for (const { repairId } of [first, second])
      await inTx((tx) => world.services.orders.change(tx, world.agent, repairId, { holder: 'courier' }));
    await world.move(second.repairId, 'diagnosed');
    world.rooms.clock.advance(2 * 86_400_000);
    expect((await panel()).find(({ holder }) => holder === 'courier')).toMatchObject({
      ages: [0, 2, 0, 0],
      stages: [
        { stage: 'diagnosed', count: 1 },
        { stage: 'received', count: 1 },
      ],
    });
  });
});
