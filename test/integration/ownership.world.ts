import {
  ArrivalService,
  CaseService,
  ContinuityService,
  HandoverService,
  lockCase,
  NextActions,
  ReplyService,
  RouteJob,
  StoreFactsService,
  WarmRedirectService,
} from '#cases';
import type { CaseDetail, CaseEvent, HandoverBody, NextActionBody, Ownership, WarmRedirectBody } from '#contracts';
import type { Principal } from '#identity';
import { CaseDetailView, OwnershipView } from '#views';
import { aPerson, openRooms, type Rooms } from '../factories/rooms.js';

const MADRID_HOURS = {
  weekly: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, [{ from: '10:00', to: '20:30' }]]),
  ),
  exceptions: [],
};

/** Deeds around who has a case, each in a transaction of its own. */
export interface OwnershipWorld {
  rooms: Rooms;
  agent: Principal;
  detail: (caseId: string) => Promise<CaseDetail>;
  ownership: (caseId: string, reader?: Principal) => Promise<Ownership>;
  events: (caseId: string, type: string) => Promise<Record<string, unknown>[]>;
  plan: (caseId: string, body: NextActionBody) => Promise<string>;
  hand: (caseId: string, body: HandoverBody, by?: Principal) => Promise<string>;
  acknowledge: (handoverId: string, by: Principal) => Promise<string>;
  take: (caseId: string, by: Principal) => Promise<string>;
  answer: (caseId: string, text?: string) => Promise<string>;
  undo: (interactionId: string) => Promise<string>;
  routed: (caseId: string) => Promise<string>;
  /** As the worker does after these events. */
  runRoute: (caseId: string, ...types: string[]) => Promise<void>;
  redirect: (caseId: string, body: WarmRedirectBody) => Promise<{ redirectId: string; interactionId: string }>;
  acknowledgeRedirect: (redirectId: string, by: Principal) => Promise<void>;
  visit: (by: Principal, body: Parameters<ArrivalService['visit']>[2]) => Promise<{ caseId: string }>;
  onShift: (person: Principal, more?: { capacity?: number; seen?: boolean }) => Promise<void>;
  place: (storeId: string, lat: number, lon: number) => Promise<void>;
}

export async function openOwnership(): Promise<OwnershipWorld> {
  const rooms = await openRooms();
  const agent = await aPerson(rooms);
  const { database, db } = rooms;
  const view = rooms.get(OwnershipView);
  return {
    rooms,
    agent,
    detail: async (caseId) =>
      JSON.parse(
        await rooms.get(CaseDetailView).find(database.manager, { id: agent.id, storeId: null }, caseId),
      ) as CaseDetail,
    ownership: (caseId) => view.find(database.manager, { id: agent.id, storeId: null }, caseId),
    events: async (caseId, type) =>
      (
        await db.query<{ data: Record<string, unknown> }>(
          'select data from case_event where case_id = $1 and type = $2 order by seq',
          [caseId, type],
        )
      ).map(({ data }) => data),
    plan: (caseId, body) => database.transaction((tx) => rooms.get(NextActions).set(tx, agent, caseId, body)),
    hand: (caseId, body, by = agent) =>
      database.transaction(async (tx) => (await rooms.get(HandoverService).hand(tx, by, caseId, body)).handoverId),
    acknowledge: (handoverId, by) =>
      database.transaction((tx) => rooms.get(HandoverService).acknowledge(tx, by, handoverId)),
    take: (caseId, by) =>
      database.transaction(async (tx) => {
        const { version } = await lockCase(tx, by, caseId);
        return rooms.get(CaseService).change(tx, by, caseId, { assigneeId: by.id, version });
      }),
    answer: (caseId, text = 'Lo miro y te digo.') =>
      database.transaction(async (tx) =>
        rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'twitter', text }),
      ),
    undo: (interactionId) => database.transaction((tx) => rooms.get(ReplyService).undo(tx, agent, interactionId)),
    routed: (caseId) =>
      database.transaction(async (tx) => (await rooms.get(ContinuityService).routeBy(tx, agent, caseId)).why.code),
    runRoute: (caseId, ...types) => rooms.get(RouteJob).run({ events: types.map(event(caseId)), correlationId: null }),
    redirect: (caseId, body) =>
      database.transaction(async (tx) =>
        rooms.get(WarmRedirectService).send(tx, agent, await lockCase(tx, agent, caseId), body),
      ),
    acknowledgeRedirect: (redirectId, by) =>
      database.transaction((tx) => rooms.get(WarmRedirectService).acknowledge(tx, by, redirectId)),
    visit: (by, body) => database.transaction((tx) => rooms.get(ArrivalService).visit(tx, by, body)),
    onShift: async (person, { capacity = 40, seen = true } = {}) => {
      await db.query('update agent set on_shift = true, capacity = $2 where id = $1', [person.id, capacity]);
      if (!seen) return;
      const now = rooms.clock.now();
      await db.query(
        `insert into session (token_hash, agent_id, created_at, last_seen_at, expires_at)
         values (sha256($1::text::bytea), $2, $3, $3, $3::timestamptz + interval '1 day')`,
        [person.id, person.id, now],
      );
    },
    place: (storeId, lat, lon) =>
      database.transaction((tx) =>
        rooms.get(StoreFactsService).place(tx, storeId, { postcode: '28001', lat, lon, hours: MADRID_HOURS }),
      ),
  };
}

const event =
  (caseId: string) =>
  (type: string): CaseEvent => ({
    id: caseId,
    seq: '1',
    caseId,
    caseVersion: 1,
    type,
    data: {},
    at: '2026-03-02T09:00:00.000Z',
    correlationId: null,
  });
