import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BenefitDesk, SYSTEMS } from '../../apps/sandbox/src/benefits/benefit-desk.js';
import { Post, Postbag } from '#goodwill';
import { BenefitView, GoodwillLedgerView } from '#views';
import { readerOf } from '../factories/rooms.js';
import {
  compensations,
  discount,
  FIRST,
  openGoodwill,
  refusal,
  voucher,
  type GoodwillWorld,
} from './goodwill.world.js';

const SECRET = 'a-secret-of-both-sides';
const HOUR_MS = 3_600_000;

let world: GoodwillWorld;
let desk: BenefitDesk;
let server: Server;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};

beforeAll(async () => {
  server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const header = (name: string) => String(request.headers[name] ?? '');
      const system = SYSTEMS.find((one) => request.url === `/systems/${one}`) ?? 'billing';
      const said = {
        id: header('webhook-id'),
        timestamp: header('webhook-timestamp'),
        signature: header('webhook-signature'),
      };
      const { status, reason } = desk.take(system, said, body);
      response.writeHead(status).end(reason);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  world = await openGoodwill({
    HILO_BENEFITS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/systems/`,
    HILO_BENEFITS_SECRET: SECRET,
  });
}, 60_000);
beforeEach(() => {
  world.rooms.clock.set(FIRST);
  desk = new BenefitDesk(SECRET, () => world.rooms.clock.now().getTime());
});
afterAll(async () => {
  await world?.rooms.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const send = async () => {
  for (let more = true; more;) more = await world.rooms.get(Post).sendSome();
};
const messages = async () =>
  (await world.rooms.get(GoodwillLedgerView).messages(world.rooms.database.manager, { limit: 200 })).items;
const stateOf = async (benefitId: string) => (await world.one(benefitId)).sent;
const aVoucher = async () => (await world.give(await world.aCase(), voucher())).benefitId;

it('what is issued reaches the system signed, once; nobody sends it twice', async () => {
  const benefitId = await aVoucher();
  await Promise.all([send(), send(), send()]);
  expect(desk.all()).toMatchObject([{ system: 'voucher', type: 'voucher.issued', times: 1, data: { benefitId } }]);
  expect(await stateOf(benefitId)).toBe('sent');
  expect(desk.all()[0]?.data['codeSha256']).toMatch(/^[0-9a-f]{64}$/u);
});

it('an answer that is lost makes it come again, under the same id', async () => {
  desk.setWeather({ loseAnswerNext: 1 });
  const benefitId = await aVoucher();
  await send();
  expect(await stateOf(benefitId)).toBe('waiting');
  await send();
  expect(desk.all()).toMatchObject([{ times: 1 }]);
  world.rooms.clock.advance(31_000);
  await send();
  expect(desk.all()).toMatchObject([{ times: 2 }]);
  expect(await stateOf(benefitId)).toBe('sent');
});

it('a system that stays down is tried for a day, then the message is dead; sent again by hand it arrives', async () => {
  desk.setWeather({ downNext: 1000 });
  const benefitId = await aVoucher();
  for (let tries = 0; tries < 12; tries += 1) {
    await send();
    world.rooms.clock.advance(6 * HOUR_MS);
  }
  expect(await stateOf(benefitId)).toBe('dead');
  const dead = (await messages()).find(({ state }) => state === 'dead');
  expect(dead).toMatchObject({ attempts: 12, lastStatus: 503, lastError: 'down', dueAt: null });
  desk.setWeather({ downNext: 0 });
  await send();
  expect(desk.all()).toEqual([]);
  const replay = (by = world.supervisor) => world.tx((tx) => world.rooms.get(Postbag).replay(tx, by, dead?.id ?? ''));
  expect(await refusal(replay(world.agent))).toBe('permission.denied');
  await replay();
  expect(await refusal(replay())).toBe('benefit_message.not_dead');
  await send();
  expect(desk.all()).toMatchObject([{ id: dead?.id, times: 1 }]);
});

it('what is refused for good is dead at once', async () => {
  desk.setWeather({ refuseNext: 1 });
  const benefitId = await aVoucher();
  await send();
  expect(await stateOf(benefitId)).toBe('dead');
});

it('what the law says has its own ledger: computed, told, and never set off against what is given', async () => {
  const caseId = await world.aCase({ tier: 'gold' });
  const interruption = {
    ...{ service: 'telephone' as const, from: FIRST, to: null, monthlyFeeCents: 3000, averageCents: null },
    ...{ currency: 'EUR', reason: 'Antena caída' },
  };
  const record = (change = {}) =>
    world.tx((tx) => compensations(world).open(tx, world.agent, caseId, { ...interruption, ...change }));
  const { benefitId } = await world.give(caseId, discount());
  await record();
  expect(await refusal(record())).toBe('compensation.overlaps');
  expect(await refusal(record({ service: 'internet', from: '2027-01-01T00:00:00.000Z' }))).toBe(
    'compensation.bad_time',
  );
  world.rooms.clock.advance(72 * HOUR_MS);
  await world.restoreAll(caseId);
  await world.settle(caseId);
  await world.settle(caseId);
  await send();
  const [owed] = await world.rooms
    .get(BenefitView)
    .compensations(world.rooms.database.manager, readerOf(world.agent), caseId);
  // Five fees, three of thirty days.
  expect(owed).toMatchObject({ state: 'owed', amountCents: 1500, automatic: true, terms: { version: 1 } });
  expect(owed?.terms.source).toContain('899/2009');
  expect(await world.one(benefitId)).toMatchObject({ state: 'stopped', accruedCents: 4 * 70 });
  const bills = desk.all().map(({ type, data }) => [type, data['amount']]);
  expect(bills).toEqual(
    expect.arrayContaining([
      ['fee_discount.stopped', { cents: 280, currency: 'EUR' }],
      ['compensation.owed', { cents: 1500, currency: 'EUR' }],
    ]),
  );
  expect((await world.standing(caseId)).left.cents).toBe(8000 - 280);
});

it('both ledgers are paged by their keys, every row once', async () => {
  for (let n = 0; n < 5; n += 1) await aVoucher();
  const view = world.rooms.get(GoodwillLedgerView);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await view.page(world.rooms.database.manager, 'goodwill', { limit: 2, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const [all] = await world.rooms.db.query<{ n: number }>(
    `select count(*)::int as n from benefit where state <> 'refused'`,
  );
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(all?.n ?? -1);
  const legal = await view.page(world.rooms.database.manager, 'legal', { limit: 10 });
  expect(legal.items).toMatchObject([{ kind: 'telephone', amountCents: 1500, sent: 'sent' }]);
  const none = await view.page(world.rooms.database.manager, 'goodwill', {
    limit: 10,
    from: '2020-01-01',
    to: '2020-01-02',
  });
  expect(none.items).toEqual([]);
});
