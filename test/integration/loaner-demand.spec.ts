import type { UnmetRow } from '#contracts';
import { LoanerDemandView } from '#views';
import { aPerson, aStore, readerOf } from '../factories/rooms.js';
import { DAY, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
let colon: string;
let view: LoanerDemandView;
beforeAll(async () => {
  world = await openLoaners();
  colon = await aStore(world.rooms, 'Nexo Colón');
  view = world.rooms.get(LoanerDemandView);
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const tick = () => world.rooms.clock.advance(1000);
const wanted = async (modelId: string | undefined, storeId = world.storeId) => {
  const caseId = await world.aCase();
  tick();
  await world.decide(caseId, { outcome: 'none_available', storeId, ...(modelId ? { modelId } : {}) });
  return caseId;
};
const boss = () => readerOf(world.boss);
const send = (body: { count: number; modelId?: string; toStoreId?: string; fromStoreId?: string }, by = world.boss) =>
  world.do((tx) => world.pool.sendSome(tx, by, { fromStoreId: colon, toStoreId: world.storeId, ...body }));

describe('what was wanted and not there', () => {
  it('is counted by store, model and week, with who waits and who could spare some', async () => {
    const modelId = await world.model({ brand: 'Faltante', name: 'Uno' });
    await wanted(modelId);
    world.rooms.clock.advance(7 * DAY);
    const [met] = [await wanted(modelId), await wanted(modelId), await wanted(undefined)];
    for (let n = 0; n < 3; n += 1) await world.loaner(modelId, colon);
    await world.lent(met, await world.loaner(modelId));
    tick();
    const { items } = await view.counts(boss(), {});
    expect(items).toMatchObject([
      { ...{ store: { name: 'Nexo Goya' }, model: { name: 'Uno' }, count: 3, waiting: 2 }, spare: [{ free: 3 }] },
      { model: null, count: 1, waiting: 1, spare: [{ store: { name: 'Nexo Colón' }, free: 3 }] },
    ]);
    expect(items[0]?.weeks.map(({ count }) => count)).toEqual([1, 2]);
    for (const { week } of items[0]?.weeks ?? []) expect(new Date(week).getUTCDay()).toBe(1);
    const lastWeek = new Date(world.rooms.clock.now().getTime() - DAY).toISOString();
    expect((await view.counts(boss(), { from: lastWeek })).items[0]).toMatchObject({ count: 2 });
  });

  it('is listed newest first, page by page, with what became of each, and of one store to whoever works there', async () => {
    const modelId = await world.model({ brand: 'Faltante', name: 'Dos' });
    const cases: string[] = [];
    for (let n = 0; n < 5; n += 1) cases.unshift(await wanted(modelId));
    const other = await wanted(modelId, colon);
    await world.lent(cases[4] ?? '', await world.loaner(modelId));
    await world.rooms.db.query(`update cases set status = 'closed', closed_at = now() where id = $1`, [cases[3]]);
    tick();
    const read: UnmetRow[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await view.rows(boss(), { modelId, limit: 2, cursor });
      expect(items.length).toBeLessThanOrEqual(2);
      read.push(...items);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(read.map((row) => row.case.id)).toEqual([other, ...cases]);
    expect(read.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting', 'over', 'lent']);
    const all: UnmetRow[] = [];
    await view.all(boss(), { modelId, state: 'waiting' }, async (rows) => void all.push(...rows));
    expect(all).toHaveLength(4);
    await expect(view.rows(boss(), { cursor: 'x', limit: 2 })).rejects.toEqual(refused('request.invalid'));
    const clerk = readerOf(await aPerson(world.rooms, 'store', colon));
    expect((await view.counts(clerk, {})).items).toMatchObject([{ store: { name: 'Nexo Colón' }, count: 1 }]);
  });
});

describe('some from a store that has them', () => {
  it('go in one deed, each written down, and arrive one by one', async () => {
    const modelId = await world.model();
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await world.loaner(modelId, colon));
    const sent = await send({ modelId, count: 3 });
    expect(sent).toHaveLength(3);
    expect(
      await world.rooms.db.query(
        `select t.from_store, t.to_store, l.state from loaner_transfer t join loaner l on l.id = t.loaner_id where t.loaner_id = any($1)`,
        [ids],
      ),
    ).toEqual(Array.from({ length: 3 }, () => ({ from_store: colon, to_store: world.storeId, state: 'in_transfer' })));
    await world.do((tx) => world.pool.receive(tx, world.clerk, sent[0]?.id ?? ''));
    expect(await world.stateOf(sent[0]?.id ?? '')).toBe('available');
  });

  it('all of them or none, never one that somebody expects, and by a supervisor', async () => {
    const modelId = await world.model();
    const [kept, free] = [await world.loaner(modelId, colon), await world.loaner(modelId, colon)];
    await world.decide(await world.aCase(), { loanerId: kept, storeId: colon });
    await expect(send({ modelId, count: 2 })).rejects.toEqual(refused('loaner.none_available'));
    expect(await world.stateOf(free)).toBe('available');
    for (const by of [world.clerk, world.agent])
      await expect(send({ modelId, count: 1 }, by)).rejects.toEqual(refused('permission.denied'));
    await expect(send({ modelId, count: 1, toStoreId: colon })).rejects.toEqual(refused('loaner.same_store'));
    await send({ modelId, count: 1 });
    expect(await world.stateOf(kept)).toBe('reserved');
  });

  it('two supervisors at once send each phone once', async () => {
    const modelId = await world.model();
    for (let n = 0; n < 5; n += 1) await world.loaner(modelId, colon);
    const both = await Promise.allSettled([send({ modelId, count: 3 }), send({ modelId, count: 3 })]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      await world.rooms.db.query(`select from loaner where model_id = $1 and state = 'in_transfer'`, [modelId]),
    ).toHaveLength(3);
  });
});
