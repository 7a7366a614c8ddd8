import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { EntityManager } from 'typeorm';
import type { NewEvent } from '#cases';
import { lockAnyHandoff, LegLabels, LegLosses } from '#handoffs';
import { openCustody, type CustodyWorld } from './custody.world.js';

let world: CustodyWorld;
beforeAll(async () => {
  world = await openCustody();
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code });
const say = (handoffId: string, what: (tx: EntityManager) => Promise<NewEvent[]>) =>
  world.rooms.database.transaction(async (tx) => {
    await lockAnyHandoff(tx, handoffId);
    return (await what(tx)).map(({ type }) => type);
  });
const later = (ms: number) => new Date(world.rooms.clock.now().getTime() + ms);
const hands = async (caseId: string) => (await world.custody(caseId)).chain.map(({ to, proof }) => [to.name, proof]);

describe('what a partner says of a phone', () => {
  it('received: the way to them ends, scanned when it left or not', async () => {
    const { caseId, deviceId } = await world.taken();
    const handoff = await world.handoff(caseId, deviceId);
    const way = { deviceId, handoffId: handoff.id, from: world.store, to: world.lab, courier: world.courier };
    const leg = await world.plan(caseId, way);
    const received = () => say(handoff.id, (tx) => world.partners.received(tx, handoff, { at: later(1) }));
    expect(await received()).toEqual(['custody.moved', 'custody.moved']);
    expect(await received()).toEqual([]);
    expect(await world.leg(leg.id)).toMatchObject({ state: 'arrived' });
    const { store } = world;
    expect(await hands(caseId)).toEqual([
      [store.name, 'system'],
      ['Rauda', 'system'],
      ['Orbe Servicio', 'system'],
    ]);
  });

  it('dispatched: the way back begins, with their courier and day, and ends at the counter by a scan', async () => {
    const { caseId, deviceId, repairId } = await world.taken();
    const handoff = await world.handoff(caseId, deviceId);
    const sent = { at: later(1), carrier: 'Correo Veloz', trackingNumber: 'V-9', etaAt: world.in(2) };
    const dispatched = () => say(handoff.id, (tx) => world.partners.dispatched(tx, handoff, sent));
    expect(await dispatched()).toEqual(['custody.moved', 'leg.planned', 'custody.moved', 'leg.eta_moved']);
    expect(await dispatched()).toEqual([]);
    const { legs } = await world.custody(caseId);
    expect(legs).toMatchObject([
      {
        ...{ state: 'under_way', trackingNumber: 'V-9', to: world.store, courier: { id: null, name: 'Correo Veloz' } },
        etaAt: world.in(2).toISOString(),
      },
    ]);
    const [leg] = legs;
    if (!leg) throw new Error('no leg');
    await world.arrive(leg, {}, world.clerk);
    expect(await world.holderOfRepair(repairId)).toBe('store');
  });

  it('said late, changes nothing: it has gone from them since', async () => {
    const { caseId, deviceId } = await world.taken();
    const handoff = await world.handoff(caseId, deviceId);
    const early = later(0);
    world.rooms.clock.set(later(60_000));
    await say(handoff.id, (tx) => world.partners.dispatched(tx, handoff, { at: early }));
    const before = await hands(caseId);
    expect(await say(handoff.id, (tx) => world.partners.received(tx, handoff, { at: early }))).toEqual([]);
    expect(await hands(caseId)).toEqual(before);
  });

  it('what is only asked of them, or they ask of us, moves no phone', async () => {
    const { caseId, deviceId } = await world.taken();
    const handoff = { ...(await world.handoff(caseId, deviceId)), direction: 'in' as const };
    expect(await say(handoff.id, (tx) => world.partners.received(tx, handoff, { at: later(1) }))).toEqual([]);
    expect(await hands(caseId)).toHaveLength(1);
  });

  it('ended: what was to go to them does not; what they have still comes back', async () => {
    const { caseId, deviceId } = await world.taken();
    const handoff = await world.handoff(caseId, deviceId);
    const way = { deviceId, handoffId: handoff.id, courier: world.courier };
    const there = await world.plan(caseId, { ...way, from: world.store, to: world.lab });
    const back = await world.plan(caseId, { ...way, from: world.lab, to: world.store });
    expect(await say(handoff.id, (tx) => world.partners.ended(tx, handoff))).toEqual(['leg.cancelled']);
    expect([(await world.leg(there.id)).state, (await world.leg(back.id)).state]).toEqual(['cancelled', 'planned']);
  });
});

it('a claim goes as far as somebody says, with an amount once it is paid', async () => {
  const { caseId, deviceId } = await world.taken();
  const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
  await world.pickUp(leg);
  const { claim } = await world.lose(leg);
  const settle = (by = world.agent) =>
    world.rooms.database.transaction((tx) =>
      world.rooms.get(LegLosses).settle(tx, by, claim?.id ?? '', {
        ...{ state: 'paid', amountCents: 70_000, currency: 'EUR', note: 'Según tarifa' },
      }),
    );
  await expect(settle(world.stranger)).rejects.toEqual(refused('claim.not_found'));
  await settle();
  expect((await world.leg(leg.id)).claim).toMatchObject({ state: 'paid', amountCents: 70_000, note: 'Según tarifa' });
  expect(await world.events(caseId, 'claim.settled')).toMatchObject([{ data: { state: 'paid', legId: leg.id } }]);
});

it('under way it is cancelled by whoever has it again: they scan it, and it is with who sent it', async () => {
  const { caseId, deviceId } = await world.taken();
  const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
  await world.pickUp(leg);
  await expect(world.cancel(leg, {})).rejects.toEqual(refused('leg.wrong_code'));
  await world.cancel(leg, { code: leg.code });
  expect(await world.leg(leg.id)).toMatchObject({ state: 'cancelled' });
  expect((await world.custody(caseId)).holder).toEqual(world.store);
});

it('the label says where from and where to, the numbers of the work, and nothing of the customer or the phone', async () => {
  const { caseId, deviceId } = await world.taken();
  const handoff = await world.handoff(caseId, deviceId);
  const way = { deviceId, handoffId: handoff.id, from: world.store, to: world.lab, courier: world.courier };
  const leg = await world.plan(caseId, { ...way, trackingNumber: 'R-123' });
  const { manager } = world.rooms.database;
  await manager.query('update partner set postal_address = $2 where id = $1', [
    world.lab.id,
    'Nave 14\n28320 Pinto (Madrid)',
  ]);
  const pdf = () => world.rooms.get(LegLabels).pdf(manager, world.agent, leg.id);
  const { fileName, bytes } = await pdf();
  expect(fileName).toBe(`${leg.code}.pdf`);
  expect((await pdf()).bytes.equals(bytes)).toBe(true);
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  expect(document.numPages).toBe(1);
  const { items } = await (await document.getPage(1)).getTextContent();
  const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
  for (const said of [
    leg.code,
    world.store.name,
    'Calle Mayor, 1',
    'Orbe Servicio',
    'Nave 14',
    '28320 Pinto (Madrid)',
    'Rauda',
    'R-123',
    handoff.reference,
  ])
    expect(text).toContain(said);
  for (const hidden of ['User', '@user', 'Auriga']) expect(text).not.toContain(hidden);
  await expect(world.rooms.get(LegLabels).pdf(manager, world.stranger, leg.id)).rejects.toEqual(
    refused('leg.not_found'),
  );
});
