import { AttachmentService } from '#cases';
import type { CancelLegBody, CaseCustody, Hands, Leg, LegBody, LegScanBody } from '#contracts';
import { CustodyChain, LegLosses, LegPlans, Legs, PartnerCustody, readHandoff, type HandoffRecord } from '#handoffs';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { CustodyView } from '#views';
import { Readable } from 'node:stream';
import { aPerson, aStore, readerOf } from '../factories/rooms.js';
import { openRepairs, type RepairWorld } from './repair.world.js';

/** Phones that go from hand to hand, each deed in a transaction of its own. */
export interface CustodyWorld extends RepairWorld {
  /** Works behind the counter of the store that took the phones in. */
  clerk: Principal;
  lab: Hands;
  courier: Hands;
  store: Hands;
  taken: RepairWorld['taken'];
  chain: CustodyChain;
  partners: PartnerCustody;
  plan: (caseId: string, body: Omit<LegBody, 'caseId'>, by?: Principal) => Promise<Leg>;
  leg: (legId: string, by?: Principal) => Promise<Leg>;
  pickUp: (leg: Leg, body?: Partial<LegScanBody>, by?: Principal) => Promise<void>;
  arrive: (leg: Leg, body?: Partial<LegScanBody>, by?: Principal) => Promise<void>;
  cancel: (leg: Leg, body: CancelLegBody) => Promise<void>;
  lose: (leg: Leg, by?: Principal) => Promise<Leg>;
  custody: (caseId: string) => Promise<CaseCustody['devices'][number]>;
  handoff: (caseId: string, deviceId: string, more?: { storeId?: string; mode?: string }) => Promise<HandoffRecord>;
  file: (by?: Principal) => Promise<string>;
  holderOfRepair: (repairId: string) => Promise<string>;
}

export async function openCustody(): Promise<CustodyWorld> {
  const world = await openRepairs();
  const { rooms, agent, storeId } = world;
  const { database, db, clock } = rooms;
  const clerk = await aPerson(rooms, 'store', storeId);
  const [legs, plans, losses, view] = [
    rooms.get(Legs),
    rooms.get(LegPlans),
    rooms.get(LegLosses),
    rooms.get(CustodyView),
  ];
  const stores = await db.query<{ name: string }>('select name from store where id = $1', [storeId]);
  const store: Hands = { kind: 'store', id: storeId, name: stores[0]?.name ?? '' };
  const lab: Hands = { kind: 'partner', id: await aPartner(world, 'Orbe Servicio', 'lab'), name: 'Orbe Servicio' };
  const courier: Hands = { kind: 'courier', id: await aPartner(world, 'Rauda', 'courier'), name: 'Rauda' };
  const leg = (legId: string, by = agent) => view.leg(database.manager, readerOf(by), legId);
  return {
    ...{ ...world, clerk, lab, courier, store, leg },
    chain: rooms.get(CustodyChain),
    partners: rooms.get(PartnerCustody),
    plan: async (caseId, body, by = agent) => {
      const { legId } = await database.transaction((tx) => plans.plan(tx, by, { caseId, ...body }));
      return leg(legId);
    },
    pickUp: ({ id, code }, body = {}, by = agent) =>
      database.transaction((tx) => legs.pickUp(tx, by, id, { code, ...body })),
    arrive: ({ id, code }, body = {}, by = agent) =>
      database.transaction((tx) => legs.arrive(tx, by, id, { code, ...body })),
    cancel: ({ id }, body) => database.transaction((tx) => legs.cancel(tx, agent, id, body)),
    lose: async ({ id }, by = agent) => {
      await database.transaction((tx) => losses.lose(tx, by, id, 'No aparece en el almacén'));
      return leg(id);
    },
    custody: async (caseId) => {
      const { devices } = await view.ofCase(database.manager, readerOf(agent), caseId);
      if (!devices[0]) throw new Error('no device');
      return devices[0];
    },
    handoff: async (caseId, deviceId, { storeId: from = storeId, mode = 'custody' } = {}) => {
      const id = newId();
      await db.query(
        `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, device_id, store_id, ask, gateway,
           opened_at, sent_at) values ($1, $2, 'out', $3, $4, 1, $5, 'sent', $6, 'normal', $7, $8, 'Repárenlo', 'email', $6, $6)`,
        [id, `H-${id.slice(-8)}`, caseId, lab.id, mode, clock.now(), deviceId, from],
      );
      return readHandoff(database.manager, id);
    },
    file: async (by = agent) => {
      const file = { fileName: 'sello.jpg', contentType: 'image/jpeg', body: Readable.from([Buffer.from('picture')]) };
      return (await database.transaction((tx) => rooms.get(AttachmentService).upload(tx, by, file))).id;
    },
    holderOfRepair: async (repairId) => {
      const rows = await db.query<{ holder: string }>('select holder from repair_order where id = $1', [repairId]);
      return rows[0]?.holder ?? '';
    },
  };
}

async function aPartner({ rooms: { db, clock } }: RepairWorld, name: string, kind: string): Promise<string> {
  const id = newId();
  await db.query(
    `insert into partner (id, name, kind, language, time_zone, gateway, email, terms, version, changed_at)
     values ($1, $2, $3, 'es', 'Europe/Madrid', 'email', $4, '{}', 1, $5)`,
    [id, name, kind, `${kind}@partner.test`, clock.now()],
  );
  return id;
}

/** Another store of the house. */
export const anotherStore = async (world: CustodyWorld): Promise<Hands> => {
  const id = await aStore(world.rooms, 'Nexo Chueca');
  return { kind: 'store', id, name: 'Nexo Chueca' };
};
