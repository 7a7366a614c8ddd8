import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { record, SYSTEM, type NewEvent } from '#cases';
import { CaseCustody, Leg, type Hands } from '#contracts';
import { lockAnyHandoff } from '#handoffs';
import { newId } from '#platform';
import { CustodyView, TrackedRepairView } from '#views';
import { aPerson, readerOf } from '../factories/rooms.js';
import { anotherStore, openCustody, type CustodyWorld } from './custody.world.js';

let world: CustodyWorld;
beforeAll(async () => {
  world = await openCustody();
});
afterAll(() => world.rooms.close());

const refused = (code: string) => expect.objectContaining({ code });
const DEEDS = [
  ...(['pick', 'arrive', 'pickBack', 'arriveBack', 'lose', 'received', 'dispatched', 'ended'] as const),
  ...(['atStore', 'atCourier', 'atPartner'] as const),
] as const;
const names = ({ chain }: CaseCustody['devices'][number]) => chain.map(({ to }) => to.name);

/** Each step begins where the one before ended, and none is missing. */
function whole({ chain, holder }: CaseCustody['devices'][number]): void {
  expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, place) => place + 1));
  for (const [place, { from }] of chain.entries()) expect(from).toEqual(chain[place - 1]?.to ?? null);
  expect(holder).toEqual(chain.at(-1)?.to ?? null);
}

