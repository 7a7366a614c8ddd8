import { Readable } from 'node:stream';
import { actorOf, MergeService } from '#cases';
import { Purchase } from '#contracts';
import { Devices, DeviceModels, DeviceReader } from '#repairs';
import { anImei, openDevices, type DevicesWorld } from './devices.world.js';

const DAY = 86_400_000;
let world: DevicesWorld;
beforeAll(async () => {
  world = await openDevices();
});
afterAll(() => world.rooms.close());

const query = <Row extends Record<string, unknown>>(sql: string, ...values: unknown[]) =>
  world.rooms.db.query<Row>(sql, values);

describe('a phone that is shown', () => {
  it('is made once, whoever shows it at once: fifty presents of one IMEI are one phone', async () => {
    const imei = anImei();
    const cases = await Promise.all(Array.from({ length: 10 }, () => world.aCase()));
    const shown = await Promise.all(
      Array.from({ length: 50 }, (_, at) => world.present(cases[at % 10] ?? '', { imei })),
    );
    expect(new Set(shown.map(({ deviceId }) => deviceId)).size).toBe(1);
    expect(await query('select imei from device where imei = $1', imei)).toEqual([{ imei }]);
    const [{ id } = { id: '' }] = await query<{ id: string }>('select id from device where imei = $1', imei);
    expect(await query('select from case_device where device_id = $1', id)).toHaveLength(10);
    // Of ten customers one is its owner.
    expect(await query('select from device_ownership where device_id = $1', id)).toHaveLength(1);
    for (const caseId of cases) expect(await world.eventsOf(caseId)).toEqual(['device.presented']);
  });

  it('is found by either of its two IMEIs, with its version, and by its serial number', async () => {
    const [imei, imei2, caseId] = [anImei(), anImei(), await world.aCase()];
    const { deviceId } = await world.present(caseId, { imei, imei2, serial: 'r58 m123' });
    expect((await world.present(await world.aCase(), { imei: imei2 })).deviceId).toBe(deviceId);
    expect((await world.present(await world.aCase(), { imei: `${imei.slice(0, 14)}07` })).deviceId).toBe(deviceId);
    expect((await world.present(await world.aCase(), { serial: 'R58M123' })).deviceId).toBe(deviceId);
    expect((await world.find(`${imei2.slice(0, 6)} ${imei2.slice(6)}`)).map(({ id }) => id)).toEqual([deviceId]);
    // Nobody is told a number whole by looking.
    expect(JSON.stringify(await world.one(deviceId))).not.toContain(imei);
  });

  it('is refused with the reason in words, and nothing is written', async () => {
    const caseId = await world.aCase();
    const imei = anImei();
    const wrong = imei.slice(0, 14) + String((Number(imei.slice(14)) + 1) % 10);
    await expect(world.present(caseId, { imei: wrong })).rejects.toMatchObject({
      code: 'device.number_invalid',
      details: { fields: [{ field: 'imei', problem: 'check_digit', meant: imei }] },
    });
    expect(await world.eventsOf(caseId)).toEqual([]);
  });

  it('is two phones that have to be joined first, and then one', async () => {
    const [one, two, caseId] = [anImei(), anImei(), await world.aCase()];
    const first = await world.present(await world.aCase(), { imei: one });
    const second = await world.present(caseId, { imei: two, fault: 'screen' });
    const both = world.present(caseId, { imei: one, imei2: two });
    await expect(both).rejects.toMatchObject({ code: 'device.two_devices' });
    await world.present(caseId, { imei: one });
    await world.run((tx) =>
      world.records.join(tx, world.supervisor, caseId, first.deviceId, {
        otherId: second.deviceId,
        reason: 'Dual SIM',
      }),
    );
    expect((await world.present(caseId, { imei: one, imei2: two })).deviceId).toBe(first.deviceId);
    const [device] = await world.devicesOf(caseId);
    expect(device).toMatchObject({ id: first.deviceId, faults: [{ kind: 'screen' }] });
    // The other record leads to it.
    expect((await world.one(second.deviceId)).id).toBe(first.deviceId);
    await expect(
      world.run(async (tx) => {
        const { deviceId } = await world.present(caseId, { imei: anImei() });
        return world.records.join(tx, world.supervisor, caseId, first.deviceId, { otherId: deviceId, reason: 'x' });
      }),
    ).rejects.toMatchObject({ code: 'device.too_many_numbers' });
  });

  it('gets its number later, where the case has one phone without any', async () => {
    const caseId = await world.aCase();
    const { deviceId } = await world.present(caseId, { modelName: 'Un Samsung' });
    const imei = anImei();
    expect(await world.present(caseId, { imei })).toMatchObject({ deviceId });
    expect(await query('select imei from device where id = $1', deviceId)).toEqual([{ imei }]);
  });

  it('is not made by who may not see the case', async () => {
    const stranger = { ...world.seller, storeId: '00000000-0000-0000-0000-000000000001' };
    const hidden = world.present(await world.aCase(), { imei: anImei() }, stranger);
    await expect(hidden).rejects.toMatchObject({ code: 'case.not_found' });
  });
});

