import {
  ArrivalService,
  CaseService,
  lockCase,
  MergeService,
  NoteService,
  ReplyService,
  SplitService,
  UnmergeService,
} from '#cases';
import type { MergeChoices, SplitBody } from '#contracts';
import { withRetry } from '#platform';
import { aPerson, arrive, aStore, dm, mail, openRooms } from '../factories/rooms.js';

/** The rooms, with short ways to merge, to take that back, and to look at what is where. */
export async function openMerges() {
  const rooms = await openRooms();
  const agent = await aPerson(rooms);
  const storeId = await aStore(rooms);
  const clerk = await aPerson(rooms, 'store', storeId);
  const actor = { kind: 'agent' as const, id: agent.id, name: agent.displayName };
  const query = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
  const one = async (sql: string, ...values: unknown[]) => (await query(sql, ...values))[0] ?? {};

  const merge = async (into: string, from: string, choices?: MergeChoices) => {
    const order = { into, from, reason: 'Es la misma persona', ...(choices ? { choices } : {}) };
    return (await withRetry(rooms.database, (tx) => rooms.get(MergeService).customers(tx, actor, order), 50)).mergeId;
  };
  const undo = (mergeId: string, by = agent) =>
    withRetry(rooms.database, (tx) => rooms.get(UnmergeService).undo(tx, by, mergeId), 50);
  const mergeCases = (into: string, from: string) =>
    withRetry(rooms.database, (tx) => rooms.get(MergeService).cases(tx, agent, { into, from, reason: 'Lo mismo' }));
  const split = (caseId: string, body: Partial<SplitBody> & Pick<SplitBody, 'to'>, by = agent) =>
    withRetry(rooms.database, (tx) =>
      rooms.get(SplitService).split(tx, by, caseId, { reason: 'Es de otra persona', withSender: false, ...body }),
    );
  const note = (caseId: string, text = 'Nota') =>
    rooms.database.transaction((tx) => rooms.get(NoteService).add(tx, agent, caseId, { text, audience: 'internal' }));
  const look = (caseId: string) =>
    withRetry(rooms.database, (tx) => rooms.get(CaseService).markRead(tx, agent, caseId));
  const reply = (caseId: string, channel: 'email' | 'twitter' = 'email', threadId?: string) =>
    withRetry(rooms.database, async (tx) =>
      rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), {
        channel,
        text: 'Hola',
        ...(threadId ? { threadId } : {}),
      }),
    );
  const visit = (body: Partial<Parameters<ArrivalService['visit']>[2]>) =>
    withRetry(rooms.database, (tx) =>
      rooms.get(ArrivalService).visit(tx, agent, { storeId, text: 'Viene a la tienda', ...body }),
    );

  let serial = 0;
  const anAddress = () => `une${(serial += 1)}@correo.test`;
  const aUser = () => String(910_000 + (serial += 1));
  const now = () => rooms.clock.now().toISOString();
  const later = () => {
    rooms.clock.advance(1000);
    return now();
  };
  const writes = (address: string, text = 'Hola') =>
    arrive(rooms, mail(address, { text, subject: null, occurredAt: later() }));
  const sends = (userId: string, text = 'Hola') => arrive(rooms, dm(userId, { text, occurredAt: later() }));
  const caseRow = (id: string) => one('select * from cases where id = $1', id);
  const entryCase = async (id: string) => (await one('select case_id from interaction where id = $1', id))['case_id'];
  /** Where a reply goes, as the delivery would send it. */
  const addressOf = async (interactionId: string) =>
    (
      await one(
        `select p.value, t.case_id, i.case_id as on_case from interaction i join channel_thread t on t.id = i.thread_id
           join contact_point p on p.id = t.contact_point_id where i.id = $1`,
        interactionId,
      )
    )['value'];
  const eventsOf = async (caseId: string) =>
    (await query('select type from case_event where case_id = $1 order by seq', caseId)).map(({ type }) =>
      String(type),
    );
  return {
    rooms,
    agent,
    clerk,
    actor,
    storeId,
    query,
    one,
    merge,
    undo,
    mergeCases,
    split,
    note,
    look,
    reply,
    visit,
    anAddress,
    aUser,
    now,
    later,
    writes,
    sends,
    caseRow,
    entryCase,
    addressOf,
    eventsOf,
  };
}
export type Merges = Awaited<ReturnType<typeof openMerges>>;

/**
 * Everything that says whose what is and what a row of the inbox shows, of these people: two of these are alike when nothing
 * is left of what happened in between. Versions and events grow and are left out.
 */
export async function picture({ query }: Merges, customerIds: string[]) {
  const cases = await query(
    `select to_jsonb(c) - 'version' as row from cases c where customer_id = any($1) order by id`,
    customerIds,
  );
  const ids = (await query('select id from cases where customer_id = any($1)', customerIds)).map(({ id }) => id);
  const table = async (sql: string, values: unknown[]) =>
    (await query(sql, ...values)).map(({ row }) => row as unknown);
  return {
    customers: await table('select to_jsonb(c) as row from customer c where id = any($1) order by id', [customerIds]),
    points: await table('select to_jsonb(p) as row from contact_point p where customer_id = any($1) order by id', [
      customerIds,
    ]),
    cases: cases.map(({ row }) => row as unknown),
    threads: await table('select to_jsonb(t) as row from channel_thread t where case_id = any($1) order by id', [ids]),
    entries: await table('select to_jsonb(i) as row from interaction i where case_id = any($1) order by id', [ids]),
    notes: await table('select to_jsonb(n) as row from note n where case_id = any($1) order by id', [ids]),
    problems: await table('select to_jsonb(p) as row from problem p where case_id = any($1) order by id', [ids]),
    impacts: await table('select to_jsonb(i) as row from impact i where case_id = any($1) order by id', [ids]),
    stores: await table(
      'select to_jsonb(s) as row from case_store s where case_id = any($1) order by store_id, case_id',
      [ids],
    ),
  };
}
