import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeadLetters, TmfHub } from '#handoffs';
import { newId } from '#platform';
import { HandoffView } from '#views';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

let world: HandoffWorld;
let system: Server;
let url: string;
let status = 503;
const came: string[] = [];
beforeAll(async () => {
  world = await openHandoffs();
  system = createServer((request, response) => {
    came.push(request.url ?? '');
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((done) => system.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(system.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => system.close(done));
  await world.rooms.close();
});

const letters = async (limit = 50, cursor?: string) =>
  world.rooms.get(HandoffView).deadLetters(world.rooms.database.manager, { limit, cursor });
const settle = (id: string, how: 'taken' | 'dropped', by = world.supervisor) =>
  world.rooms.database.transaction((tx) => world.rooms.get(DeadLetters).settle(tx, by, id, how));
const tell = async () => {
  while (await world.rooms.get(TmfHub).tellSome());
};

/** A handoff whose partner listens, told of until nobody believes in it any more. */
async function givenUp(): Promise<{ handoffId: string; partnerId: string; subscriptionId: string }> {
  const { db, database, clock } = world.rooms;
  const partnerId = await world.partner();
  const keyId = newId();
  await db.query(
    `insert into partner_key (id, partner_id, kind, label, secret_hash, created_by, created_at) values ($1, $2, 'api_key', 'x', $3, $4, $5)`,
    [keyId, partnerId, Buffer.from(keyId), world.admin.id, clock.now()],
  );
  const { id } = await database.transaction((tx) =>
    world.rooms.get(TmfHub).subscribe(tx, { partnerId, keyId }, url, ''),
  );
  const handoffId = await world.given(await world.taken(), partnerId);
  await db.query(`update tmf_event set attempts = 79 where subscription_id = $1`, [id]);
  await tell();
  return { handoffId, partnerId, subscriptionId: id };
}

it('what a listener was not told in three days is among what got stuck, and is told when somebody says so', async () => {
  status = 503;
  const { handoffId, partnerId } = await givenUp();
  const [letter, ...more] = (await letters()).items;
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ way: 'out', gateway: 'tmf621', error: '503', handoffId, partner: { id: partnerId } });
  expect(letter?.raw).toMatchObject({ listener: url, said: 'sent', attempts: 80 });
  await expect(settle(letter?.id ?? '', 'taken', world.agent)).rejects.toMatchObject({ code: 'permission.denied' });
  status = 204;
  came.length = 0;
  await settle(letter?.id ?? '', 'taken');
  expect((await letters()).items).toEqual([]);
  await tell();
  expect(came.length).toBeGreaterThan(0);
  await expect(settle(letter?.id ?? '', 'taken')).rejects.toMatchObject({ code: 'handoff_message.not_found' });
});

it('is put away, or goes when nobody listens any more; page by page with what came', async () => {
  status = 500;
  const [one, two] = [await givenUp(), await givenUp()];
  world.rooms.clock.advance(1000);
  await world.rooms.database.transaction((tx) =>
    world.rooms.get(DeadLetters).keep(tx, {
      ...{
        partnerId: one.partnerId,
        gateway: 'email',
        externalRef: newId(),
        raw: { text: 'Hola' },
        error: 'no_handoff',
      },
    }),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await letters(1, cursor);
    seen.push(...page.items.map(({ way }) => way));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(seen).toEqual(['out', 'out', 'in']);
  const ofOne = (await letters()).items.find(({ way, partner }) => way === 'out' && partner?.id === one.partnerId);
  await settle(ofOne?.id ?? '', 'dropped');
  const { manager } = world.rooms.database;
  await world.rooms.get(TmfHub).unsubscribe(manager, two.partnerId, two.subscriptionId);
  expect((await letters()).items.map(({ way }) => way)).toEqual(['in']);
});
