import { StoreBoardView } from '#views';
import { visibleStore, type Principal } from '#identity';
import { PromiseService } from '#cases';
import { aPerson, aStore } from '../factories/rooms.js';
import { DAY, HOUR, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
beforeAll(async () => {
  world = await openLoaners();
});
afterAll(() => world.rooms.close());

const board = (by: Principal = world.clerk, storeId = world.storeId) =>
  world.rooms.get(StoreBoardView).read(world.rooms.database.manager, { id: by.id, storeId: visibleStore(by) }, storeId);

it('shows what is kept, what is out and how late, what was promised, and what is on the shelf', async () => {
  const modelId = await world.model({ brand: 'Nexo', name: 'Mini' });
  const [kept, out, late, shelf] = [
    await world.loaner(modelId),
    await world.loaner(modelId),
    await world.loaner(modelId),
    await world.loaner(modelId),
  ];
  const cases = [await world.aCase(), await world.aCase(), await world.aCase()];
  const now = world.rooms.clock.now();
  await world.lent(cases[2] ?? '', late, { dueAt: new Date(now.getTime() + DAY).toISOString() });
  world.rooms.clock.set(new Date(now.getTime() + 20 * DAY));
  await world.lent(cases[1] ?? '', out);
  await world.reserve(cases[0] ?? '', kept);
  await world.do((tx) =>
    world.rooms.get(PromiseService).make(tx, world.clerk, cases[0] ?? '', {
      ...{ kind: 'update', dueAt: new Date(world.rooms.clock.now().getTime() + HOUR).toISOString() },
    }),
  );
  await world.rooms.db.query('update cases set assignee_id = $1 where id = $2', [world.clerk.id, cases[0]]);
  const { reserved, lent, promised, loaners } = await board();
  expect(reserved).toMatchObject({ items: [{ model: 'Nexo Mini', case: { id: cases[0] } }], more: false });
  expect(lent.items.map(({ late: isLate, case: { id } }) => [id, isLate])).toEqual([
    [cases[2], true],
    [cases[1], false],
  ]);
  expect(promised.items).toMatchObject([{ case: { id: cases[0] }, late: false, owner: world.clerk.displayName }]);
  expect(loaners).toEqual({ available: 1, toClean: 0, coming: 0 });
  expect(await world.stateOf(shelf)).toBe('available');
});

it('shows a store nothing of cases it does not see', async () => {
  const elsewhere = await aStore(world.rooms, 'Nexo Colón');
  const stranger = await aPerson(world.rooms, 'store', elsewhere);
  expect(await board(stranger)).toMatchObject({
    reserved: { items: [] },
    lent: { items: [] },
    promised: { items: [] },
  });
  await expect(board(world.boss, world.boss.id)).rejects.toMatchObject({ code: 'store.not_found' });
});

it('counts what is on its way to the store, not what has left it', async () => {
  const [here, there] = [await aStore(world.rooms, 'Nexo Norte'), await aStore(world.rooms, 'Nexo Sur')];
  const loanerId = await world.loaner(await world.model(), here);
  await world.do((tx) => world.pool.send(tx, world.boss, loanerId, { toStoreId: there }));
  const comingTo = async (storeId: string) => (await board(world.boss, storeId)).loaners.coming;
  expect([await comingTo(here), await comingTo(there)]).toEqual([0, 1]);
});