describe('whose a phone is', () => {
  it('stays another customer’s, with a warning, until somebody says otherwise; the periods never overlap', async () => {
    const [imei, mine, theirs] = [anImei(), await world.aCase(), await world.aCase()];
    const { deviceId, warnings } = await world.present(mine, { imei });
    expect(warnings).not.toContain('another_owner');
    expect((await world.present(theirs, { imei })).warnings).toContain('another_owner');
    expect((await world.devicesOf(theirs))[0]?.warnings).toContain('another_owner');
    const owner = await world.customerOf(mine);
    expect((await world.one(deviceId)).owners).toMatchObject([{ customer: { id: owner }, until: null }]);
    world.rooms.clock.advance(DAY);
    await world.run((tx) => world.records.give(tx, world.seller, theirs, deviceId, { reason: 'bought_used' }));
    expect((await world.one(deviceId)).owners.map(({ customer, until }) => [customer?.id, until === null])).toEqual([
      [await world.customerOf(theirs), true],
      [owner, false],
    ]);
    expect(await world.eventsOf(theirs)).toEqual(['device.presented', 'device.owner_changed']);
    expect((await world.devicesOf(theirs))[0]?.warnings).not.toContain('another_owner');
    const twice = `insert into device_ownership (id, device_id, customer_id, "from") values (gen_random_uuid(), $1, $2, '2020-01-01')`;
    await expect(query(twice, deviceId, owner)).rejects.toMatchObject({ code: '23P01' });
  });

  it('is known before it is ever shown, by what another system said', async () => {
    const [imei, mine, theirs] = [anImei(), await world.aCase(), await world.aCase()];
    await query(
      `insert into contact_point (id, customer_id, kind, value, display, source, valid_from, created_at)
       values (gen_random_uuid(), $1, 'imei', $2, $2, 'import', now(), now())`,
      await world.customerOf(mine),
      imei,
    );
    expect((await world.present(theirs, { imei })).warnings).toContain('another_owner');
  });

  it('of two records of one person it is theirs, once these are joined', async () => {
    const [imei, one, two] = [anImei(), await world.aCase(), await world.aCase()];
    const { deviceId } = await world.present(one, { imei, fault: 'screen' });
    await world.present(two, { imei, fault: 'screen' });
    const [kept, taken] = [await world.customerOf(two), await world.customerOf(one)];
    await world.run((tx) =>
      world.rooms
        .get(MergeService)
        .customers(tx, actorOf(world.supervisor), { into: kept, from: taken, reason: 'La misma' }),
    );
    expect((await world.one(deviceId)).owners).toMatchObject([{ customer: { id: kept } }]);
    expect((await world.present(two, { imei })).warnings).not.toContain('another_owner');
  });
});

