import { lockCase, ReplyService, SystemMail } from '#cases';
import { newId } from '#platform';
import { aPerson, arrive, dm, mail, openRooms, type Rooms } from '../factories/rooms.js';

const TEXT = { es: 'El archivo «a.zip» era demasiado grande.', en: 'The file “a.zip” was too large.' };

/** Nobody said yet what the customer speaks. */
const BOTH = `${TEXT.es}\n\n— English —\n\n${TEXT.en}`;

let rooms: Rooms;
let serial = 0;
beforeAll(async () => {
  rooms = await openRooms();
});
afterAll(() => rooms.close());

async function arrived(message = mail(`s${(serial += 1)}@correo.test`, { subject: 'Re: Mis fotos' })) {
  const { caseId, interactionId, customerId } = await arrive(rooms, message);
  const [row] = await rooms.db.query('select contact_point_id as id from interaction where id = $1', [interactionId]);
  return { caseId, customerId, cause: `over_limit:${interactionId}`, contactPointId: String(row?.['id']) };
}
type Order = Awaited<ReturnType<typeof arrived>>;
const write = ({ caseId, cause, contactPointId }: Order) =>
  rooms.database.transaction((tx) => rooms.get(SystemMail).write(tx, { caseId, cause, contactPointId, text: TEXT }));
const row = async (id: string | null) =>
  (
    await rooms.db.query(
      'select i.*, d.state, d.due_at, d.recipient_domain from interaction i join delivery d on d.interaction_id = i.id where i.id = $1',
      [id],
    )
  )[0];

it('stands on the case as a message of nobody, and leaves at once in the thread of the customer', async () => {
  const order = await arrived();
  const [before] = await rooms.db.query('select * from cases where id = $1', [order.caseId]);
  const id = await write(order);
  expect(await row(id)).toMatchObject({
    case_id: order.caseId,
    direction: 'outbound',
    author_kind: 'system',
    author_id: null,
    subject: 'Re: Mis fotos',
    text: BOTH,
    state: 'pending',
    due_at: rooms.clock.now(),
    recipient_domain: 'correo.test',
    message_id: expect.stringMatching(/^<[0-9a-f]{32}\.[a-z2-7]{16}@hilo\.test>$/) as string,
  });
  const [after] = await rooms.db.query('select * from cases where id = $1', [order.caseId]);
  const shown = ['preview', 'last_direction', 'last_interaction_at', 'next_action', 'unread', 'failed_sends'];
  expect(shown.map((column) => after?.[column])).toEqual(shown.map((column) => before?.[column]));
  expect(Number(after?.['version'])).toBe(Number(before?.['version']) + 1);
});

it('is written once of each cause, by however many at once', async () => {
  const order = await arrived();
  const ids = await Promise.all([write(order), write(order), write(order)]);
  expect(ids.filter((id) => id !== null)).toHaveLength(1);
  expect(await write(order)).toBeNull();
});

it.each(['es', 'en'] as const)('speaks the language of the customer once it is known: %s', async (language) => {
  const order = await arrived();
  await rooms.db.query('update customer set language = $2, language_known = true where id = $1', [
    order.customerId,
    language,
  ]);
  expect(await row(await write(order))).toMatchObject({ text: TEXT[language] });
});

it('is not written to an address over and over', async () => {
  const order = await arrived();
  const another = () => write({ ...order, cause: newId() });
  for (let n = 0; n < 5; n += 1) expect(await another()).not.toBeNull();
  expect(await another()).toBeNull();
  rooms.clock.advance(86_400_001);
  expect(await another()).not.toBeNull();
});

it('goes to mail addresses only', async () => {
  expect(await write(await arrived(dm('771')))).toBeNull();
});

it('is not the last word of the case when a reply is taken back', async () => {
  const order = await arrived();
  const agent = await aPerson(rooms);
  await write(order);
  rooms.clock.advance(1000);
  const id = await rooms.database.transaction(async (tx) =>
    rooms
      .get(ReplyService)
      .reply(tx, agent, await lockCase(tx, agent, order.caseId), { channel: 'email', text: 'Ya lo miramos' }),
  );
  await rooms.database.transaction((tx) => rooms.get(ReplyService).undo(tx, agent, id));
  const [shown] = await rooms.db.query('select preview, last_direction, next_action from cases where id = $1', [
    order.caseId,
  ]);
  expect(shown).toEqual({ preview: 'Adjunto la factura', last_direction: 'inbound', next_action: 'reply' });
});
