import { crc32, deflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { MergeService, SYSTEM } from '#cases';
import { Finish, Intakes, IntakePhotos, Receipts } from '#counter';
import type { IntakePath } from '#contracts';
import type { Principal } from '#identity';
import { withRetry } from '#platform';
import { aPerson, arrive, aStore, dm, openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let storeId: string;
let clerk: Principal;
let colleague: Principal;
let agent: Principal;
beforeAll(async () => {
  rooms = await openRooms();
  storeId = await aStore(rooms, 'Nexo Goya');
  [clerk, colleague, agent] = [
    await aPerson(rooms, 'store', storeId),
    await aPerson(rooms, 'store', storeId),
    await aPerson(rooms),
  ];
});
afterAll(() => rooms.close());

type Fields = Partial<Record<IntakePath, unknown>>;
const inDays = (days: number) => new Date(rooms.clock.now().getTime() + days * 86_400_000).toISOString();
const AT_THE_COUNTER: Fields = {
  ...{ 'listen.text': 'No enciende', 'listen.lacks': ['calls'], 'device.stays': 'with_customer' },
  ...{ 'device.imei': '356938035643809', 'device.modelName': 'Nexo One' },
  ...{ 'keep.outcome': 'declined', 'keep.reason': 'Tiene otro', 'promise.reachBy': 'email' },
};
const begin = async (fields: Fields) => {
  const { id } = await withRetry(rooms.database, (tx) =>
    rooms.get(Intakes).begin(tx, clerk, { storeId, kind: 'intake' }),
  );
  const all = { ...AT_THE_COUNTER, 'promise.nextUpdateAt': inDays(1), ...fields };
  const saved = await withRetry(rooms.database, (tx) =>
    rooms.get(Intakes).save(tx, clerk, id, {
      fields: Object.entries(all).map(([path, value]) => ({ path: path as IntakePath, value, base: 0 })),
    }),
  );
  expect(saved.filter(({ outcome }) => outcome !== 'saved')).toEqual([]);
  return id;
};
const finish = (id: string, by = clerk) =>
  withRetry(rooms.database, (tx) => rooms.get(Finish).finish(tx, by, id, '10.0.0.7'));
const photo = (id: string, bytes: Buffer) =>
  withRetry(rooms.database, (tx) => rooms.get(IntakePhotos).take(tx, clerk, id, { fileName: 'x.png', bytes }));

describe('two tablets', () => {
  it('that finish an intake of the same stranger each at the same moment meet one customer and one case', async () => {
    const person = { displayName: 'Rosa Vila', phone: '611 22 33 44' };
    const ids = await Promise.all([1, 2, 3].map(() => begin({ 'who.person': person })));
    const outcomes = await Promise.all(ids.map((id, at) => finish(id, at === 1 ? colleague : clerk)));
    expect(new Set(outcomes.map(({ customerId }) => customerId)).size).toBe(1);
    expect(new Set(outcomes.map(({ caseId }) => caseId)).size).toBe(1);
    expect(new Set(outcomes.map(({ deviceId }) => deviceId)).size).toBe(1);
    expect(new Set(outcomes.map(({ visitId }) => visitId)).size).toBe(3);
  });

  it('one of which finishes while the other gives it up: one of both happens', async () => {
    const id = await begin({ 'who.person': { displayName: 'Pau Mas' } });
    const results = await Promise.allSettled([
      finish(id),
      withRetry(rooms.database, (tx) => rooms.get(Intakes).abandon(tx, colleague, id, 'Se ha ido')),
    ]);
    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'intake.over' } }]);
    const [row] = await rooms.db.query<{ state: string; whole: boolean }>(
      `select state, (state = 'finished') = exists (select from counter_receipt where intake_id = id) as whole from counter_intake where id = $1`,
      [id],
    );
    expect(row?.whole).toBe(true);
  });
});

