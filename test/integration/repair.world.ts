import { CaseLinks, type OpenLink } from '#cases';
import {
  NewRepairBody,
  type CaseRepairs,
  type ImpactKind,
  type QuoteBody,
  type RepairOrder,
  type RepairStage,
} from '#contracts';
import type { Principal } from '#identity';
import { newId } from '#platform';
import { DataRecoveries, PromisedReturns, QuoteDecisions, QuoteRounds, Quotes, Relief, RepairOrders } from '#repairs';
import { RepairView } from '#views';
import { aPerson, arrive, aStore, dm, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

const DAY_MS = 86_400_000;
let serial = 4_000;

/** Repairs and quotes, each deed in a transaction of its own. */
export interface RepairWorld {
  rooms: Rooms;
  agent: Principal;
  /** Works in a store that has seen none of the cases. */
  stranger: Principal;
  storeId: string;
  /** A case by direct message with a device of it, taken in. */
  taken: (lacks?: ImpactKind[]) => Promise<{ caseId: string; repairId: string; deviceId: string }>;
  repair: (repairId: string) => Promise<RepairOrder>;
  repairs: (caseId: string) => Promise<CaseRepairs>;
  move: (repairId: string, to: RepairStage, reason?: string, by?: Principal) => Promise<void>;
  /** An offered quote of the body. */
  offered: (repairId: string, body?: Partial<QuoteBody>, tell?: boolean) => Promise<{ id: string; hash: string }>;
  link: (caseId: string) => Promise<OpenLink>;
  byLink: (link: OpenLink, quote: { id: string; hash: string }, more?: Partial<Approval>) => Promise<void>;
  promise: (repairId: string, returnAt: Date, reason?: string) => Promise<void>;
  events: (caseId: string, like?: string) => Promise<{ type: string; data: Record<string, unknown> }[]>;
  /** What the customer was written, oldest first. */
  told: (caseId: string) => Promise<string[]>;
  sweep: () => Promise<void>;
  in: (days: number) => Date;
  services: {
    orders: RepairOrders;
    returns: PromisedReturns;
    quotes: Quotes;
    decisions: QuoteDecisions;
    data: DataRecoveries;
    relief: Relief;
  };
}

type Approval = { approves: boolean; byName: string; reason: string; ip: string };

export const LINE = {
  description: 'Placa base',
  kind: 'part' as const,
  quantity: 1,
  listCents: 40_000,
  agreedCents: 20_000,
  agreement: 'Convenio 2026-14',
  shares: { carrier: 10_000 },
};

export async function openRepairs(): Promise<RepairWorld> {
  const rooms = await openRooms();
  const { database, db, clock } = rooms;
  const [agent, storeId] = [await aPerson(rooms), await aStore(rooms)];
  const stranger = await aPerson(rooms, 'store', await aStore(rooms));
  const services = {
    orders: rooms.get(RepairOrders),
    returns: rooms.get(PromisedReturns),
    quotes: rooms.get(Quotes),
    decisions: rooms.get(QuoteDecisions),
    data: rooms.get(DataRecoveries),
    relief: rooms.get(Relief),
  };
  const soon = (days: number) => new Date(clock.now().getTime() + days * DAY_MS);
  const repair = (repairId: string) => rooms.get(RepairView).one(database.manager, readerOf(agent), repairId);
  return {
    ...{ rooms, agent, stranger, storeId, services, repair, in: soon },
    taken: async (lacks = ['calls']) => {
      const { caseId } = await arrive(rooms, dm(String((serial += 1)), { lacks }));
      const deviceId = await aDevice(rooms, caseId);
      const order = { caseId, ...NewRepairBody.parse({ deviceId, storeId, fault: 'no_power' }) };
      const { repairId } = await database.transaction((tx) => services.orders.open(tx, agent, order));
      return { caseId, repairId, deviceId };
    },
    repairs: (caseId) => rooms.get(RepairView).ofCase(database.manager, readerOf(agent), caseId),
    move: (repairId, to, reason, by = agent) =>
      database.transaction((tx) => services.orders.move(tx, by, repairId, { to, reason })),
    offered: async (repairId, body = {}, tell = false) => {
      const quote: QuoteBody = {
        ...{ currency: 'EUR', lines: [LINE], contributions: [], validUntil: soon(7).toISOString() },
        ...{ cover: { months: 6, what: 'La placa y la mano de obra' }, ...body },
      };
      const id = await database.transaction((tx) => services.quotes.draft(tx, agent, repairId, quote));
      await database.transaction((tx) => services.quotes.offer(tx, agent, id, { tell }));
      const hash = (await repair(repairId)).quotes.find((one) => one.id === id)?.hash ?? '';
      return { id, hash };
    },
    link: async (caseId) => {
      const { url } = await database.transaction((tx) => rooms.get(CaseLinks).issueBy(tx, agent, caseId));
      const link = await rooms.get(CaseLinks).find(database.manager, url.split('/').at(-1) ?? '');
      if (!link) throw new Error('the link leads nowhere');
      return link;
    },
    byLink: (link, { id, hash }, more = {}) =>
      database.transaction((tx) =>
        services.decisions.byLink(tx, link, {
          ...{ quoteId: id, hash, approves: true, byName: 'Lucía Ferrer', reason: '', ip: '203.0.113.7' },
          ...more,
        }),
      ),
    promise: (repairId, returnAt, reason) =>
      database.transaction((tx) =>
        services.returns.set(tx, agent, repairId, { returnAt: returnAt.toISOString(), reason }),
      ),
    events: (caseId, like = '%') =>
      db.query('select type, data from case_event where case_id = $1 and type like $2 order by seq', [caseId, like]),
    told: async (caseId) => {
      const rows = await db.query<{ text: string }>(
        `select text from interaction where case_id = $1 and direction = 'outbound' order by occurred_at, id`,
        [caseId],
      );
      return rows.map(({ text }) => text);
    },
    sweep: async () => {
      await rooms.get(QuoteRounds).run();
      await services.returns.tell();
    },
  };
}

/** A device that was shown on the case. */
async function aDevice({ db, clock }: Rooms, caseId: string): Promise<string> {
  const id = newId();
  await db.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga One', $2)`, [id, clock.now()]);
  await db.query('insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, $3, $3)', [
    ...[caseId, id, clock.now()],
  ]);
  return id;
}
