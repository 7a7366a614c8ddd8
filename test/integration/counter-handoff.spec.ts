import { showCaseToStore } from '#cases';
import { HandoffLooks, Finish, Intakes } from '#counter';
import type { IntakePath, PartnerBody, ShareField } from '#contracts';
import { Partners } from '#handoffs';
import { aPerson, aStore, arrive, dm } from '../factories/rooms.js';
import { openLoaners, type LoanersWorld } from './loaners.world.js';
import { partnerBody, sharing } from './partners.world.js';

let world: LoanersWorld;
beforeAll(async () => {
  world = await openLoaners();
});
afterAll(() => world.rooms.close());

type Fields = Partial<Record<IntakePath, unknown>>;
const query = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => world.rooms.database.query(sql, values);
const aPartner = async (body: Partial<PartnerBody> = {}, fields: ShareField[] = ['device.model', 'device.imei']) => {
  const admin = await aPerson(world.rooms, 'admin');
  const form = [
    { key: 'imei', title: { es: 'IMEI', en: 'IMEI' }, type: 'text' as const, required: true },
    { key: 'wet', title: { es: '¿Se ha mojado?', en: 'Did it get wet?' }, type: 'boolean' as const, required: true },
  ].map((field) => ({ ...field, choices: [], ...(field.key === 'imei' && { fact: 'device.imei' as const }) }));
  const terms = { ...partnerBody().terms, share: sharing(...fields), form, ...body.terms };
  return world.do((tx) => world.rooms.get(Partners).create(tx, admin, partnerBody({ ...body, terms })));
};

let brought = 0;
const imeiOf = (number: number): string => {
  const body = `35693804${String(number).padStart(6, '0')}`;
  const sum = [...body].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
};
const save = async (id: string, fields: Fields) => {
  const { fields: kept } = await world.rooms.get(Intakes).read(world.rooms.database.manager, world.clerk, id);
  const baseOf = (path: string) => kept.find((field) => field.path === path)?.version ?? 0;
  const results = await world.do((tx) =>
    world.rooms.get(Intakes).save(tx, world.clerk, id, {
      fields: Object.entries(fields).map(([path, value]) => ({
        ...{ path: path as IntakePath, value, base: baseOf(path) },
      })),
    }),
  );
  expect(results.filter(({ outcome }) => outcome !== 'saved')).toEqual([]);
};
/** A phone that stays and is covered; nobody is asked yet to take it. */
const begun = async (fields: Fields) => {
  const { caseId, customerId } = await arrive(world.rooms, dm(`7700${brought}`));
  // They showed the code of their case.
  await world.do((tx) => showCaseToStore(tx, caseId, world.storeId));
  const { id } = await world.do((tx) =>
    world.rooms.get(Intakes).begin(tx, world.clerk, { storeId: world.storeId, kind: 'intake' }),
  );
  await save(id, {
    ...{
      'who.customerId': customerId,
      'listen.text': 'No enciende',
      'device.stays': 'here',
      'device.imei': imeiOf((brought += 1)),
    },
    ...{ 'device.modelName': 'Nexo One', 'device.fault': 'no_power', 'decide.outcome': 'covered' },
    'device.condition': { marks: [], powersOn: 'no', screen: 'whole', note: '' },
    ...{ 'device.activationLock': 'off', 'device.backUp': 'not_possible' },
    ...{ 'keep.outcome': 'declined', 'keep.reason': 'Tiene otro', 'take.by': 'partner' },
    'promise.nextUpdateAt': new Date(world.rooms.clock.now().getTime() + 86_400_000).toISOString(),
    ...{ 'promise.reachBy': 'twitter', waivers: { photos: 'Cámara rota', signature: 'Firmó en papel' } },
    ...fields,
  });
  return id;
};
const finish = (id: string) => world.do((tx) => world.rooms.get(Finish).finish(tx, world.clerk, id, null));
const look = (id: string, by = world.clerk) => world.do((tx) => world.rooms.get(HandoffLooks).preview(tx, by, id));
const ASKED = { 'take.ask': 'Repair under warranty.', 'take.form': { wet: false } };

it('hands the phone over with the rest, once, however often it is finished', async () => {
  const partnerId = await aPartner();
  const id = await begun({ ...ASKED, 'take.partnerId': partnerId, 'take.tracking': 'RX-1' });
  const outcomes = await Promise.all([finish(id), finish(id)]);
  expect(outcomes[1]).toEqual(outcomes[0]);
  const [{ caseId, repairId, deviceId, handoffId, legId }] = outcomes;
  const given = await query(
    `select id, state, mode, ask, form, device_id, repair_order_id, store_id, document -> 'form' as told from handoff where case_id = $1`,
    caseId,
  );
  expect(given).toEqual([
    {
      ...{ id: handoffId, state: 'sent', mode: 'custody', ask: 'Repair under warranty.', form: { wet: false } },
      ...{ device_id: deviceId, repair_order_id: repairId, store_id: world.storeId },
      told: { imei: imeiOf(brought), wet: false },
    },
  ]);
  expect(
    await query(
      'select id, state, from_kind, to_id, courier_name, handoff_id, tracking_number from custody_leg where case_id = $1',
      caseId,
    ),
  ).toEqual([
    {
      ...{ id: legId, state: 'planned', from_kind: 'store', to_id: partnerId, courier_name: '—' },
      ...{ handoff_id: handoffId, tracking_number: 'RX-1' },
    },
  ]);
  expect(await query('select status, wait_reason, assignee_id from cases where id = $1', caseId)).toEqual([
    { status: 'waiting', wait_reason: 'partner', assignee_id: world.clerk.id },
  ]);
  const [receipt] = await query<{ data: { taker: unknown } }>(
    'select data from counter_receipt where intake_id = $1',
    id,
  );
  expect(receipt?.data.taker).toEqual({ by: 'partner', partner: expect.stringMatching(/^Orbe/u) });
});

