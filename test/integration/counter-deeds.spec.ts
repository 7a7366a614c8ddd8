import { Finish, Intakes } from '#counter';
import type { IntakePath } from '#contracts';
import { newId } from '#platform';
import { DAY, openLoaners, type LoanersWorld } from './loaners.world.js';

let world: LoanersWorld;
let modelId: string;
beforeAll(async () => {
  world = await openLoaners();
  modelId = await world.model({ brand: 'Nexo', name: 'Mini' });
});
afterAll(() => world.rooms.close());

type Fields = Partial<Record<IntakePath, unknown>>;
const inDays = (days: number) => new Date(world.rooms.clock.now().getTime() + days * DAY).toISOString();
const begin = async (fields: Fields, kind: 'intake' | 'pick_up' = 'intake') => {
  const id = newId();
  await world.do((tx) => world.rooms.get(Intakes).begin(tx, world.clerk, { id, storeId: world.storeId, kind }));
  await save(id, fields);
  return id;
};
const save = async (id: string, fields: Fields) => {
  const { fields: kept } = await world.rooms.get(Intakes).read(world.rooms.database.manager, world.clerk, id);
  const results = await world.do((tx) =>
    world.rooms.get(Intakes).save(tx, world.clerk, id, {
      fields: Object.entries(fields).map(([path, value]) => ({
        ...{ path: path as IntakePath, value },
        base: kept.find((field) => field.path === path)?.version ?? 0,
      })),
    }),
  );
  expect(results.filter(({ outcome }) => outcome !== 'saved')).toEqual([]);
};
const finish = (id: string) => world.do((tx) => world.rooms.get(Finish).finish(tx, world.clerk, id, null));
const customerOf = async (caseId: string) =>
  (await query<{ customer_id: string }>('select customer_id from cases where id = $1', caseId))[0]?.customer_id ?? '';
const query = <Row>(sql: string, ...values: unknown[]): Promise<Row[]> => world.rooms.database.query(sql, values);
const one = async <Row>(sql: string, ...values: unknown[]): Promise<Row | undefined> =>
  (await query<Row>(sql, ...values))[0];

let brought = 0;
/** Another phone each time: fourteen digits and the one that makes them an IMEI (Luhn). */
const nextImei = (): string => {
  brought += 1;
  const body = `35693803${String(brought).padStart(6, '0')}`;
  const sum = [...body].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
};
const AS_NEW = { marks: [], powersOn: 'yes', screen: 'whole', note: '' };
/** Everything of a phone that stays, and a loaner that leaves. */
const aPhone = async (caseId: string, loanerId: string | null): Promise<Fields> => ({
  'who.customerId': await customerOf(caseId),
  'listen.text': 'No enciende desde el lunes',
  'listen.lacks': ['calls', 'data'],
  'device.stays': 'here',
  'device.imei': nextImei(),
  'device.modelName': 'Nexo One',
  'device.fault': 'no_power',
  'device.condition': { marks: [], powersOn: 'no', screen: 'whole', note: '' },
  'device.activationLock': 'off',
  'device.backUp': 'not_possible',
  'decide.outcome': 'not_covered',
  'decide.clause': '4.2 Humedad',
  'decide.plainWords': 'Hay humedad dentro',
  'decide.nextStep': 'Pedimos presupuesto',
  'decide.way': 'repair',
  ...(loanerId
    ? { 'keep.outcome': 'accepted', 'keep.loanerId': loanerId, 'keep.relieves': ['calls'], 'keep.conditionOut': AS_NEW }
    : { 'keep.outcome': 'declined', 'keep.reason': 'Tiene otro' }),
  'take.by': 'store',
  'promise.nextUpdateAt': inDays(1),
  'promise.returnAt': inDays(10),
  'promise.reachBy': 'twitter',
  waivers: { photos: 'Cámara rota', loaner_photos: 'Cámara rota', signature: 'Firmó en papel' },
});