describe('a phone in place of another', () => {
  it('follows it, and cannot come before itself', async () => {
    const [caseId, imei, next] = [await world.aCase(), anImei(), anImei()];
    const { deviceId } = await world.present(caseId, { imei });
    const replace = (id: string, by: string) =>
      world.run((tx) => world.records.replace(tx, world.seller, caseId, id, { imei: by, reason: 'warranty' }));
    const second = await replace(deviceId, next);
    expect(await world.one(deviceId)).toMatchObject({
      replacedBy: { id: second },
      warnings: expect.arrayContaining(['replaced']),
    });
    expect(await world.one(second)).toMatchObject({ replaces: [{ id: deviceId }], replacedBy: null });
    await expect(replace(second, imei)).rejects.toMatchObject({ code: 'device.own_replacement' });
    await expect(replace(deviceId, anImei())).rejects.toMatchObject({ code: 'device.replaced_already' });
  });
});

describe('the same fault again', () => {
  it('is linked, goes first once, and is free by the law', async () => {
    const [imei, first] = [anImei(), await world.aCase()];
    const { deviceId } = await world.present(first, { imei, fault: 'charging' });
    await query(`update cases set status = 'closed', closed_at = $2 where id = $1`, first, world.rooms.clock.now());
    world.rooms.clock.advance(90 * DAY);
    const again = await world.aCase();
    const { warnings, history } = await world.present(again, { imei, fault: 'charging' });
    expect(warnings).toContain('fault_returned');
    expect(history.cases).toMatchObject([{ caseId: first, faults: ['charging'] }]);
    const [device] = await world.devicesOf(again);
    expect(device?.faults).toMatchObject([
      { kind: 'charging', returned: { months: 12, free: { clause: 'TRLGDCU art. 122.3' } } },
    ]);
    const raised = ['device.presented', 'device.fault_stated', 'device.fault_returned', 'case.priority_changed'];
    expect(await world.eventsOf(again)).toEqual(raised);
    await world.fault(again, deviceId, 'charging');
    expect(await world.eventsOf(again)).toEqual(raised);
    expect(await query('select priority from cases where id = $1', again)).toEqual([{ priority: 'high' }]);
  });

  it.each([
    ['another fault', 30, 'screen'],
    ['after the term of the law', 400, 'charging'],
    ['of what is never the same', 30, 'other'],
  ] as const)('is not linked: %s', async (_name, days, kind) => {
    const [imei, first] = [anImei(), await world.aCase()];
    await world.present(first, { imei, fault: kind === 'screen' ? 'charging' : kind });
    world.rooms.clock.advance(days * DAY);
    const again = await world.aCase();
    await world.present(again, { imei, fault: kind });
    expect(await world.eventsOf(again)).toEqual(['device.presented', 'device.fault_stated']);
  });

  it('of a case that is not theirs to see is told without its name', async () => {
    const [imei, first] = [anImei(), await world.aCase()];
    await world.present(first, { imei, fault: 'battery' });
    await query('delete from case_store where case_id = $1', first);
    const { history } = await world.present(await world.aCase(), { imei, fault: 'battery' });
    expect(history.cases).toMatchObject([{ caseId: null, reference: null, problem: null, faults: ['battery'] }]);
  });
});

describe('when it was bought', () => {
  it('says how long who answers, and not from a day ahead nor for too short a time', async () => {
    const caseId = await world.aCase();
    const bought = (boughtOn: string, more: object = {}) =>
      Purchase.parse({ boughtOn, sellerKind: 'carrier', proof: 'receipt', ...more });
    const { deviceId } = await world.present(caseId, { imei: anImei(), purchase: bought('2024-05-10') });
    expect((await world.one(deviceId)).terms).toMatchObject([
      { kind: 'legal', startsOn: '2024-05-10', endsOn: '2027-05-10', clause: 'TRLGDCU art. 120.1' },
      { kind: 'presumption', endsOn: '2026-05-10' },
    ]);
    const change = (purchase: Purchase) =>
      world.run((tx) => world.rooms.get(Devices).change(tx, world.seller, caseId, deviceId, { purchase }));
    await expect(change(bought('2099-01-01'))).rejects.toMatchObject({ code: 'device.purchase_ahead' });
    const short = bought('2025-01-01', { condition: 'second_hand', agreedMonths: 6 });
    await expect(change(short)).rejects.toMatchObject({ code: 'device.term_below_minimum', details: { months: 12 } });
    await change(bought('2021-05-10'));
    expect((await world.one(deviceId)).terms[0]).toMatchObject({ endsOn: '2023-05-10', state: 'over' });
  });
});

