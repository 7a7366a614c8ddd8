import sharp from 'sharp';
import { Intakes, IntakePhotos } from '#counter';
import type { IntakePath, SavedField } from '#contracts';
import type { Principal } from '#identity';
import { newId, withRetry } from '#platform';
import { aPerson, aStore, openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
let storeId: string;
let clerk: Principal;
let colleague: Principal;
beforeAll(async () => {
  rooms = await openRooms();
  storeId = await aStore(rooms, 'Nexo Goya');
  clerk = await aPerson(rooms, 'store', storeId);
  colleague = await aPerson(rooms, 'store', storeId);
});
afterAll(() => rooms.close());

const intakes = () => rooms.get(Intakes);
const begin = (by = clerk, id = newId(), kind: 'intake' | 'pick_up' = 'intake') =>
  rooms.database.transaction((tx) => intakes().begin(tx, by, { id, storeId, kind }));
const save = (id: string, by: Principal, ...fields: [IntakePath, unknown, number?][]): Promise<SavedField[]> =>
  rooms.database.transaction((tx) =>
    intakes().save(tx, by, id, { fields: fields.map(([path, value, base = 0]) => ({ path, value, base })) }),
  );
const read = (id: string, by = clerk) => intakes().read(rooms.database.manager, by, id);
const photo = (id: string, by: Principal, bytes: Buffer, key?: string) =>
  withRetry(rooms.database, (tx) => rooms.get(IntakePhotos).take(tx, by, id, { fileName: 'IMG_1.jpeg', bytes }, key));

describe('an intake that is written down', () => {
  it('is begun once, however often a tablet says so', async () => {
    const id = newId();
    await Promise.all([begin(clerk, id), begin(clerk, id), begin(colleague, id)]);
    expect(await rooms.db.query('select id from counter_intake where id = $1', [id])).toHaveLength(1);
    await expect(begin(clerk, id, 'pick_up')).rejects.toMatchObject({ code: 'intake.not_found' });
  });

  it('keeps each field with who said it, and saying the same again changes nothing', async () => {
    const { id } = await begin();
    expect(await save(id, clerk, ['listen.text', ' No enciende '], ['listen.lacks', ['calls']])).toEqual([
      { path: 'listen.text', outcome: 'saved', version: 1 },
      { path: 'listen.lacks', outcome: 'saved', version: 1 },
    ]);
    expect(await save(id, colleague, ['listen.text', 'No enciende'])).toMatchObject([{ outcome: 'saved', version: 1 }]);
    expect(await save(id, colleague, ['listen.text', 'No enciende desde ayer', 1])).toMatchObject([
      { outcome: 'saved', version: 2 },
    ]);
    const { fields } = await read(id);
    expect(fields).toMatchObject([
      { path: 'listen.lacks', value: ['calls'], by: { id: clerk.id } },
      { path: 'listen.text', value: 'No enciende desde ayer', by: { id: colleague.id } },
    ]);
  });

  it('keeps that there is none of something', async () => {
    const { id } = await begin();
    await save(id, clerk, ['who.person', { displayName: 'Ana' }], ['who.customerId', null]);
    expect(await save(id, clerk, ['who.person', null, 1])).toMatchObject([{ outcome: 'saved', version: 2 }]);
    expect((await read(id)).fields).toMatchObject([
      { path: 'who.customerId', value: null },
      { path: 'who.person', value: null, version: 2 },
    ]);
  });

  it('leaves what somebody else has put meanwhile, shows it, and takes what a person chooses then', async () => {
    const { id } = await begin();
    await save(id, clerk, ['device.imei', '356938035643809']);
    const [conflict, saved] = await save(id, colleague, ['device.imei', '490154203237518'], ['device.liquid', 'no']);
    expect(conflict).toMatchObject({
      outcome: 'conflict',
      theirs: { value: '356938035643809', version: 1, by: { displayName: clerk.displayName } },
    });
    expect(saved).toMatchObject({ outcome: 'saved' });
    expect(await save(id, colleague, ['device.imei', '490154203237518', 1])).toMatchObject([{ version: 2 }]);
  });

  it('loses nothing when two tablets write at the same time', async () => {
    const { id } = await begin();
    const paths: IntakePath[] = ['listen.text', 'listen.matters', 'device.modelName', 'device.serial', 'take.ask'];
    await Promise.all(
      paths.flatMap((path) => [save(id, clerk, [path, `a ${path}`]), save(id, colleague, [path, `b ${path}`])]),
    );
    const { fields } = await read(id);
    expect(fields.map(({ path, version }) => [path, version])).toEqual([...paths].sort().map((path) => [path, 1]));
  });

  it('refuses what a field does not take and says why; the others are saved', async () => {
    const { id } = await begin();
    const [refused, strange, saved] = await save(
      id,
      clerk,
      ['device.stays', 'somewhere'],
      ['device.photoIds', [newId()]],
      ['listen.matters', 'Llamar a su madre'],
    );
    expect(refused).toMatchObject({ outcome: 'refused', problems: [expect.stringContaining('Invalid option')] });
    expect(strange).toMatchObject({ outcome: 'refused' });
    expect(saved).toMatchObject({ outcome: 'saved' });
    expect((await read(id)).fields).toHaveLength(1);
  });

  it('is nothing to another store, and over once nothing comes of it', async () => {
    const { id } = await begin();
    const stranger = await aPerson(rooms, 'store', await aStore(rooms, 'Nexo Colón'));
    await expect(read(id, stranger)).rejects.toMatchObject({ code: 'intake.not_found' });
    await expect(save(id, stranger, ['listen.text', 'x'])).rejects.toMatchObject({ code: 'intake.not_found' });
    await expect(photo(id, stranger, Buffer.from('x'))).rejects.toMatchObject({ code: 'intake.not_found' });
    await expect(intakes().open(rooms.database.manager, stranger, storeId)).rejects.toMatchObject({
      code: 'permission.denied',
    });
    await save(id, clerk, ['who.person', { displayName: 'Lucía Ferrer' }], ['device.modelName', 'Nexo One']);
    const list = () => intakes().open(rooms.database.manager, colleague, storeId);
    expect((await list())[0]).toMatchObject({ id, who: 'Lucía Ferrer', model: 'Nexo One' });
    await rooms.database.transaction((tx) => intakes().abandon(tx, colleague, id, 'Se ha ido'));
    expect((await list()).map((row) => row.id)).not.toContain(id);
    await expect(save(id, clerk, ['listen.text', 'x'])).rejects.toMatchObject({ code: 'intake.over' });
  });
});

describe('pictures', () => {
  it('are made anew: upright, small, and without where they were taken', async () => {
    const { id } = await begin();
    const taken = await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#345' } })
      .withExif({ IFD0: { Make: 'Nexo' }, IFD3: { GPSLatitude: '40/1 25/1 0/1', GPSLatitudeRef: 'N' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif?.toString('latin1')).toContain('Nexo');
    const kept = await photo(id, clerk, taken);
    expect(kept).toMatchObject({ fileName: 'IMG_1.jpg', contentType: 'image/jpeg' });
    const { body } = await rooms.get(IntakePhotos).open(rooms.database.manager, colleague, id, kept.id);
    const bytes = Buffer.concat(await body.toArray());
    const { width, height, exif, orientation } = await sharp(bytes).metadata();
    expect({ width, height, exif, orientation }).toEqual({
      width: 683,
      height: 2048,
      exif: undefined,
      orientation: undefined,
    });
    expect(await save(id, colleague, ['device.photoIds', [kept.id]])).toMatchObject([{ outcome: 'saved' }]);
  });

  it('are one under one key, asked again or at once, and two under two', async () => {
    const { id } = await begin();
    const bytes = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    const rows = () =>
      rooms.db.query<{ storage_key: string }>(
        'select a.storage_key from counter_photo p join attachment a on a.id = p.attachment_id where p.intake_id = $1',
        [id],
      );
    const key = newId();
    const at = await Promise.all([1, 2, 3].map(() => photo(id, clerk, bytes, key)));
    const later = await photo(id, clerk, bytes, key);
    expect(new Set([...at, later].map((kept) => kept.id)).size).toBe(1);
    expect(later).toEqual(at[0]);
    expect(await rows()).toHaveLength(1);
    const other = await photo(id, clerk, bytes, newId());
    expect(other.id).not.toBe(later.id);
    expect(await rows()).toHaveLength(2);
    // The bytes of both are kept once.
    expect(new Set((await rows()).map((row) => row.storage_key)).size).toBe(1);
    await expect(photo(id, clerk, Buffer.concat([bytes, bytes]), key)).rejects.toMatchObject({
      code: 'request.idempotency_mismatch',
    });
  });

  it('are refused when they are none', async () => {
    const { id } = await begin();
    await expect(photo(id, clerk, Buffer.from('<svg onload="x">'))).rejects.toMatchObject({ code: 'photo.unreadable' });
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    await expect(photo(id, clerk, Buffer.from(drawing))).rejects.toMatchObject({ code: 'photo.unreadable' });
    const half = (
      await sharp({ create: { width: 400, height: 400, channels: 3, background: '#345' } })
        .jpeg()
        .toBuffer()
    ).subarray(0, 900);
    await expect(photo(id, clerk, half)).rejects.toMatchObject({ code: 'photo.unreadable' });
  });
});