describe('the chain of hands', () => {
  it('goes from the store by courier to the lab and back, each change scanned, and the repair says the same', async () => {
    const { caseId, deviceId, repairId } = await world.taken();
    const { store, lab, courier } = world;
    const there = await world.plan(caseId, { deviceId, from: store, to: lab, courier, trackingNumber: 'R-1' });
    const back = await world.plan(caseId, { deviceId, from: lab, to: store, courier });
    const holders: string[] = [];
    for (const deed of [
      () => world.pickUp(there),
      () => world.arrive(there),
      () => world.pickUp(back),
      () => world.arrive(back),
    ]) {
      await deed();
      holders.push(await world.holderOfRepair(repairId));
    }
    expect(holders).toEqual(['courier', 'partner', 'courier', 'store']);
    const custody = await world.custody(caseId);
    whole(custody);
    expect(names(custody)).toEqual([store.name, 'Rauda', 'Orbe Servicio', 'Rauda', store.name]);
    expect(custody.chain.map(({ proof }) => proof)).toEqual(['system', 'scan', 'scan', 'scan', 'scan']);
    expect(custody.legs).toMatchObject([
      { place: 1, state: 'arrived', trackingNumber: 'R-1', courier: { name: 'Rauda' } },
      { place: 2, state: 'arrived' },
    ]);
    const asked = await world.rooms
      .get(CustodyView)
      .ofCase(world.rooms.database.manager, readerOf(world.agent), caseId);
    expect(CaseCustody.safeParse(asked).error).toBeUndefined();
    expect((await world.events(caseId, 'custody.moved')).map(({ data }) => data['to'])).toMatchObject([
      courier,
      lab,
      courier,
      store,
    ]);
  });

  it('is never changed, never begun anew, never cut', async () => {
    const { caseId, deviceId } = await world.taken();
    const { id } = (await world.custody(caseId)).chain[0] ?? { id: '' };
    const { db, clock } = world.rooms;
    await expect(db.query('update custody set by_name = $2 where id = $1', [id, 'x'])).rejects.toThrow('never changed');
    await expect(db.query('delete from custody where id = $1', [id])).rejects.toThrow('never changed');
    await expect(db.query('truncate custody cascade')).rejects.toThrow('never changed');
    const insert = (seq: number, from: Hands | null) =>
      db.query(
        `insert into custody (id, device_id, seq, from_kind, from_id, from_name, to_kind, to_id, to_name, proof, by_name, at)
         values ($1, $2, $3, $4, $5, $6, 'courier', null, 'x', 'system', 'x', $7)`,
        [newId(), deviceId, seq, from?.kind ?? null, from?.id ?? null, from?.name ?? null, clock.now()],
      );
    await expect(insert(3, world.store)).rejects.toThrow('goes on at 2');
    await expect(insert(2, null)).rejects.toThrow('had it');
    await expect(insert(2, world.lab)).rejects.toThrow('had it');
    await expect(insert(2, world.store)).resolves.toBeDefined();
    whole(await world.custody(caseId));
  });

  it('has no gap and no fork when many move one phone at once', async () => {
    const { caseId, deviceId, repairId } = await world.taken();
    const hands = Array.from({ length: 12 }, (_, place): Hands => ({ kind: 'courier', id: null, name: `C${place}` }));
    const device = { id: deviceId, name: 'x' };
    const actor = { kind: 'system' as const, id: null, name: 'Prueba' };
    const moves = hands.map((to) =>
      world.rooms.database.transaction((tx) => world.chain.move(tx, device, to, { proof: 'system', actor })),
    );
    const told = (await Promise.all(moves)).flat();
    const custody = await world.custody(caseId);
    whole(custody);
    expect(custody.chain).toHaveLength(13);
    expect(names(custody).slice(1).toSorted()).toEqual(hands.map(({ name }) => name).toSorted());
    expect(told).toHaveLength(12);
    expect(await world.holderOfRepair(repairId)).toBe('courier');
  });

  it('one label scanned twice at once is one change of hands', async () => {
    const { caseId, deviceId } = await world.taken();
    const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => world.pickUp(leg)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toEqual(refused('leg.transition_forbidden'));
    const custody = await world.custody(caseId);
    whole(custody);
    expect(custody.chain).toHaveLength(2);
  });

  /** Deeds of all who can move a phone, on one that was just taken in. */
  async function movable() {
    const { caseId, deviceId, repairId } = await world.taken();
    const handoff = await world.handoff(caseId, deviceId);
    const way = { deviceId, handoffId: handoff.id, courier: world.courier };
    const there = await world.plan(caseId, { ...way, from: world.store, to: world.lab });
    const home = await world.plan(caseId, { ...way, from: world.lab, to: world.store });
    const at = new Date(world.rooms.clock.now().getTime() + 1);
    const partner = (say: (tx: EntityManager) => Promise<NewEvent[]>) =>
      world.rooms.database.transaction(async (tx) => {
        await lockAnyHandoff(tx, handoff.id);
        const events = await say(tx);
        if (events.length > 0) await record(tx, caseId, SYSTEM, 'email', at, events);
      });
    const hold = (holder: 'store' | 'courier' | 'partner') =>
      world.rooms.database.transaction((tx) => world.services.orders.change(tx, world.agent, repairId, { holder }));
    const deeds: Record<(typeof DEEDS)[number], () => Promise<unknown>> = {
      pick: () => world.pickUp(there),
      arrive: () => world.arrive(there),
      pickBack: () => world.pickUp(home),
      arriveBack: () => world.arrive(home),
      lose: () => world.lose(there),
      received: () => partner((tx) => world.partners.received(tx, handoff, { at })),
      dispatched: () => partner((tx) => world.partners.dispatched(tx, handoff, { at })),
      ended: () => partner((tx) => world.partners.ended(tx, handoff)),
      atStore: () => hold('store'),
      atCourier: () => hold('courier'),
      atPartner: () => hold('partner'),
    };
    const run = (name: (typeof DEEDS)[number]) =>
      deeds[name]().catch((error: unknown) => {
        expect(error).toMatchObject({
          code: expect.stringMatching(/^(leg\.transition_forbidden|custody\.wrong_hands)$/u),
        });
      });
    return { caseId, repairId, run };
  }

  /** What the case was told of its phone, read from its log alone: the oracle of the chain. */
  async function toldOf(caseId: string): Promise<string[]> {
    const moves = await world.events(caseId, '%.%');
    return moves.flatMap(({ type, data }) => {
      if (type === 'custody.moved') return [(data['to'] as Hands).kind];
      if (type === 'repair.held') return [String(data['to'])];
      return type === 'repair.opened' ? ['store'] : [];
    });
  }

  async function agrees({ caseId, repairId }: { caseId: string; repairId: string }): Promise<void> {
    const custody = await world.custody(caseId);
    whole(custody);
    expect(custody.chain.map(({ to }) => to.kind)).toEqual(await toldOf(caseId));
    expect(custody.holder?.kind).toBe(await world.holderOfRepair(repairId));
    expect(custody.legs.filter(({ state }) => state === 'under_way' || state === 'lost').length).toBeLessThan(2);
  }

  it('whatever is said in whatever order, by repair, label or partner, is what the case was told, step by step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...DEEDS), { minLength: 1, maxLength: 9 }), async (deeds) => {
        const { run, ...phone } = await movable();
        for (const name of deeds) {
          const { chain } = await world.custody(phone.caseId);
          await run(name);
          expect((await world.custody(phone.caseId)).chain.slice(0, chain.length)).toEqual(chain);
        }
        await agrees(phone);
      }),
      { numRuns: 30, seed: 14 },
    );
  }, 120_000);

  it('and so it is when all of it is said at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...DEEDS), { minLength: 4, maxLength: 10 }), async (deeds) => {
        const { run, ...phone } = await movable();
        await Promise.all(deeds.map(run));
        await agrees(phone);
      }),
      { numRuns: 20, seed: 15 },
    );
  }, 120_000);

  it('two records of one phone are one chain, and it goes on where the last hand had it', async () => {
    const { caseId, deviceId } = await world.taken();
    const other = newId();
    const { db, clock, database } = world.rooms;
    await db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga One', $2)`, [
      other,
      clock.now(),
    ]);
    const actor = { kind: 'system' as const, id: null, name: 'Prueba' };
    await database.transaction((tx) =>
      world.chain.move(tx, { id: other, name: 'x' }, world.lab, { proof: 'system', actor }),
    );
    await db.query('update device set joined_into = $2 where id = $1', [other, deviceId]);
    await database.transaction((tx) =>
      world.chain.move(tx, { id: other, name: 'x' }, world.courier, { proof: 'system', actor }),
    );
    const { chain } = await world.custody(caseId);
    expect(chain.map(({ to }) => to.name)).toEqual([world.store.name, 'Orbe Servicio', 'Rauda']);
    expect(chain.at(-1)?.from).toEqual(world.lab);
  });
});

