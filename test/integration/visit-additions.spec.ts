import { Readable } from 'node:stream';
import { ArrivalService, AttachmentService, lockCase, ReplyService, type StaffArrival } from '#cases';
import { withRetry } from '#platform';
import type { Principal } from '#identity';
import { aPerson, arrive, aStore, mail, openRooms, type Rooms } from '../factories/rooms.js';

type VisitBody = Parameters<ArrivalService['visit']>[2];

let rooms: Rooms;
let clerk: Principal;
let storeId: string;
beforeAll(async () => {
  rooms = await openRooms();
  storeId = await aStore(rooms);
  clerk = await aPerson(rooms, 'store', storeId);
});
afterAll(() => rooms.close());

const visit = (body: Partial<VisitBody>): Promise<StaffArrival> =>
  withRetry(rooms.database, (tx) =>
    rooms.get(ArrivalService).visit(tx, clerk, { storeId, text: 'Viene a la tienda', ...body }),
  );
const rows = (sql: string, ...values: unknown[]) => rooms.db.query(sql, values);
const everything = () =>
  rows(
    'select (select count(*) from customer) as customers, (select count(*) from interaction) as interactions, (select count(*) from contact_point) as contacts, (select count(*) from case_event) as events',
  );

describe('addresses added to somebody known', () => {
  it('are theirs from then on, noted as stated by staff', async () => {
    const known = await visit({ customer: { displayName: 'Ana', phone: '661 00 00 01' } });
    const arrival = await visit({
      customerId: known.customerId,
      addContacts: { email: 'Ana@Correo.test', twitterHandle: '@Ana_A' },
    });
    expect(arrival).toMatchObject({ caseId: known.caseId, customerId: known.customerId, matchedBy: 'customer' });
    expect(
      await rows(
        'select kind, value, handle, source from contact_point where customer_id = $1 order by kind',
        known.customerId,
      ),
    ).toEqual([
      { kind: 'email', value: 'ana@correo.test', handle: null, source: 'staff' },
      { kind: 'phone', value: '+34661000001', handle: null, source: 'staff' },
      { kind: 'twitter', value: null, handle: 'ana_a', source: 'staff' },
    ]);
    expect(await arrive(rooms, mail('ana@correo.test'))).toMatchObject({ caseId: known.caseId });
  });

  it('that are another confirmed customer’s are refused by name, and nothing is written', async () => {
    await visit({ customer: { displayName: 'Blas', phone: '662 00 00 01' } });
    const known = await visit({ customer: { displayName: 'Celia', phone: '662 00 00 02' } });
    const before = await everything();
    await expect(
      visit({ customerId: known.customerId, addContacts: { phone: '662000001', email: 'celia@correo.test' } }),
    ).rejects.toMatchObject({ code: 'contact.taken', details: { fields: ['phone'] } });
    await expect(
      visit({ customerId: known.customerId, addContacts: { phone: 'no', email: 'tampoco' } }),
    ).rejects.toMatchObject({ code: 'contact.invalid', details: { fields: ['phone', 'email'] } });
    expect(await everything()).toEqual(before);
  });
});

describe('photos of a visit', () => {
  const upload = (fileName: string, contentType: string) =>
    rooms
      .get(AttachmentService)
      .upload(rooms.database.manager, clerk, { fileName, contentType, body: Readable.from([Buffer.from('x')]) });

  it('are pictures; another file is named, and nothing is written', async () => {
    const [photo, text] = [await upload('pantalla.jpg', 'image/jpeg'), await upload('notas.txt', 'text/plain')];
    const before = await everything();
    const customer = { displayName: 'Dora', phone: '663 00 00 01' };
    await expect(visit({ customer, attachmentIds: [photo.id, text.id] })).rejects.toMatchObject({
      code: 'visit.photos_only',
      details: { files: ['notas.txt'] },
    });
    expect(await everything()).toEqual(before);
    const { interactionId } = await visit({ customer, attachmentIds: [photo.id] });
    expect(await rows('select file_name from attachment where interaction_id = $1', interactionId)).toEqual([
      { file_name: 'pantalla.jpg' },
    ]);
  });
});

describe('the subject of an answer by mail', () => {
  it.each([
    ['AW: RES: Re[2]: Sin línea', 'Re: Sin línea'],
    [null, expect.stringMatching(/^Re: Caso H-/u)],
  ])('to %j is stored as it leaves', async (subject, stored) => {
    const { caseId } = await arrive(rooms, mail(`asunto${String(subject).length}@correo.test`, { subject }));
    const agent = await aPerson(rooms);
    const id = await rooms.database.transaction(async (tx) =>
      rooms
        .get(ReplyService)
        .reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'email', text: 'Ya lo miramos' }),
    );
    expect(await rows('select subject from interaction where id = $1', id)).toEqual([{ subject: stored }]);
  });
});
