import { BulkDeeds, IncidentCases, Incidents, MassUpdateRun, MassUpdates, PromiseService, ReplyService } from '#cases';
import type {
  AddOutcome,
  BulkBody,
  IncidentFilter,
  NewIncidentBody,
  PatchIncidentBody,
  UpdateBody,
  UpdateItem,
} from '#contracts';
import { newId, Wake } from '#platform';
import type { Principal } from '#identity';
import { IncidentView } from '#views';
import { aPerson, aStore, openRooms } from '../factories/rooms.js';

/** The rooms, with short ways to open incidents, to write to all of them, and to look at what became of it. */
export async function openIncidents() {
  const rooms = await openRooms();
  const { database } = rooms;
  const supervisor = await aPerson(rooms, 'supervisor');
  const agent = await aPerson(rooms);
  const storeId = await aStore(rooms);
  const clerk = await aPerson(rooms, 'store', storeId);
  const open = (body: Partial<NewIncidentBody> = {}, by = supervisor) =>
    database.transaction((tx) =>
      rooms.get(Incidents).open(tx, by, {
        ...{ title: 'Sin cobertura en Zaragoza', kind: 'network' },
        ...{ told: { es: 'Lo estamos arreglando', en: 'We are on it' }, ...body },
      }),
    );
  const outcomes = (items: { outcome: AddOutcome }[]) => items.map(({ outcome }) => outcome);
  const workers = { replies: rooms.get(ReplyService), promises: rooms.get(PromiseService) };
  return {
    rooms,
    supervisor,
    agent,
    storeId,
    clerk,
    open,
    query: (sql: string, ...values: unknown[]) => rooms.db.query(sql, values),
    view: rooms.get(IncidentView),
    change: (id: string, body: PatchIncidentBody, by = supervisor) =>
      database.transaction((tx) => rooms.get(Incidents).change(tx, by, id, body)),
    add: async (id: string, caseIds: string[], by: Principal = supervisor) =>
      outcomes(await database.transaction((tx) => rooms.get(IncidentCases).add(tx, by, id, caseIds))),
    addLike: async (id: string, filter: IncidentFilter, by: Principal = supervisor) =>
      outcomes(await database.transaction((tx) => rooms.get(IncidentCases).addLike(tx, by, id, filter))),
    like: (id: string | null, filter: IncidentFilter, by: Principal = supervisor) =>
      database.transaction((tx) => rooms.get(IncidentCases).preview(tx, by, id, filter)),
    remove: (id: string, caseIds: string[], by: Principal = supervisor) =>
      database.transaction((tx) => rooms.get(IncidentCases).remove(tx, by, id, caseIds)),
    ofCase: (caseId: string, by: Principal = agent) => rooms.get(IncidentCases).ofCase(database.manager, by, caseId),
    preview: (id: string, body: UpdateBody, by: Principal = supervisor) =>
      database.transaction((tx) => rooms.get(MassUpdates).preview(tx, by, id, body)),
    send: (id: string, body: UpdateBody, by: Principal = supervisor) =>
      database.transaction((tx) => rooms.get(MassUpdates).send(tx, by, id, body)),
    stop: (id: string, updateId: string, by: Principal = supervisor) =>
      database.transaction((tx) => rooms.get(MassUpdates).stop(tx, by, id, updateId)),
    /** A worker, whose services may be others than those of the house. */
    worker: (own: Partial<typeof workers> = {}) => {
      const { replies, promises } = { ...workers, ...own };
      return new MassUpdateRun(database, replies, promises, new Wake(), rooms.config, rooms.clock);
    },
    items: async (incidentId: string, updateId: string): Promise<UpdateItem[]> => {
      const items: UpdateItem[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await rooms
          .get(IncidentView)
          .items({ incidentId, updateId }, undefined, { limit: 150, ...(cursor ? { cursor } : {}) });
        items.push(...page.items);
        if (!page.nextCursor) return items;
        cursor = page.nextCursor;
      }
    },
    progress: (incidentId: string, updateId: string) =>
      rooms.get(IncidentView).update(database.manager, incidentId, updateId),
    bulk: (by: Principal, body: Omit<BulkBody, 'versions'> & Partial<BulkBody>, key: string = newId()) =>
      rooms.get(BulkDeeds).run(by, key, { versions: {}, ...body }),
    eventsOf: async (caseId: string, like: string) =>
      (
        await rooms.db.query('select type from case_event where case_id = $1 and type like $2 order by seq', [
          caseId,
          like,
        ])
      ).map((row) => row['type'] as string),
  };
}
export type IncidentsWorld = Awaited<ReturnType<typeof openIncidents>>;
