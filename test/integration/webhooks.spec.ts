import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookBody, type NewWebhook } from '#contracts';
import { WebhookFan, WebhookPost, Webhooks } from '#handoffs';
import type { Principal } from '#identity';
import { isSigned } from '#platform';
import { WebhookView } from '#views';
import { aPerson, arrive, dm, openRooms, type Rooms } from '../factories/rooms.js';

interface Came {
  id: string;
  body: { type: string; data: Record<string, unknown> };
  raw: string;
  at: number;
  signature: string;
}

let rooms: Rooms;
let admin: Principal;
let system: Server;
let url: string;
const came: Came[] = [];
let answer: () => number | Promise<number> = () => 204;

beforeAll(async () => {
  rooms = await openRooms();
  admin = await aPerson(rooms, 'admin');
  system = createServer((request, response) => {
    let raw = '';
    request.on('data', (chunk: Buffer) => (raw += chunk.toString()));
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name]);
      came.push({
        ...{ id: header('webhook-id'), raw, body: JSON.parse(raw) as Came['body'] },
        ...{ at: Number(header('webhook-timestamp')), signature: header('webhook-signature') },
      });
      void Promise.resolve(answer()).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((done) => system.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(system.address() as AddressInfo).port}/hilo`;
});
afterAll(async () => {
  await new Promise((done) => system.close(done));
  await rooms.close();
});
beforeEach(() => {
  came.length = 0;
  answer = () => 204;
});
afterEach(() => rooms.db.query('delete from webhook_endpoint'));

const run = <T>(deed: Parameters<typeof rooms.database.transaction<T>>[1]) => rooms.database.transaction(deed);
const added = (body: Partial<WebhookBody> = {}): Promise<NewWebhook> =>
  run((tx) => rooms.get(Webhooks).add(tx, admin, WebhookBody.parse({ url, ...body })));
/** Something happens in a case, and is handed on twice, as after a crash. */
async function happened(number: string): Promise<string> {
  const { caseId } = await arrive(rooms, dm(number));
  const rows = await rooms.db.query<{ id: string }>('select id from case_event where case_id = $1', [caseId]);
  const ids = rows.map(({ id }) => id);
  for (let time = 0; time < 2; time += 1) await run((tx) => rooms.get(WebhookFan).fan(tx, ids));
  return caseId;
}
const post = async () => {
  while (await rooms.get(WebhookPost).sendSome());
};
const log = async (id: string) =>
  (await rooms.get(WebhookView).messages(rooms.database.manager, id, { limit: 50 })).items;

it('tells what happened once, signed, and nothing that anybody wrote', async () => {
  const { secret, id } = await added({ types: ['case.*', 'interaction.received'] });
  const caseId = await happened('900100001');
  await post();
  expect(came.map(({ body }) => body.type).toSorted()).toEqual(['case.opened', 'interaction.received']);
  for (const { id: message, at, signature, raw, body } of came) {
    expect(isSigned(secret, { id: message, at, signature }, raw, at)).toBe(true);
    expect(isSigned('another', { id: message, at, signature }, raw, at)).toBe(false);
    expect(body.data['caseId']).toBe(caseId);
    expect(raw).not.toMatch(/murciélago|@/u);
  }
  expect((await log(id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

it('one that fails is left alone for longer each time, tried with one message, and told the rest when it is back', async () => {
  const { id } = await added();
  await happened('900100002');
  await happened('900100003');
  const all = (await log(id)).length;
  answer = () => 503;
  await post();
  expect(came).toHaveLength(1);
  rooms.clock.advance(29_000);
  await post();
  expect(came).toHaveLength(1);
  rooms.clock.advance(2000);
  await post();
  expect(came).toHaveLength(2);
  answer = () => 200;
  rooms.clock.advance(61_000);
  await post();
  expect(new Set(came.map(({ id: message }) => message)).size).toBe(all);
  expect((await log(id)).every(({ state }) => state === 'sent')).toBe(true);
});

it('what it will never take is dead, and goes again when somebody says so', async () => {
  const { id } = await added({ types: ['case.opened'] });
  await happened('900100004');
  answer = () => 422;
  await post();
  const [dead] = await log(id);
  expect(dead).toMatchObject({ state: 'dead', status: 422 });
  answer = () => 200;
  expect(await run((tx) => rooms.get(Webhooks).replay(tx, admin, id, null))).toBe(1);
  await post();
  expect(await log(id)).toMatchObject([{ state: 'sent', attempts: 1 }]);
  await run((tx) => rooms.get(Webhooks).replay(tx, admin, id, dead?.id ?? ''));
  await post();
  expect(came.map(({ id: message }) => message)).toEqual([dead?.id, dead?.id, dead?.id]);
});

it('whoever took long leaves to others what they have taken since', async () => {
  const { id } = await added();
  await happened('900100009');
  let slow = true;
  answer = async () => {
    if (!slow) return 204;
    slow = false;
    rooms.clock.advance(61_000);
    await post();
    return 204;
  };
  await post();
  const all = await log(id);
  expect(all.length).toBeGreaterThan(1);
  // The slow one was sent twice, as nobody can know; what waited behind it, once.
  expect(came).toHaveLength(all.length + 1);
  expect(all.every(({ state }) => state === 'sent')).toBe(true);
});

it('it says that it is gone: nobody calls it any more', async () => {
  const { id } = await added();
  await happened('900100005');
  answer = () => 410;
  await post();
  const before = came.length;
  await happened('900100006');
  await post();
  expect(came).toHaveLength(before);
  expect((await rooms.get(Webhooks).one(rooms.database.manager, admin, id)).active).toBe(false);
});

it('another secret is good at once, the one before for a day', async () => {
  const { id, secret } = await added({ types: ['case.opened'] });
  const { secret: next } = await run((tx) => rooms.get(Webhooks).rotate(tx, admin, id));
  const check = async (number: string) => {
    await happened(number);
    await post();
    const last = came.at(-1);
    if (!last) throw new Error('nothing came');
    return [secret, next].map((each) => isSigned(each, last, last.raw, last.at));
  };
  expect(await check('900100007')).toEqual([true, true]);
  rooms.clock.advance(25 * 3_600_000);
  expect(await check('900100008')).toEqual([false, true]);
});

it('is for administrators', async () => {
  const supervisor = await aPerson(rooms, 'supervisor');
  const { manager } = rooms.database;
  await expect(rooms.get(Webhooks).list(manager, supervisor)).rejects.toMatchObject({ code: 'permission.denied' });
  await expect(rooms.get(Webhooks).add(manager, supervisor, WebhookBody.parse({ url }))).rejects.toMatchObject({
    code: 'permission.denied',
  });
});
