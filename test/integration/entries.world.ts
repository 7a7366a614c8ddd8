import { EntryMoveService, lockCase, ReplyService } from '#cases';
import { OpenReviewPage, TimelinePage } from '#contracts';
import type { Principal } from '#identity';
import { withRetry } from '#platform';
import { ReviewView, TimelineView } from '#views';
import { aPerson, arrive, aStore, mail, openRooms, readerOf } from '../factories/rooms.js';

/** The rooms with an agent and a person of a store, and short ways to move entries and to look at what became of them. */
export async function openEntries() {
  const rooms = await openRooms();
  const agent = await aPerson(rooms);
  const storeId = await aStore(rooms);
  const clerk = await aPerson(rooms, 'store', storeId);
  const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
  const one = async (sql: string, ...values: unknown[]) => (await rows(sql, ...values))[0];
  const caseRow = (id: string) => one('select * from cases where id = $1', id);
  const entryRow = (id: string) => one('select case_id, thread_id, matched_by from interaction where id = $1', id);
  const threadsOf = (caseId: string) =>
    rows(
      'select contact_point_id, subject, last_message_id, message_refs from channel_thread where case_id = $1',
      caseId,
    );
  const referenceOf = async (caseId: string) => String((await caseRow(caseId))?.['reference']);
  const eventsOf = (caseId: string) =>
    rows(`select type, data, actor_id from case_event where case_id = $1 and type like 'entry.%' order by seq`, caseId);
  const holderOf = async (value: string) =>
    (await one('select customer_id from contact_point where value = $1', value))?.['customer_id'];

  const move = async (
    from: string,
    entryId: string,
    to: string,
    more: { withSender?: boolean; reason?: string; by?: Principal } = {},
  ) =>
    withRetry(rooms.database, async (tx) =>
      rooms.get(EntryMoveService).move(tx, more.by ?? agent, from, entryId, {
        toCaseReference: await referenceOf(to),
        reason: more.reason ?? 'Es de otro caso',
        withSender: more.withSender ?? false,
      }),
    );
  const dismiss = (caseId: string, entryId: string, by = agent) =>
    rooms.database.transaction((tx) => rooms.get(EntryMoveService).dismiss(tx, by, caseId, entryId));
  const reply = (caseId: string, text = 'Hola') =>
    rooms.database.transaction(async (tx) =>
      rooms.get(ReplyService).reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'email', text }),
    );
  const timelineOf = async (caseId: string, person = agent) =>
    TimelinePage.parse(
      JSON.parse(await rooms.get(TimelineView).page(rooms.database.manager, readerOf(person), caseId, { limit: 50 })),
    ).items;
  const reviews = async () => {
    const page = OpenReviewPage.parse(await rooms.get(ReviewView).list({ limit: 200 }));
    return page.items;
  };

  let serial = 0;
  const anAddress = () => `mueve${(serial += 1)}@correo.test`;
  /** Two people with a case each; the second has just written about the first one's. */
  async function twoCases() {
    const [mine, theirs] = [anAddress(), anAddress()];
    const target = await arrive(rooms, mail(mine, { text: 'Lo primero', subject: 'Móvil' }));
    rooms.clock.advance(1000);
    const first = await arrive(rooms, mail(theirs, { text: 'Lo mío', occurredAt: rooms.clock.now().toISOString() }));
    rooms.clock.advance(1000);
    const messageId = (await one('select message_id from interaction where id = $1', target.interactionId))?.[
      'message_id'
    ];
    const entry = await arrive(
      rooms,
      mail(theirs, {
        text: 'Sobre el móvil de mi madre',
        subject: 'Re: Móvil',
        references: [String(messageId)],
        occurredAt: rooms.clock.now().toISOString(),
      }),
    );
    rooms.clock.advance(1000);
    return { mine, theirs, target, source: first, first, entry };
  }
  return {
    rooms,
    agent,
    clerk,
    storeId,
    rows,
    one,
    caseRow,
    entryRow,
    threadsOf,
    referenceOf,
    eventsOf,
    holderOf,
    move,
    dismiss,
    reply,
    timelineOf,
    reviews,
    anAddress,
    twoCases,
  };
}
export type Entries = Awaited<ReturnType<typeof openEntries>>;
