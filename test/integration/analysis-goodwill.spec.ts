import { AnalysisView } from '#views';
import { aPerson, aStore } from '../factories/rooms.js';
import { discount, FIRST, openGoodwill, voucher, type GoodwillWorld } from './goodwill.world.js';

const HOUR_MS = 3_600_000;
const PERIOD = { from: '2026-11-01', to: '2026-11-07' };
let world: GoodwillWorld;
beforeAll(async () => {
  world = await openGoodwill();
  world.rooms.clock.set(FIRST);
}, 60_000);
afterAll(() => world?.rooms.close());

const analyst = { id: '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11', language: 'es' as const };
const view = () => world.rooms.get(AnalysisView);
const groups = async (group: 'kind' | 'store' | 'day', currency?: string) => {
  const { groups: found } = await view().detail(analyst, 'goodwill', { ...PERIOD, group, currency });
  return Object.fromEntries(found.map(({ key, name, value }) => [name ?? key, value]));
};

it('what is given stands by kind, store and day, of one currency at a time, beside nothing the law says', async () => {
  const [goya, vigo] = [await aStore(world.rooms, 'Nexo Goya'), await aStore(world.rooms, 'Nexo Vigo')];
  const inGoya = await aPerson(world.rooms, 'store', goya);
  const caseId = await world.aCase({ tier: 'gold' });
  const [row] = await world.rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [
    caseId,
  ]);
  await world.visit({ storeId: vigo, caseReference: row?.reference, text: 'Viene' });
  // Who has seen the case in their store gives it there; who calls gives it where the customer came.
  await world.rooms.db.query('insert into case_store (case_id, store_id) values ($1, $2) on conflict do nothing', [
    caseId,
    goya,
  ]);
  await world.give(caseId, voucher(1000), inGoya);
  await world.give(caseId, voucher(500));
  await world.give(caseId, { kind: 'privilege', privilege: 'call_back', reason: 'Sí' });
  const refused = await world.give(caseId, voucher(900_000));
  await world.tx((tx) => world.decisions().refuse(tx, world.supervisor, refused.benefitId, { by: 'us', reason: 'No' }));
  await world.give(caseId, discount());
  world.rooms.clock.advance(49 * HOUR_MS);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  await world.rooms.db.query(
    `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, decided_at, created_at, state_at)
     select new_id(), id, customer_id, 'points', 'issued', '{}', 7000, 'JPY', 'gold', $2, $2, $2 from cases where id = $1`,
    [caseId, FIRST],
  );

  const { now, currency, currencies, days } = await view().detail(analyst, 'goodwill', { ...PERIOD, group: 'day' });
  expect({ now, currency, currencies }).toMatchObject({
    ...{ currency: 'EUR', currencies: ['EUR', 'JPY'] },
    now: { value: 1000 + 500 + 3 * 70, n: 5 },
  });
  expect(days.map(({ day, value }) => [day, value])).toEqual([
    ['2026-11-01', 1570],
    ['2026-11-02', 70],
    ['2026-11-03', 70],
  ]);
  expect(await groups('kind')).toEqual({ voucher: 1500, fee_discount: 210 });
  expect(await groups('store')).toEqual({ 'Nexo Goya': 1000, 'Nexo Vigo': 710 });
  expect(await groups('kind', 'JPY')).toEqual({ points: 7000 });
  expect(await groups('kind', 'USD')).toEqual({});
  const { cards } = await view().overview(analyst, { ...PERIOD, metrics: ['goodwill'] });
  expect(cards).toMatchObject([{ currency: 'EUR', kind: 'money', better: null, now: { value: 1710 } }]);
  const { items } = await view().rows(analyst, 'goodwill', { ...PERIOD, limit: 50, currency: 'JPY' });
  expect(items).toMatchObject([
    { value: 7000, currency: 'JPY', detail: 'points', case: { reference: row?.reference } },
  ]);
});
