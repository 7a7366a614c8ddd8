import { Finish, Intakes } from '#counter';
import type { IntakePath } from '#contracts';
import type { Principal } from '#identity';
import { aPerson, aStore } from '../factories/rooms.js';
import { DAY_MS, FIRST, openGoodwill, refusal, voucher, type GoodwillWorld } from './goodwill.world.js';

type Fields = Partial<Record<IntakePath, unknown>>;
const FEE = { monthlyFeeCents: 3000, currency: 'EUR' };

let world: GoodwillWorld;
let clerk: Principal;
let storeId: string;
beforeAll(async () => {
  world = await openGoodwill();
  storeId = await aStore(world.rooms, 'Nexo Goya');
  clerk = await aPerson(world.rooms, 'store', storeId);
}, 60_000);
afterAll(() => world?.rooms.close());
beforeEach(() => world.rooms.clock.set(FIRST));

const query = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => world.rooms.database.query(sql, values);
const later = (days: number) => new Date(world.rooms.clock.now().getTime() + days * DAY_MS);
const begin = async (caseId: string, fields: Fields): Promise<string> => {
  const { id } = await world.tx((tx) => world.rooms.get(Intakes).begin(tx, clerk, { storeId, kind: 'intake' }));
  const said: Fields = {
    ...{
      'who.customerId': await world.customerOf(caseId),
      'listen.text': 'Sigue sin línea',
      'listen.lacks': ['calls'],
    },
    ...{ 'device.stays': 'with_customer', 'device.imei': '356938035643809', 'device.modelName': 'Nexo One' },
    ...{ 'keep.outcome': 'declined', 'keep.reason': 'Tiene otro', 'promise.reachBy': 'email' },
    ...{ 'promise.nextUpdateAt': later(1).toISOString(), ...fields },
  };
  const results = await world.tx((tx) =>
    world.rooms.get(Intakes).save(tx, clerk, id, {
      fields: Object.entries(said).map(([path, value]) => ({ path: path as IntakePath, value, base: 0 })),
    }),
  );
  expect(results.filter(({ outcome }) => outcome !== 'saved')).toEqual([]);
  return id;
};
const finish = (id: string) => world.tx((tx) => world.rooms.get(Finish).finish(tx, clerk, id, null));
const told = async (intakeId: string) =>
  (
    await query<{ data: { benefits: { kind: string; waits: boolean }[] } }>(
      'select data from counter_receipt where intake_id = $1',
      intakeId,
    )
  )[0]?.data.benefits.map(({ kind, waits }) => ({ kind, waits }));
/** Without service for three days: a discount and a voucher are proposed. */
const proposed = async (): Promise<{ caseId: string; discount: string; gift: string }> => {
  const caseId = await world.aCase({ feeCents: null });
  world.rooms.clock.set(later(3).toISOString());
  await world.propose();
  const items = await world.list(caseId);
  const idOf = (kind: string) => items.find((one) => one.kind === kind)?.id ?? '';
  return { caseId, discount: idOf('fee_discount'), gift: idOf('voucher') };
};
const stateOf = async (id: string) => (await world.one(id)).state;

it('what is taken up at the counter runs, and stands on the receipt; what is not stays proposed', async () => {
  const { caseId, discount, gift } = await proposed();
  const id = await begin(caseId, { 'give.benefits': [{ id: discount, ...FEE }] });
  await finish(id);
  expect(await world.one(discount)).toMatchObject({ state: 'active', decidedBy: { id: clerk.id } });
  expect(await stateOf(gift)).toBe('proposed');
  expect(await told(id)).toEqual([{ kind: 'fee_discount', waits: false }]);
});

it('what is above the limit of the shop waits for somebody with more say, and the receipt says so', async () => {
  const { caseId, gift, discount } = await proposed();
  await world.give(caseId, voucher(2500, { equityReason: 'Vive sola' }), world.supervisor);
  const id = await begin(caseId, { 'give.benefits': [{ id: gift }, { id: discount, ...FEE }] });
  await finish(id);
  expect(await world.one(gift)).toMatchObject({ state: 'proposed', askedBy: { id: clerk.id }, needs: ['above_limit'] });
  expect((await told(id))?.toSorted((one, other) => one.kind.localeCompare(other.kind))).toEqual([
    { kind: 'fee_discount', waits: true },
    { kind: 'voucher', waits: true },
    { kind: 'voucher', waits: false },
  ]);
});

it('is given once, whoever else was quicker', async () => {
  const { caseId, gift } = await proposed();
  const id = await begin(caseId, { 'give.benefits': [{ id: gift }] });
  await world.tx((tx) => world.decisions().approve(tx, world.agent, gift, {}));
  await finish(id);
  expect(await world.one(gift)).toMatchObject({ state: 'issued', decidedBy: { id: world.agent.id } });
  expect(await query(`select from case_event where case_id = $1 and type = 'benefit.issued'`, caseId)).toHaveLength(1);
  expect(await told(id)).toEqual([{ kind: 'voucher', waits: false }]);
});

it('of somebody else is not given here', async () => {
  const [{ caseId }, other] = [await proposed(), await proposed()];
  const id = await begin(caseId, { 'give.benefits': [{ id: other.gift }] });
  await finish(id);
  expect(await stateOf(other.gift)).toBe('proposed');
  expect(await told(id)).toEqual([]);
});

it('a discount on a fee nobody knows ends nothing by halves', async () => {
  const { caseId, discount, gift } = await proposed();
  const id = await begin(caseId, { 'give.benefits': [{ id: gift }, { id: discount }] });
  expect(await refusal(finish(id))).toBe('benefit.fee_unknown');
  expect(await stateOf(gift)).toBe('proposed');
  expect(
    await query(`select from visit v join interaction i on i.id = v.interaction_id where i.case_id = $1`, caseId),
  ).toEqual([]);
});

it.each<[string, Fields, object]>([
  ['a MEID is one', { 'device.imei': 'A0 000000 123456' }, { imei: null, meid: 'A0000000123456' }],
  [
    'what is no number identifies nothing, and holds nothing up once it is waived',
    { 'device.imei': '3569380356', waivers: { imei: 'La etiqueta está rota' } },
    { imei: null, meid: null },
  ],
  [
    'the same number twice is one',
    { 'device.imei': '490154203237518', 'device.imei2': '49-015420-323751-8' },
    { imei: '490154203237518', imei2: null },
  ],
])('of the numbers of a phone: %s', async (_why, fields, numbers) => {
  const { deviceId } = await finish(await begin(await world.aCase(), fields));
  expect(await query('select imei, imei2, meid from device where id = $1', deviceId)).toMatchObject([numbers]);
});