it('takes a phone in, decides, and lends one, in one go', async () => {
  const caseId = await world.aCase();
  const loanerId = await world.loaner(modelId);
  const outcome = await finish(await begin(await aPhone(caseId, loanerId)));
  expect(outcome).toMatchObject({ caseId });
  const { handoffId, legId, ...done } = outcome;
  expect([handoffId, legId]).toEqual([null, null]);
  expect(Object.values(done).every((id) => typeof id === 'string')).toBe(true);
  expect(
    await one(
      'select stage, holder, store_id, fault, promised_return_at from repair_order where id = $1',
      outcome.repairId,
    ),
  ).toMatchObject({
    ...{ stage: 'received', holder: 'store', store_id: world.storeId, fault: 'no_power' },
    promised_return_at: new Date(inDays(10)),
  });
  expect(
    await one('select outcome, device_id from warranty_decision where id = $1', outcome.warrantyDecisionId),
  ).toEqual({
    ...{ outcome: 'not_covered', device_id: outcome.deviceId },
  });
  const loan = await world.loan(outcome.loanId ?? '');
  expect(loan).toMatchObject({ state: 'active', loaner_id: loanerId, repair_order_id: outcome.repairId });
  // Two days after the phone is promised back, as the house has it.
  expect((loan['due_at'] as Date).getTime()).toBeGreaterThanOrEqual(new Date(inDays(12)).getTime());
  expect(await query('select kind, state from impact where case_id = $1 order by kind', caseId)).toEqual([
    { kind: 'calls', state: 'relieved' },
    { kind: 'data', state: 'reported' },
  ]);
  const [receipt] = await query<{ data: { loan: unknown } }>(
    'select r.data from counter_receipt r join counter_intake i on i.id = r.intake_id where i.case_id = $1',
    caseId,
  );
  expect(receipt?.data.loan).toMatchObject({
    outcome: 'accepted',
    model: 'Nexo Mini',
    condition: AS_NEW,
    terms: { version: 1 },
  });
});

it('leaves nothing behind when somebody else took the loaner a moment ago', async () => {
  const [caseId, other] = [await world.aCase(), await world.aCase()];
  const [wanted, spare] = [await world.loaner(modelId), await world.loaner(modelId)];
  const id = await begin(await aPhone(caseId, wanted));
  await world.reserve(other, wanted);
  await expect(finish(id)).rejects.toMatchObject({ code: expect.stringMatching(/^loan/u) });
  expect(await query('select 1 from repair_order where case_id = $1', caseId)).toEqual([]);
  expect(await query(`select 1 from interaction where case_id = $1 and channel = 'store'`, caseId)).toEqual([]);
  await save(id, { 'keep.loanerId': spare });
  expect(await finish(id)).toMatchObject({ caseId });
  expect(await world.stateOf(spare)).toBe('on_loan');
});

it('hands over what the contact centre kept for them', async () => {
  const caseId = await world.aCase();
  const loanerId = await world.loaner(modelId);
  const loanId = await world.reserve(caseId, loanerId);
  expect(await finish(await begin(await aPhone(caseId, loanerId)))).toMatchObject({ loanId, loanDecisionId: null });
  expect(await world.loan(loanId)).toMatchObject({ state: 'active' });
});

it('frees what was kept for them when they do not want it', async () => {
  const caseId = await world.aCase();
  const loanerId = await world.loaner(modelId);
  const loanId = await world.reserve(caseId, loanerId);
  expect(await finish(await begin(await aPhone(caseId, null)))).toMatchObject({ loanId: null });
  expect(await world.loan(loanId)).toMatchObject({ state: 'cancelled' });
  expect(await world.stateOf(loanerId)).toBe('available');
});

