import { Readable } from 'node:stream';
import { NAMED_BY, PassingFiles, TellMore } from '#cases';
import { STORAGE, type Storage } from '#platform';
import { arrive, dm, openRooms, type Rooms } from '../factories/rooms.js';

const HOUR = 3_600_000;

let rooms: Rooms;
let storage: Storage;
beforeAll(async () => {
  rooms = await openRooms();
  storage = rooms.get<Storage>(STORAGE as never);
});
afterAll(() => rooms.close());

const keep = async (content: string) => {
  const photo = { fileName: 'foto.jpg', contentType: 'image/jpeg', body: Readable.from([Buffer.from(content)]) };
  return (await rooms.get(TellMore).keep(photo)).storageKey;
};
const sweep = () => rooms.get(PassingFiles).sweep();
const passing = () => rooms.db.query('select storage_key as key from passing_file');

it('a photo whose form was refused is gone after a day, not before', async () => {
  const [small, large] = [await keep('small'), await keep('large'.repeat(40_000))];
  rooms.clock.advance(23 * HOUR);
  await sweep();
  expect(await Promise.all([small, large].map((key) => storage.has(key)))).toEqual([true, true]);
  rooms.clock.advance(2 * HOUR);
  expect(await sweep()).toBe(false);
  expect(await Promise.all([small, large].map((key) => storage.has(key)))).toEqual([false, false]);
  expect(await passing()).toEqual([]);
});

it('one that a row names stays, whichever row, and one that was sent again stays a day more', async () => {
  const { interactionId } = await arrive(rooms, dm('7100'));
  const [attached, original, again] = [await keep('attached'), await keep('original'), await keep('again')];
  await rooms.db.query(
    `insert into attachment (id, interaction_id, file_name, content_type, size, sha256, storage_key, created_at)
     values (gen_random_uuid(), $1, 'foto.jpg', 'image/jpeg', 1, 'x', $2, now())`,
    [interactionId, attached],
  );
  await rooms.db.query('update interaction set raw_key = $2 where id = $1', [interactionId, original]);
  rooms.clock.advance(20 * HOUR);
  await keep('again');
  rooms.clock.advance(5 * HOUR);
  await sweep();
  expect(await Promise.all([attached, original, again].map((key) => storage.has(key)))).toEqual([true, true, true]);
  expect(await passing()).toEqual([{ key: again }]);
});

it('knows every column that names a file', async () => {
  const columns = await rooms.db.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_schema = 'public' and (column_name like '%storage\\_key%' or column_name like '%raw\\_key%') and table_name <> 'passing_file' order by 1`,
  );
  expect(columns.map(({ name }) => name)).toEqual(NAMED_BY.map(([table, column]) => `${table}.${column}`).toSorted());
});