describe('a shipment', () => {
  it('wants its own label or a signature, and the phone where it says', async () => {
    const { caseId, deviceId } = await world.taken();
    const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
    expect(Leg.safeParse(leg).error).toBeUndefined();
    await expect(world.pickUp(leg, { code: 'L-0000-0000' })).rejects.toEqual(refused('leg.wrong_code'));
    await expect(world.arrive(leg)).rejects.toEqual(refused('leg.transition_forbidden'));
    const [signatureId, sealPhotoId] = [await world.file(), await world.file()];
    await expect(world.pickUp(leg, { code: null, signatureId: newId() })).rejects.toEqual(
      refused('attachment.not_found'),
    );
    await world.pickUp(leg, { code: null, signatureId, sealPhotoId, trackingNumber: 'R-77' });
    expect(await world.leg(leg.id)).toMatchObject({ state: 'under_way', trackingNumber: 'R-77', sealPhotoId });
    expect((await world.custody(caseId)).chain.at(-1)).toMatchObject({
      ...{ proof: 'signature', signatureId, photoId: sealPhotoId, legId: leg.id, by: world.agent.displayName },
    });
    const back = await world.plan(caseId, { deviceId, from: world.lab, to: world.store, courier: world.courier });
    await expect(world.pickUp(back)).rejects.toEqual(refused('custody.wrong_hands'));
  });

  it('is read as people type it', async () => {
    const { caseId, deviceId } = await world.taken();
    const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab });
    await world.pickUp(leg, { code: leg.code.toLowerCase().replaceAll('-', "'") });
    // Nobody was named who carries it: whoever took it along does.
    expect((await world.leg(leg.id)).state).toBe('under_way');
    expect((await world.custody(caseId)).holder).toEqual({ kind: 'courier', id: null, name: world.agent.displayName });
  });

  it('lost on its way is claimed once, the courier answers for it, and found it arrives', async () => {
    const { caseId, deviceId, repairId } = await world.taken();
    const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
    await expect(world.lose(leg)).rejects.toEqual(refused('leg.transition_forbidden'));
    await world.pickUp(leg);
    const lost = await world.lose(leg);
    expect(lost).toMatchObject({ state: 'lost', claim: { state: 'open', by: { id: world.agent.id } } });
    await expect(world.lose(leg)).rejects.toEqual(refused('leg.transition_forbidden'));
    expect(await world.holderOfRepair(repairId)).toBe('courier');
    await world.arrive(leg);
    expect(await world.leg(leg.id)).toMatchObject({ state: 'arrived', claim: { state: 'open' } });
    expect(await world.events(caseId, 'leg.lost')).toHaveLength(1);
  });

  it('is of people who see its case, and of things of its case', async () => {
    const { caseId, deviceId } = await world.taken();
    const elsewhere = await world.taken();
    const { store, lab, stranger } = world;
    const body = { deviceId, from: store, to: lab };
    await expect(world.plan(caseId, body, stranger)).rejects.toEqual(refused('case.not_found'));
    await expect(world.plan(caseId, { ...body, deviceId: elsewhere.deviceId })).rejects.toEqual(
      refused('device.not_found'),
    );
    await expect(world.plan(caseId, { ...body, to: { ...lab, id: newId() } })).rejects.toEqual(
      refused('partner.not_found'),
    );
    await expect(world.plan(caseId, { ...body, to: store })).rejects.toEqual(refused('request.invalid'));
    await expect(world.plan(caseId, { ...body, handoffId: newId() })).rejects.toEqual(refused('handoff.not_found'));
    const leg = await world.plan(caseId, body);
    await expect(world.pickUp(leg, {}, stranger)).rejects.toEqual(refused('leg.not_found'));
  });

  it('tells the customer which company has the phone, and which it goes to', async () => {
    const { caseId, deviceId } = await world.taken();
    const tracked = async () => (await world.rooms.get(TrackedRepairView).of(world.rooms.database.manager, caseId))[0];
    const leg = await world.plan(caseId, { deviceId, from: world.store, to: world.lab, courier: world.courier });
    expect(await tracked()).toMatchObject({ holder: 'store', company: null });
    await world.pickUp(leg);
    expect(await tracked()).toMatchObject({ company: null, onItsWay: { kind: 'partner', name: 'Orbe Servicio' } });
    await world.arrive(leg);
    expect(await tracked()).toMatchObject({ holder: 'partner', company: 'Orbe Servicio', onItsWay: null });
  });

  it('shows the case to the store it goes to, whose counter sees it come', async () => {
    const { caseId, deviceId } = await world.taken();
    const to = await anotherStore(world);
    const clerk = await aPerson(world.rooms, 'store', to.id);
    const etaAt = world.in(1).toISOString();
    const leg = await world.plan(caseId, { deviceId, from: world.store, to, courier: world.courier, etaAt });
    const parcels = (storeId: string | null, by = clerk) =>
      world.rooms.get(CustodyView).ofStore(world.rooms.database.manager, readerOf(by), storeId ?? '');
    expect((await parcels(world.storeId, world.agent)).toSend.items.map(({ id }) => id)).toContain(leg.id);
    expect((await parcels(to.id)).toReceive.items).toMatchObject([{ id: leg.id, state: 'planned', late: false }]);
    await world.pickUp(leg);
    const tracked = async () => (await world.rooms.get(TrackedRepairView).of(world.rooms.database.manager, caseId))[0];
    expect(await tracked()).toMatchObject({ holder: 'courier', onItsWay: { kind: 'store', name: 'Nexo Chueca' } });
    expect((await parcels(world.storeId, world.agent)).toSend.items.map(({ id }) => id)).not.toContain(leg.id);
    world.rooms.clock.set(new Date(world.rooms.clock.now().getTime() + 2 * 86_400_000));
    expect((await parcels(to.id)).toReceive.items).toMatchObject([{ id: leg.id, state: 'under_way', late: true }]);
    await world.arrive(leg, {}, clerk);
    // The customer reads where it is, not where it was taken in.
    expect(await tracked()).toMatchObject({ holder: 'store', onItsWay: null, store: { name: 'Nexo Chueca' } });
    expect((await parcels(to.id)).toReceive.items).toEqual([]);
    expect((await parcels(to.id, world.stranger)).toReceive.items).toEqual([]);
  });
});