describe('the table of models', () => {
  const take = (lines: string[], dryRun = false) =>
    world.rooms.database.transaction((tx) =>
      world.rooms
        .get(DeviceModels)
        .import(tx, world.supervisor, Readable.from([Buffer.from(lines.join('\n'))]), dryRun),
    );

  it('is taken line by line, twice the same, and names phones that were shown before', async () => {
    const { deviceId, warnings } = await world.present(await world.aCase(), { imei: anImei('35777701') });
    expect(warnings).toContain('tac_unknown');
    const lines = [
      'TAC;Marca;Modelo;OS;SIM',
      '35777701;Samsung;Galaxy S24;android;nano|esim',
      '3577;Nokia;3310',
      '35777702;Samsung;Galaxy S24',
    ];
    expect(await take(lines, true)).toMatchObject({ dryRun: true, rows: 3, created: 2, refused: 1 });
    expect((await world.one(deviceId)).name).toBe('');
    const done = await take(lines);
    expect(done).toMatchObject({ created: 2, refused: 1 });
    expect(done.results[0]).toMatchObject({ outcome: 'refused', row: 3, reasons: [{ code: 'tac' }] });
    expect(await world.one(deviceId)).toMatchObject({
      name: 'Samsung Galaxy S24',
      model: { sim: ['nano', 'esim'] },
      warnings: [],
    });
    expect(await take(lines)).toMatchObject({ created: 0, updated: 0, unchanged: 2, refused: 1 });
    expect(await take(['tac,brand,model', '35777702,Samsung,Galaxy S23'])).toMatchObject({ updated: 1 });
    expect(await query('select from device_model where brand = $1', 'Samsung')).toHaveLength(2);
  });

  it('is none without its columns, and nobody’s who may not keep it', async () => {
    await expect(take(['a,b', '1,2'])).rejects.toMatchObject({ code: 'device_model.no_columns' });
    const models = world.rooms.get(DeviceModels);
    await expect(
      world.run((tx) => models.add(tx, world.agent, { brand: 'A', name: 'B', os: 'other', sim: [], tacs: [] })),
    ).rejects.toMatchObject({ code: 'permission.denied' });
  });

  it('has each TAC of one model, page after page', async () => {
    const models = world.rooms.get(DeviceModels);
    const add = (name: string, tacs: string[]) =>
      world.run((tx) => models.add(tx, world.supervisor, { brand: 'Zeta', name, os: 'android', sim: ['nano'], tacs }));
    await add('Uno', ['35888801']);
    await expect(add('Dos', ['35888801'])).rejects.toMatchObject({ code: 'device_model.tac_taken' });
    await expect(add('UNO', [])).rejects.toMatchObject({ code: 'device_model.exists' });
    await add('Dos', []);
    const { manager } = world.rooms.database;
    const first = await models.list(manager, world.agent, { q: 'zeta', limit: 1 });
    const rest = await models.list(manager, world.agent, { q: 'zeta', limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual(['Dos', 'Uno']);
    expect(rest.nextCursor).toBeNull();
    expect((await models.list(manager, world.agent, { q: '35888801', limit: 5 })).items).toMatchObject([
      { name: 'Uno' },
    ]);
  });
});

it('shows its numbers whole only to whoever has proven who they are', async () => {
  const caseId = await world.aCase();
  const { deviceId } = await world.present(caseId, { imei: anImei() });
  const reveal = world.run((tx) => world.records.reveal(tx, world.agent, caseId, deviceId));
  await expect(reveal).rejects.toMatchObject({ code: 'proof.required' });
  const [shown] = await world.rooms.get(DeviceReader).ofCase(world.rooms.database.manager, world.agent, caseId);
  expect(shown?.imei).toMatch(/^•••• \d{3}$/u);
});