it('gives a phone back, tried out, and takes the loaner in', async () => {
  const caseId = await world.aCase();
  const loanerId = await world.loaner(modelId);
  const { repairId, loanId } = await finish(await begin(await aPhone(caseId, loanerId)));
  await query(`update repair_order set stage = 'repaired' where id = $1`, repairId);
  const back = await begin(
    {
      ...{ 'who.customerId': await customerOf(caseId), 'back.repairId': repairId, 'back.loanId': loanId },
      ...{ 'back.works': { calls: true, data: true }, 'back.dataBack': 'all', 'back.confirmed': true },
      'back.conditionIn': { marks: [], powersOn: 'yes', screen: 'whole', note: '' },
      waivers: { signature: 'Firmó en papel' },
    },
    'pick_up',
  );
  expect(await finish(back)).toMatchObject({ caseId, repairId, loanId });
  expect(await one('select stage, holder from repair_order where id = $1', repairId)).toEqual({
    ...{ stage: 'returned', holder: 'customer' },
  });
  expect(await query('select distinct state from impact where case_id = $1', caseId)).toEqual([{ state: 'restored' }]);
  expect(await world.loan(loanId ?? '')).toMatchObject({ state: 'returned' });
  expect(await world.stateOf(loanerId)).toBe('hygiene');
});

const confirmedBack = async (caseId: string): Promise<void> => {
  const { repairId } = await finish(await begin(await aPhone(caseId, null)));
  await query(`update repair_order set stage = 'repaired' where id = $1`, repairId);
  const fields = {
    ...{ 'who.customerId': await customerOf(caseId), 'back.repairId': repairId, 'back.dataBack': 'all' },
    ...{ 'back.works': { calls: true, data: true, apps: true }, 'back.confirmed': true },
    waivers: { signature: 'Firmó en papel' },
  };
  await finish(await begin(fields, 'pick_up'));
};
const ended = (caseId: string) =>
  query('select type, data from case_event where case_id = $1 and type = $2', caseId, 'closing.confirmed');

it('closes the case of who signed that all is well: told in person, confirmed at the store', async () => {
  const caseId = await world.aCase();
  await confirmedBack(caseId);
  expect(await one('select status from cases where id = $1', caseId)).toEqual({ status: 'closed' });
  expect(await ended(caseId)).toMatchObject([{ data: { how: 'store' } }]);
  expect(await query('select distinct state from promise where case_id = $1', caseId)).toEqual([{ state: 'kept' }]);
});

it('leaves the case open where something else is wrong, or promised', async () => {
  const [other, owed] = [await world.aCase(), await world.aCase()];
  await query(
    `insert into problem (id, case_id, statement, stage, stage_at, created_at) values (new_id(), $1, 'La factura', 'received', now(), now())`,
    other,
  );
  await query(
    `insert into promise (id, case_id, kind, text, state, due_at, by_id, by_name, created_at) select new_id(), $1, 'other', 'Un cable', 'open', now(), id, display_name, now() from agent limit 1`,
    owed,
  );
  for (const caseId of [other, owed]) {
    await confirmedBack(caseId);
    expect(await one('select is_open from cases where id = $1', caseId)).toEqual({ is_open: true });
    expect(await ended(caseId)).toEqual([]);
  }
});

it('gives a phone back that nobody has repaired yet, whenever its owner wants it', async () => {
  const caseId = await world.aCase();
  const { repairId } = await finish(await begin(await aPhone(caseId, null)));
  const back = await begin(
    {
      ...{ 'who.customerId': await customerOf(caseId), 'back.repairId': repairId, 'back.dataBack': 'not_needed' },
      ...{ 'promise.nextUpdateAt': inDays(1), waivers: { works: 'Sigue sin encender', signature: 'Firmó en papel' } },
    },
    'pick_up',
  );
  expect(await finish(back)).toMatchObject({ repairId });
  expect(
    await query('select "to", reason from repair_step where repair_order_id = $1 order by at, id', repairId),
  ).toMatchObject([
    { to: 'received' },
    { to: 'cancelled', reason: 'Lo recogió antes de que se reparara' },
    { to: 'returned' },
  ]);
});

