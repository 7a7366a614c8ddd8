import { InboxView, NextView } from '#views';
import { TakeNextService } from '#cases';
import type { CasePage, CaseView, CasesQuery, ViewCounts } from '#contracts';
import { visibleStore, type Principal } from '#identity';
import { openRooms, type Rooms } from '../factories/rooms.js';

/** How a case waits: what its ledger says of it. */
export interface Waits {
  queueId?: string;
  assigneeId?: string | null;
  dueAt?: string | null;
  impact?: number;
  tier?: number;
  language?: 'es' | 'en';
  more?: Record<string, unknown>;
}

/** Cases that wait, and people who take them. */
export interface WaitingWorld {
  rooms: Rooms;
  defaultQueue: string;
  /** @returns its id */
  waits: (how?: Waits) => Promise<string>;
  list: (person: Principal, query?: Partial<CasesQuery>) => Promise<CasePage>;
  ids: (person: Principal, view?: CaseView) => Promise<string[]>;
  counts: (person: Principal) => Promise<Record<string, number>>;
  take: (person: Principal) => Promise<string | null>;
}

export async function openWaiting(): Promise<WaitingWorld> {
  const rooms = await openRooms();
  const { db, database } = rooms;
  const readerOf = (person: Principal) => ({ id: person.id, storeId: visibleStore(person) });
  const [fallback] = await db.query<{ id: string }>('select id from queue where is_default');
  const defaultQueue = fallback?.id ?? '';
  const list = async (person: Principal, query: Partial<CasesQuery> = {}) =>
    JSON.parse(await rooms.get(InboxView).list(readerOf(person), { view: 'next', limit: 50, ...query })) as CasePage;
  return {
    rooms,
    defaultQueue,
    waits: async ({ queueId = defaultQueue, assigneeId = null, dueAt = null, impact = 4, tier = 2, ...how } = {}) => {
      const ledger = {
        assignee_id: assigneeId,
        queue_id: queueId,
        next_due_at: dueAt,
        impact_rank: impact,
        tier_rank: tier,
        language: how.language ?? 'es',
        ...how.more,
      };
      const columns = Object.keys(ledger).join(', ');
      const [made] = await db.query<{ id: string }>(
        `with made as (insert into customer (id, display_name, language, created_at) values (new_id(), 'Ana', $1, now()) returning id),
           opened as (insert into cases (id, reference, customer_id, status, assignee_id, queue_id, next_action, customer_name, last_interaction_at, opened_at)
             select new_id(), 'w' || new_id(), id, 'new', $2, $3, 'reply', 'Ana', $4, $4 from made returning id),
           booked as (insert into case_ledger (case_id, ${columns}) select o.id, ${columns
             .split(', ')
             .map((column) => `w.${column}`)
             .join(', ')} from opened o, jsonb_populate_record(null::case_ledger, $5) w)
         select id from opened`,
        [how.language ?? 'es', assigneeId, queueId, rooms.clock.now(), JSON.stringify(ledger)],
      );
      return made?.id ?? '';
    },
    list,
    ids: async (person, view = 'next') => (await list(person, { view })).items.map(({ id }) => id),
    counts: async (person) => {
      const { counts }: ViewCounts = await rooms.get(InboxView).counts(readerOf(person));
      return Object.fromEntries(counts.map(({ view, count }) => [view, count]));
    },
    take: (person) =>
      database.transaction((tx) =>
        rooms.get(TakeNextService).take(tx, person, rooms.get(NextView).waiting(tx, readerOf(person))),
      ),
  };
}
