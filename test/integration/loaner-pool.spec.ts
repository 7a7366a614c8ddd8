import { LoanerHouse, LoanerImports, LoanerModels } from '#loaners';
import { actorOf, MergeService } from '#cases';
import { ClockService } from '#sla';
import { aPerson, aStore, readerOf } from '../factories/rooms.js';
import { DashboardView, LoanerView } from '#views';
import { DAY, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
let colon: string;
beforeAll(async () => {
  world = await openLoaners();
  colon = await aStore(world.rooms, 'Nexo Colón');
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code }) as unknown;
const fresh = async () => world.loaner(await world.model());

describe('a loaner', () => {
  it('goes from store to store, with a name at both ends', async () => {
    const id = await fresh();
    const there = await aPerson(world.rooms, 'store', colon);
    const { pool, do: work, clerk } = world;
    await expect(work((tx) => pool.send(tx, there, id, { toStoreId: colon }))).rejects.toEqual(
      refused('loaner.not_found'),
    );
    await work((tx) => pool.send(tx, clerk, id, { toStoreId: colon }));
    expect(await world.stateOf(id)).toBe('in_transfer');
    await expect(world.reserve(await world.aCase(), id)).rejects.toEqual(refused('loaner.not_available'));
    await expect(work((tx) => pool.receive(tx, clerk, id))).rejects.toEqual(refused('loaner.not_found'));
    await work((tx) => pool.receive(tx, there, id));
    expect(
      await world.rooms.db.query('select sent_name, received_name from loaner_transfer where loaner_id = $1', [id]),
    ).toEqual([{ sent_name: clerk.displayName, received_name: there.displayName }]);
    expect(await world.rooms.db.query('select store_id, state from loaner where id = $1', [id])).toEqual([
      { store_id: colon, state: 'available' },
    ]);
  });

  it('that somebody has or expects is neither retired nor sent away', async () => {
    const { pool, do: work, boss } = world;
    const id = await fresh();
    const loanId = await world.reserve(await world.aCase(), id);
    const tries = () =>
      Promise.all(
        [
          work((tx) => pool.move(tx, boss, id, { to: 'retired', reason: 'x' })),
          work((tx) => pool.send(tx, boss, id, { toStoreId: colon })),
        ].map((each) => expect(each).rejects.toEqual(refused('loaner.on_loan'))),
      );
    await tries();
    await world.lend(loanId);
    await tries();
    await world.takeBack(loanId);
    await work((tx) => pool.move(tx, boss, id, { to: 'retired', reason: 'Vieja' }));
    await expect(work((tx) => pool.move(tx, boss, id, { to: 'hygiene', reason: 'x' }))).rejects.toEqual(
      refused('loaner.transition_forbidden'),
    );
  });

  it('is swapped in one deed, lost with what was decided, and its next customer is told of neither', async () => {
    const { losses, do: work, clerk } = world;
    const [caseId, one, other] = [await world.aCase(['calls']), await fresh(), await fresh()];
    const loanId = await world.lent(caseId, one, { relieves: ['calls'] });
    const dueAt = (await world.loan(loanId))['due_at'];
    const body = { loanerId: other, reason: 'No carga', unsignedBecause: 'x', photoIds: [], accessories: [] };
    await work((tx) => losses.swap(tx, clerk, loanId, body));
    expect([await world.stateOf(one), await world.stateOf(other)]).toEqual(['hygiene', 'on_loan']);
    const [next] = await world.rooms.db.query<{ id: string }>('select id from loan where swapped_from = $1', [loanId]);
    expect(await world.loan(next?.id ?? '')).toMatchObject({ state: 'active', due_at: dueAt, relieves: ['calls'] });
    const charge = {
      text: 'Se cayó al mar',
      photoIds: [],
      decision: 'charge' as const,
      amountCents: 12_000,
      currency: 'EUR',
    };
    await work((tx) => losses.lost(tx, clerk, next?.id ?? '', charge));
    expect(await world.stateOf(other)).toBe('lost');
    expect(
      await world.rooms.db.query('select kind, amount_cents from loan_charge where loan_id = $1', [next?.id]),
    ).toEqual([{ kind: 'loss', amount_cents: 12_000 }]);
    expect(await world.rooms.db.query('select state from impact where case_id = $1', [caseId])).toEqual([
      { state: 'confirmed' },
    ]);
    // Who lost one is lent no other, unless a supervisor says so and why.
    await expect(world.reserve(caseId, await fresh())).rejects.toEqual(refused('loan.not_eligible'));
    await world.decide(caseId, { loanerId: await fresh(), reason: 'Fue un robo' }, world.boss);
  });

  it('is added by a list, row by row, and added once', async () => {
    const { do: work, boss } = world;
    const text =
      'label;brand;model;store;sims;imei\nL-1;Boreal;9;Nexo Goya;nano esim;356938035643809\nL-2;Boreal;9;Marte;nano;\nL-3;Boreal;9;Nexo Colón;nano;12\n';
    const take = () => work((tx) => world.rooms.get(LoanerImports).take(tx, boss, Buffer.from(text)));
    expect(await take()).toMatchObject({
      ...{ created: 1, unchanged: 0, refused: 2 },
      rows: [{ outcome: 'created' }, { reasons: ['store.unknown'] }, { reasons: ['imei.invalid'] }],
    });
    expect(await take()).toMatchObject({ created: 0, unchanged: 1, refused: 2 });
    await expect(work((tx) => world.rooms.get(LoanerImports).take(tx, boss, Buffer.from('a;b\n1;2')))).rejects.toEqual(
      refused('loaner.unreadable_list'),
    );
    const [hit] = await world.rooms.get(LoanerView).find(readerOf(boss), '35 693803 564380 9', 5);
    expect(hit).toMatchObject({ kind: 'loaner', title: 'Boreal 9 · L-1' });
  });
});

it('a row of a list that cannot be taken is kept with its reason, and the others are taken', async () => {
  const { do: work, boss } = world;
  const imports = world.rooms.get(LoanerImports);
  const old = await world.model({ brand: 'Boreal', name: 'Vieja' });
  await work((tx) => world.rooms.get(LoanerModels).change(tx, boss, old, { retired: true }));
  const list = [
    ...['label,brand,model,store,os,imei', 'M-1,Boreal,Vieja,Nexo Goya,android,', 'M-2,Boreal,Ninguna,Nexo Goya,,'],
    ...['M-3,Boreal,Diez,Nexo Goya,android,356938035643817', 'M-4,Boreal,Diez,Nexo Goya,,356938035643817'],
    ...[`${'M'.repeat(41)},Boreal,Diez,Nexo Goya,,`, 'M-5,Bor\u00e9al,Diez,Nexo Goya,ios,', ',Boreal,Diez,,,'],
  ].join('\n');
  // As an office program of old saves it.
  const taken = await work((tx) => imports.take(tx, boss, Buffer.from(list, 'latin1')));
  expect(taken).toMatchObject({ created: 2, refused: 5, header: ['label', 'brand', 'model', 'store', 'os', 'imei'] });
  expect(taken.rows.map(({ row, reasons }) => [row, ...reasons])).toEqual([
    ...[[2, 'model.retired'], [3, 'model.unknown'], [4], [5, 'imei.taken'], [6, 'label.long'], [7]],
    [8, 'label.missing', 'store.missing'],
  ]);
  expect(taken.rows[0]?.cells).toEqual(['M-1', 'Boreal', 'Vieja', 'Nexo Goya', 'android', '']);
  expect(
    await world.rooms.db.query(
      `select l.label, m.brand from loaner l join loaner_model m on m.id = l.model_id where l.label like 'M-%' order by 1`,
    ),
  ).toEqual([
    { label: 'M-3', brand: 'Boreal' },
    { label: 'M-5', brand: 'Bor\u00e9al' },
  ]);
  // Two lists at once add each phone once.
  const more = Buffer.from(
    'label,brand,model,store,os\nM-7,Boreal,Once,Nexo Goya,ios\nM-8,Boreal,Once,Nexo Goya,ios\n',
  );
  const both = await Promise.all([1, 2].map(() => work((tx) => imports.take(tx, boss, more))));
  expect(both.map(({ created, refused: not }) => [created, not]).toSorted()).toEqual([
    [0, 0],
    [2, 0],
  ]);
  await expect(work((tx) => imports.take(tx, world.clerk, more))).rejects.toEqual(refused('permission.denied'));
});

it('terms that were changed meanwhile are not signed, and steps come one after the other', async () => {
  const house = world.rooms.get(LoanerHouse);
  const loanId = await world.reserve(await world.aCase(), await fresh());
  await world.do((tx) => house.change(tx, world.boss, { terms: { es: 'Otras', en: 'Others' } }));
  await expect(world.lend(loanId)).rejects.toEqual(refused('loan.terms_outdated'));
  await world.lend(loanId, { termsVersion: 2 });
  await expect(world.do((tx) => house.change(tx, world.boss, { callAfterHours: 1 }))).rejects.toEqual(
    refused('request.invalid'),
  );
  for (const person of [world.agent, world.clerk])
    await expect(world.do((tx) => house.change(tx, person, { graceDays: 9 }))).rejects.toEqual(
      refused('permission.denied'),
    );
});

it('two cases that become one have both loans, each keeps it open, and one more is refused', async () => {
  const [one, other] = [await world.aCase(), await world.aCase()];
  const lend = async (caseId: string) => {
    const loanId = await world.reserve(caseId, await fresh());
    await world.lend(loanId, { termsVersion: 2 });
    return loanId;
  };
  const loans = [await lend(one), await lend(other)];
  const [kept] = await world.rooms.db.query<{ customer: string }>(
    'select customer_id as customer from cases where id = $1',
    [one],
  );
  const [taken] = await world.rooms.db.query<{ customer: string }>(
    'select customer_id as customer from cases where id = $1',
    [other],
  );
  const order = { into: kept?.customer ?? '', from: taken?.customer ?? '', reason: 'La misma' };
  await world.do((tx) => world.rooms.get(MergeService).customers(tx, actorOf(world.boss), order));
  const rows = await world.rooms.db.query<{ id: string }>(
    `select n.id from loan n join cases c on c.id = n.case_id where c.is_open and n.id = any($1) and n.state = 'active'`,
    [loans],
  );
  expect(rows).toHaveLength(2);
  for (const { id } of rows) await world.takeBack(id, {}, world.boss);
});

it('the dashboard counts who lacks something and has no phone of ours', async () => {
  const clocks = world.rooms.get(ClockService);
  const caseId = await world.aCase(['calls', 'data']);
  const figure = async () => {
    await world.do((tx) => clocks.advance(tx, [caseId]));
    const { tiles } = await world.rooms.get(DashboardView).tiles(null);
    return tiles.find(({ tile }) => tile === 'without_loaner')?.count ?? 0;
  };
  const before = await figure();
  const loanId = await world.reserve(caseId, await fresh());
  await world.lend(loanId, { termsVersion: 2, relieves: ['calls'] });
  expect(await figure()).toBe(before - 1);
  world.rooms.clock.advance(DAY);
  await world.takeBack(loanId);
  expect(await figure()).toBe(before);
});