it('says that something is lacking again when it was tried and does not work', async () => {
  const caseId = await world.aCase();
  const { repairId, loanId } = await finish(await begin(await aPhone(caseId, await world.loaner(modelId))));
  await query(`update repair_order set stage = 'repaired' where id = $1`, repairId);
  const back = await begin(
    {
      ...{ 'who.customerId': await customerOf(caseId), 'back.repairId': repairId, 'back.loanId': loanId },
      ...{ 'back.works': { calls: false, data: true }, 'back.dataBack': 'all', 'promise.nextUpdateAt': inDays(1) },
      'back.conditionIn': { marks: [], powersOn: 'yes', screen: 'whole', note: '' },
      waivers: { signature: 'Firmó en papel' },
    },
    'pick_up',
  );
  await finish(back);
  expect(await query('select kind, state from impact where case_id = $1 order by kind', caseId)).toEqual([
    { kind: 'calls', state: 'confirmed' },
    { kind: 'data', state: 'restored' },
  ]);
});

it('gives nobody the phone or the loaner of somebody else', async () => {
  const [caseId, other] = [await world.aCase(), await world.aCase()];
  const loanerId = await world.loaner(modelId);
  const { repairId, loanId } = await finish(await begin(await aPhone(caseId, loanerId)));
  await query(`update repair_order set stage = 'repaired' where id = $1`, repairId);
  const fields = {
    ...{ 'who.customerId': await customerOf(other), 'back.works': { calls: true }, 'back.dataBack': 'all' },
    ...{ 'back.confirmed': true, waivers: { signature: 'Firmó en papel' } },
    'back.conditionIn': { marks: [], powersOn: 'yes', screen: 'whole', note: '' },
  };
  const theirs = await begin({ ...fields, 'back.repairId': repairId }, 'pick_up');
  await expect(finish(theirs)).rejects.toMatchObject({ code: 'repair.not_found' });
  const lent = await begin({ ...fields, 'back.loanId': loanId }, 'pick_up');
  await expect(finish(lent)).rejects.toMatchObject({ code: 'loan.not_found' });
  expect(await one('select stage from repair_order where id = $1', repairId)).toEqual({ stage: 'repaired' });
  expect(await world.loan(loanId ?? '')).toMatchObject({ state: 'active' });
});

it('says nothing on the receipt of a loaner that stays, nor of the return of a phone nobody took in', async () => {
  const fields = await aPhone(await world.aCase(), null);
  const given = await begin({ ...fields, 'keep.conditionOut': AS_NEW });
  await finish(given);
  const taken = await begin({ ...(await aPhone(await world.aCase(), null)), 'device.stays': 'with_customer' });
  await finish(taken);
  const receiptOf = async (id: string) =>
    (
      await one<{ data: { loan: unknown; promise: { returnAt: string | null }; terms: unknown } }>(
        'select data from counter_receipt where intake_id = $1',
        id,
      )
    )?.data;
  expect((await receiptOf(given))?.loan).toMatchObject({ outcome: 'declined', condition: null, terms: null });
  expect((await receiptOf(given))?.promise.returnAt).toBe(inDays(10));
  expect((await receiptOf(given))?.terms).toMatchObject({ version: 1 });
  expect((await receiptOf(taken))?.promise).toEqual({ nextUpdateAt: inDays(1), returnAt: null });
  expect((await receiptOf(taken))?.terms).toBeNull();
});

it('takes a phone in where a half-written no was left with a reason', async () => {
  const fields = await aPhone(await world.aCase(), null);
  const id = await begin({
    ...{ ...fields, 'decide.outcome': 'partial', 'decide.clause': '' },
    waivers: { photos: 'Cámara rota', signature: 'Firmó en papel', warranty: 'Lo decide el taller' },
  });
  const outcome = await finish(id);
  expect(outcome.warrantyDecisionId).toBeNull();
  const [receipt] = await query<{ data: { decision: unknown } }>(
    'select data from counter_receipt where intake_id = $1',
    id,
  );
  expect(receipt?.data.decision).toBeNull();
});
