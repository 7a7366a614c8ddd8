import { request } from 'node:http';
import sharp from 'sharp';
import { Intake, IntakeOutcome, UploadedAttachment } from '#contracts';
import { newId } from '#platform';
import { waitFor } from '../support/wait.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MEGABYTE = 1024 * 1024;

let world: World;
let clerk: Staff;
beforeAll(async () => {
  world = await startWorld();
  clerk = await world.login('store@hilo.test');
}, 90_000);
afterAll(() => world?.stop());

const begin = async (): Promise<string> =>
  (await clerk.done('/intakes', Intake, { method: 'POST', body: { storeId: world.stores.goya } })).id;
const formOf = (bytes: Buffer, name = 'foto.jpg') => {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), name);
  return form;
};
const send = (id: string, body: unknown, key?: string) =>
  clerk.ask(`/intakes/${id}/photos`, { method: 'POST', body, ...(key && { headers: { 'idempotency-key': key } }) });
const photosOf = async (id: string) => (await clerk.done(`/intakes/${id}`, Intake)).photos;

/** Asks and hangs up as soon as it is on its way: whatever is answered, nobody hears it. */
const askAndHangUp = (path: string): Promise<void> =>
  new Promise((gone) => {
    const { hostname, port } = new URL(world.url);
    const headers = { ...clerk.headers, 'content-type': 'application/json', 'content-length': '2' };
    const asking = request({ hostname, port, method: 'POST', path: `/api/v1${path}`, headers });
    asking.on('error', () => gone());
    asking.end('{}', () => asking.destroy(new Error('no network')));
  });

describe('a picture', () => {
  it('of 0 bytes, of 40 MB, or none at all is refused, and the tablet goes on', async () => {
    const id = await begin();
    expect(errorOf(await send(id, formOf(Buffer.alloc(0))))).toMatchObject({ status: 422, code: 'photo.unreadable' });
    const large = await send(id, formOf(Buffer.alloc(40 * MEGABYTE, 7)));
    expect(errorOf(large)).toMatchObject({ status: 413, code: 'attachment.too_large' });
    expect(errorOf(await send(id, new FormData()))).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(await photosOf(id)).toEqual([]);
  });

  it('sent twice under its key is one; a key that is none is refused', async () => {
    const id = await begin();
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#345' } })
      .jpeg()
      .toBuffer();
    const key = newId();
    const answers = await Promise.all([1, 2, 3].map(() => send(id, formOf(bytes), key)));
    const ids = answers.map(({ body }) => UploadedAttachment.parse(body).id);
    expect(new Set(ids).size).toBe(1);
    expect(await photosOf(id)).toHaveLength(1);
    expect(errorOf(await send(id, formOf(bytes), 'short'))).toMatchObject({ status: 400, code: 'request.invalid' });
  });
});

it('finished with an answer nobody heard, it is finished once and says what became of it', async () => {
  const id = await begin();
  const dueAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
  const fields = {
    ...{ 'who.person': { displayName: 'Rosa Vila', phone: '611223344' }, 'listen.text': 'No enciende' },
    ...{
      'keep.outcome': 'declined',
      'keep.reason': 'Tiene otro',
      'listen.lacks': [],
      'device.stays': 'none',
      'promise.nextUpdateAt': dueAt,
      'promise.reachBy': 'visit',
    },
  };
  const body = { fields: Object.entries(fields).map(([path, value]) => ({ path, value, base: 0 })) };
  expect((await clerk.ask(`/intakes/${id}`, { method: 'PATCH', body })).status).toBe(200);
  await askAndHangUp(`/intakes/${id}/finish`);
  const again = () => clerk.done(`/intakes/${id}/finish`, IntakeOutcome, { method: 'POST', body: {} });
  const outcomes = await Promise.all([again(), again()]);
  await waitFor(async () => (await clerk.done(`/intakes/${id}`, Intake)).state === 'finished');
  expect(outcomes[0]).toEqual(outcomes[1]);
  const visits = await world.database.query('select from visit where store_id = $1', [world.stores.goya]);
  expect(visits).toHaveLength(1);
});