describe('an intake of a case that became another meanwhile', () => {
  it('merged: goes on with the one it was merged into', async () => {
    const [into, from] = [
      await arrive(rooms, dm('880001', { displayName: 'Berta Gil' })),
      await arrive(rooms, dm('880002', { displayName: 'Berta G.' })),
    ];
    const [row] = await rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [
      from.caseId,
    ]);
    const id = await begin({ 'who.customerId': from.customerId, 'who.caseReference': row?.reference });
    await withRetry(rooms.database, (tx) =>
      rooms
        .get(MergeService)
        .customers(tx, SYSTEM, { into: into.customerId, from: from.customerId, reason: 'es la misma' }),
    );
    expect(await finish(id)).toMatchObject({ caseId: into.caseId, customerId: into.customerId });
  });

  it('closed: nothing of it is lost, it is on an open case of the same customer', async () => {
    const { caseId, customerId } = await arrive(rooms, dm('880003', { displayName: 'Iker Soto' }));
    const [row] = await rooms.db.query<{ reference: string }>('select reference from cases where id = $1', [caseId]);
    const id = await begin({ 'who.customerId': customerId, 'who.caseReference': row?.reference });
    await rooms.db.query(`update cases set status = 'closed', closed_at = $2 where id = $1`, [
      caseId,
      rooms.clock.now(),
    ]);
    const outcome = await finish(id);
    expect(outcome.customerId).toBe(customerId);
    const open = await rooms.db.query<{ id: string }>('select id from cases where customer_id = $1 and is_open', [
      customerId,
    ]);
    expect(open).toEqual([{ id: outcome.caseId }]);
  });

  it('asked again after that, it says what it said', async () => {
    const [into, from] = [await arrive(rooms, dm('880004')), await arrive(rooms, dm('880005'))];
    const id = await begin({ 'who.customerId': from.customerId });
    const first = await finish(id);
    await withRetry(rooms.database, (tx) =>
      rooms
        .get(MergeService)
        .customers(tx, SYSTEM, { into: into.customerId, from: from.customerId, reason: 'es la misma' }),
    );
    expect(await finish(id, colleague)).toEqual(first);
    const { bytes } = await rooms.get(Receipts).pdf(rooms.database.manager, colleague, id);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('pictures that are none', () => {
  it.each<[string, Buffer, RegExp]>([
    ['nothing', Buffer.alloc(0), /empty/u],
    ['words', Buffer.from('hola'.repeat(400)), /unsupported/u],
    [
      'HEIC, which we cannot read',
      Buffer.concat([Buffer.from('00000018667479706865696300000000', 'hex'), Buffer.alloc(600)]),
      /./u,
    ],
    ['a page of print', Buffer.from('%PDF-1.4 1 0 obj<<>>endobj trailer<<>>'), /unsupported/u],
    ['a few kilobytes that unpack into gigabytes', bomb(20_000), /pixel limit/u],
    ['and into hundreds of megabytes', bomb(7_500), /pixel limit/u],
  ])('are refused: %s', async (_, bytes, why) => {
    const id = await begin({ 'who.person': { displayName: 'Ana Roca' } });
    await expect(photo(id, bytes)).rejects.toMatchObject({
      code: 'photo.unreadable',
      details: { why: expect.stringMatching(why) as unknown },
    });
    expect((await rooms.get(Intakes).read(rooms.database.manager, clerk, id)).photos).toEqual([]);
  });
});

it('takes a photo of 50 megapixels, as telephones count them', async () => {
  const { default: sharp } = await import('sharp');
  const sensor = { width: 8192, height: 6144, channels: 3 as const, background: '#345' };
  const bytes = await sharp({ create: sensor }).jpeg().toBuffer();
  const id = await begin({ 'who.person': { displayName: 'Ana Roca' } });
  await expect(photo(id, bytes)).resolves.toMatchObject({ contentType: 'image/jpeg' });
});

describe('names on paper', () => {
  const textOf = async (bytes: Buffer) => {
    const document = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false }).promise;
    const texts: string[] = [];
    for (let page = 1; page <= document.numPages; page += 1) {
      const { items } = await (await document.getPage(page)).getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
    }
    return { pages: document.numPages, text: texts.join(' ').replace(/\s+/gu, ' ') };
  };
  it.each([
    ['an emoji', 'Lucía 🦊👩🏽‍🔧 Ferrer', /Customer Lucía Ferrer/u],
    ['right to left', 'محمد علي', /Customer محمد علي/u],
    ['three hundred letters', 'Maximiliana '.repeat(16).trim(), /Maximiliana/u],
    ['one word of two hundred', 'X'.repeat(200), /X{20}/u],
    ['marks that turn writing around', 'Ana \u202eacoR', /Ana/u],
  ])('%s', async (_, displayName, expected) => {
    const id = await begin({
      ...{ 'who.person': { displayName }, 'listen.text': `${displayName} dice: 😀 ${'palabra '.repeat(900)}` },
      ...{ 'device.modelName': displayName.slice(0, 110), 'sign.language': 'en' },
    });
    await finish(id);
    const { bytes } = await rooms.get(Receipts).pdf(rooms.database.manager, clerk, id);
    const { pages, text } = await textOf(bytes);
    expect(text).toMatch(expected);
    expect(pages).toBeLessThan(6);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/u);
  });
});

it('is nothing to those who may log no visit, and to other stores', async () => {
  const id = await begin({ 'who.person': { displayName: 'Ana Roca' } });
  const stranger = await aPerson(rooms, 'store', await aStore(rooms, 'Nexo Colón'));
  await expect(finish(id, stranger)).rejects.toMatchObject({ code: 'intake.not_found' });
  await finish(id, agent);
  await expect(rooms.get(Receipts).pdf(rooms.database.manager, stranger, id)).rejects.toMatchObject({
    code: 'intake.not_found',
  });
});

/** A PNG that says it has so many pixels each way, and is a few bytes. */
function bomb(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits of red, green, blue and alpha, interlaced: it can only be read whole.
  header.set([8, 6, 0, 0, 1], 8);
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1 << 20)))]);
}
