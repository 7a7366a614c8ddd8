import { ArrivalService, lockCase, ReplyService, UnmergeService, type StaffArrival } from '#cases';
import { withRetry } from '#platform';
import type { Principal } from '#identity';
import { waitFor } from '../support/wait.js';
import { aPerson, arrive, aStore, dm, mail, openRooms, type Rooms } from '../factories/rooms.js';

type VisitBody = Parameters<ArrivalService['visit']>[2];

let rooms: Rooms;
let agent: Principal;
let storeId: string;
beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
  storeId = await aStore(rooms);
});
afterAll(() => rooms.close());

const visit = (body: Partial<VisitBody>): Promise<StaffArrival> =>
  withRetry(rooms.database, (tx) =>
    rooms.get(ArrivalService).visit(tx, agent, { storeId, text: 'Viene a la tienda', ...body }),
  );
const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
const toldOn = async (caseId: string) =>
  (await rows(`select data from case_event where case_id = $1 and type = 'customer.merged' order by seq`, caseId)).map(
    ({ data }) => data as unknown,
  );
const journalOf = async (takenCustomer: string) =>
  (await rows('select journal from merge where taken_customer = $1', takenCustomer))[0]?.['journal'] as Record<
    string,
    unknown
  >;
const onX = (userId: string, handle: string) =>
  arrive(rooms, dm(userId, { contact: { kind: 'twitter', value: userId, handle, display: `@${handle}` } }));
const close = (caseId: string) => rows(`update cases set status = 'closed' where id = $1`, caseId);
const contactOf = async (value: string) =>
  (await rows('select id from contact_point where value = $1', value))[0]?.['id'];
/** Somebody waits for a lock: what the test wants to happen meanwhile can happen. */
const somebodyWaits = () => waitFor(async () => (await rows(`select 1 from pg_locks where not granted`)).length > 0);

describe('taking in a customer is a merge, told on the case the visit lands on', () => {
  it('when only they have an open case', async () => {
    const known = await visit({ customer: { displayName: 'Sara', phone: '651 00 00 01' } });
    await close(known.caseId);
    const written = await onX('651', 'sara_s');
    const arrival = await visit({ customerId: known.customerId, addContacts: { twitterHandle: '@sara_s' } });
    expect(arrival).toMatchObject({ caseId: written.caseId, customerId: known.customerId });
    expect(await toldOn(arrival.caseId)).toMatchObject([{ side: 'taken', customerId: known.customerId }]);
    const journal = await journalOf(written.customerId);
    expect(journal['customerRows']).toEqual({
      'contact_point.customer_id': [await contactOf('651')],
      'cases.customer_id': [written.caseId],
    });
  });

  it('when only the one they turned out to be has, and when neither has', async () => {
    const known = await visit({ customer: { displayName: 'Tere', phone: '652 00 00 01' } });
    const first = await onX('652', 'tere_t');
    await close(first.caseId);
    const arrival = await visit({ customerId: known.customerId, addContacts: { twitterHandle: 'tere_t' } });
    expect(arrival.caseId).toBe(known.caseId);
    await close(known.caseId);
    const second = await arrive(rooms, mail('tere@correo.test'));
    await close(second.caseId);
    const again = await visit({ customerId: known.customerId, addContacts: { email: 'tere@correo.test' } });
    expect(again.caseId).not.toBe(known.caseId);
    expect([...(await toldOn(arrival.caseId)), ...(await toldOn(again.caseId))]).toMatchObject([
      { side: 'kept', customerId: first.customerId, reason: 'stated_together' },
      { side: 'kept', customerId: second.customerId, displayName: 'tere@correo.test' },
    ]);
  });

  it('when both have, with the cases that were over already', async () => {
    const known = await visit({ customer: { displayName: 'Uma', phone: '653 00 00 01' } });
    const past = await onX('653', 'uma_u');
    await close(past.caseId);
    const now = await onX('653', 'uma_u');
    await visit({ customerId: known.customerId, addContacts: { twitterHandle: 'uma_u' } });
    expect(await toldOn(known.caseId)).toMatchObject([{ side: 'kept', otherCaseId: now.caseId }]);
    expect((await journalOf(now.customerId))['customerRows']).toMatchObject({ 'cases.customer_id': [past.caseId] });
  });

  it('can be taken back: they are two people again, the visit stays where it was', async () => {
    const known = await visit({ customer: { displayName: 'Valentina', phone: '656 00 00 01' } });
    const written = await onX('656', 'vale_v');
    const arrival = await visit({ customerId: known.customerId, addContacts: { twitterHandle: 'vale_v' } });
    const [merge] = await rows('select id from merge where taken_customer = $1', written.customerId);
    await withRetry(rooms.database, (tx) => rooms.get(UnmergeService).undo(tx, agent, String(merge?.['id'])));
    expect(await onX('656', 'vale_v')).toMatchObject({ caseId: written.caseId, customerId: written.customerId });
    expect(await rows('select case_id from interaction where id = $1', arrival.interactionId)).toEqual([
      { case_id: known.caseId },
    ]);
  });
});

describe('whoever waited for the lock of a customer taken in meanwhile', () => {
  it('finds who they are now', async () => {
    const kept = await visit({ customer: { displayName: 'Vera', phone: '654 00 00 01' } });
    const taken = await arrive(rooms, mail('vera@correo.test'));
    let waiting: Promise<StaffArrival> | undefined;
    await rooms.database.transaction(async (tx) => {
      await tx.query('select from customer where id = $1 for update', [taken.customerId]);
      waiting = visit({ customer: { displayName: 'Vera', email: 'vera@correo.test' } });
      await somebodyWaits();
      await tx.query(`update cases set status = 'merged', merged_into = $2 where id = $1`, [taken.caseId, kept.caseId]);
      await tx.query('update contact_point set customer_id = $2 where customer_id = $1', [
        taken.customerId,
        kept.customerId,
      ]);
      await tx.query('update customer set merged_into = $2 where id = $1', [taken.customerId, kept.customerId]);
    });
    expect(await waiting).toMatchObject({ caseId: kept.caseId, customerId: kept.customerId });
  });

  it('takes a reply back on the case it is on now', async () => {
    const kept = await visit({ customer: { displayName: 'Wences', phone: '655 00 00 01' } });
    const taken = await onX('655', 'wences_w');
    const replies = rooms.get(ReplyService);
    const id = await rooms.database.transaction(async (tx) =>
      replies.reply(tx, agent, await lockCase(tx, agent, taken.caseId), { channel: 'twitter', text: 'Hola' }),
    );
    let undone: Promise<string> | undefined;
    await rooms.database.transaction(async (tx) => {
      await tx.query('select from cases where id = $1 for update', [taken.caseId]);
      undone = rooms.database.transaction((other) => replies.undo(other, agent, id));
      await somebodyWaits();
      await tx.query(`update cases set status = 'merged', merged_into = $2 where id = $1`, [taken.caseId, kept.caseId]);
      await tx.query('update interaction set case_id = $2 where case_id = $1', [taken.caseId, kept.caseId]);
    });
    expect(await undone).toBe(kept.caseId);
    expect(await rows(`select case_id from case_event where type = 'interaction.undone'`)).toEqual([
      { case_id: kept.caseId },
    ]);
  });
});