it('shows before exactly what they see afterwards, and has done nothing by showing it', async () => {
  const id = await begun({ ...ASKED, 'take.partnerId': await aPartner() });
  const before = await query('select count(*)::int as events from case_event');
  const seen = await look(id);
  expect(await look(id)).toEqual(seen);
  expect(await query('select count(*)::int as events from case_event')).toEqual(before);
  expect(seen.missing).toEqual([]);
  const { handoffId } = await finish(id);
  const [given] = await query<{ document: unknown }>('select document from handoff where id = $1', handoffId);
  expect(given?.document).toEqual(seen.document);
  await expect(look(id)).rejects.toMatchObject({ code: 'intake.over' });
});

it('stays whole where they are not told what they need, and goes on when that is answered or left for later', async () => {
  const partnerId = await aPartner();
  const id = await begun({ 'take.ask': 'Reparar.', 'take.partnerId': partnerId });
  const wanted = [{ key: 'wet', title: '¿Se ha mojado?' }];
  expect((await look(id)).missing).toEqual(wanted);
  await expect(finish(id)).rejects.toMatchObject({ code: 'handoff.incomplete', details: { missing: wanted } });
  const kept = await world.rooms.get(Intakes).read(world.rooms.database.manager, world.clerk, id);
  expect(kept).toMatchObject({ state: 'open', gates: [], outcome: null });
  expect(kept.fields.find(({ path }) => path === 'take.partnerId')?.value).toBe(partnerId);
  await save(id, { 'take.partnerId': null });
  expect(await finish(id)).toMatchObject({ handoffId: null, legId: null, repairId: expect.any(String) });
});

it.each<[string, () => Promise<string>, string]>([
  [
    'covers other brands only',
    () => aPartner({ terms: { ...partnerBody().terms, brands: ['Boreal'] } }),
    'partner.not_covered',
  ],
  ['works with us no longer', () => aPartner({ active: false }), 'partner.inactive'],
])('is refused by name where a company %s', async (_, whom, code) => {
  const id = await begun({ ...ASKED, 'take.partnerId': await whom() });
  await expect(look(id)).rejects.toMatchObject({ code });
  await expect(finish(id)).rejects.toMatchObject({ code });
  expect(await query(`select state from counter_intake where id = $1`, id)).toEqual([{ state: 'open' }]);
});

it('asks what follows from what is decided in the end, where nobody wrote otherwise', async () => {
  const id = await begun({ 'take.form': { wet: false }, 'take.partnerId': await aPartner() });
  expect((await look(id)).document.ask).toBe('Repair under warranty: Does not turn on.');
  await save(id, {
    ...{ 'decide.outcome': 'not_covered', 'decide.clause': '4.2' },
    ...{ 'decide.plainWords': 'Se mojó.', 'decide.nextStep': 'Pedimos presupuesto.' },
  });
  const { handoffId } = await finish(id);
  expect(await query('select ask from handoff where id = $1', handoffId)).toEqual([
    { ask: expect.stringContaining('what repairing it would cost') },
  ]);
});

it('has no way to go where they only advise', async () => {
  const id = await begun({ ...ASKED, 'take.partnerId': await aPartner(), 'take.mode': 'advise' });
  const { handoffId, legId } = await finish(id);
  expect(legId).toBeNull();
  expect(await query('select mode from handoff where id = $1', handoffId)).toEqual([{ mode: 'advise' }]);
  const [receipt] = await query<{ data: { taker: unknown } }>(
    'select data from counter_receipt where intake_id = $1',
    id,
  );
  expect(receipt?.data.taker).toEqual({ by: 'store', partner: null });
});

it('shows nothing of a case this store has not seen, and does not say whether there is one', async () => {
  const { caseId } = await arrive(world.rooms, dm('88001'));
  const [there] = await query<{ reference: string }>('select reference from cases where id = $1', caseId);
  const storeId = await aStore(world.rooms, 'Nexo Colón');
  const stranger = await aPerson(world.rooms, 'store', storeId);
  const begin = () => world.do((tx) => world.rooms.get(Intakes).begin(tx, stranger, { storeId, kind: 'intake' }));
  for (const reference of [there?.reference, 'H-2222-22']) {
    const { id } = await begin();
    const fields = { ...ASKED, 'who.caseReference': reference, 'listen.text': '?', 'device.stays': 'here' };
    const whole = { ...fields, 'take.by': 'partner', 'take.partnerId': await aPartner() };
    await world.do((tx) =>
      world.rooms.get(Intakes).save(tx, stranger, id, {
        fields: Object.entries(whole).map(([path, value]) => ({ path: path as IntakePath, value, base: 0 })),
      }),
    );
    await expect(look(id, stranger)).rejects.toMatchObject({ code: 'case.not_found' });
  }
  const { customerId } = await arrive(world.rooms, dm('88001'));
  const found = await begun({ ...ASKED, 'who.customerId': customerId, 'take.partnerId': await aPartner() });
  await expect(look(found)).rejects.toMatchObject({ code: 'intake.case_unseen' });
  expect(await query('select from break_glass where case_id = $1', caseId)).toEqual([]);
});

it('is nothing to look at before somebody is here and somebody takes it', async () => {
  const id = await begun({ 'take.by': 'store' });
  await expect(look(id)).rejects.toMatchObject({ code: 'intake.gates_open' });
});
