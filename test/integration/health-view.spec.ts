import type { DataSource } from 'typeorm';
import { Canary, ChannelHealth } from '#channels';
import { ChannelsHealth } from '#contracts';
import { openDatabase } from '#platform';
import { HealthView } from '#views';
import { FakeClock } from '../support/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let database: DataSource;
let clock: FakeClock;
let health: ChannelHealth;
let canary: Canary;
let view: HealthView;
beforeAll(async () => {
  test = await createDatabase();
  database = await openDatabase({ url: test.url, pool: 2 });
});
afterAll(async () => {
  await database.destroy();
  await test.drop();
});
beforeEach(() => {
  clock = new FakeClock('2026-11-22T12:00:00.000Z');
  health = new ChannelHealth(database, clock);
  canary = new Canary(database, health, clock);
  view = new HealthView(database, clock);
});

const HOUR = 3_600_000;
let made = 0;
/** An id of that moment, as the product's own are. */
const idAt = (at: number): string => {
  made += 1;
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(made).padStart(12, '0')}`;
};
const CUSTOMER = '0199a000-0000-7000-8000-000000000001';
const CASE = '0199a000-0000-7000-8000-000000000002';
/** Messages that came in on X, so many hours before now. */
const arrivals = async (hoursAgo: number, count: number) => {
  for (let nth = 0; nth < count; nth += 1) {
    const at = clock.now().getTime() - hoursAgo * HOUR - nth;
    await test.query(
      `insert into interaction (id, case_id, channel, direction, text, author_kind, author_name, occurred_at, received_at, search)
       values ($1, $2, 'twitter', 'inbound', 'Hola', 'customer', 'Lucía', $3, $3, '')`,
      [idAt(at), CASE, new Date(at)],
    );
  }
};

it('tells states to everybody, and what the other side said to those who look after them', async () => {
  await health.report('imap:one', { channel: 'email', label: 'care@hilo.test', state: 'ok' });
  await health.report('twitter:17:poll', {
    channel: 'twitter',
    label: '@nexo_ayuda',
    state: 'trouble',
    reason: 'channel.reconnect',
    detail: '401 Unauthorized',
  });
  const told = ChannelsHealth.parse(await view.read(false));
  expect(told.channels.map(({ label, state, reason }) => [label, state, reason])).toEqual([
    ['care@hilo.test', 'ok', null],
    ['@nexo_ayuda', 'trouble', 'channel.reconnect'],
  ]);
  expect(told.channels.every(({ detail }) => detail === null)).toBe(true);
  const { channels } = await view.read(true);
  expect(channels[1]?.detail).toBe('401 Unauthorized');
});

it('says that the road is blocked while nobody works, and clear once somebody does', async () => {
  const before = await view.read(false);
  expect(before.road).toMatchObject({ works: false });
  expect(before.road.steps).toContainEqual({ name: 'worker', works: false, at: null });
  await canary.sing();
  expect((await view.read(false)).road.works).toBe(true);
  clock.advance(120_000);
  expect((await view.read(false)).road.works).toBe(false);
});

it('names a mail nobody reads, and counts what waits for a person', async () => {
  await canary.sing();
  const received = clock.now();
  await test.query(
    `insert into inbound_mail (id, storage_key, size, envelope_from, envelope_to, state, due_at, received_at)
     values ($1, 'key', 1, '', '{}', 'pending', $2, $2)`,
    [idAt(received.getTime()), received],
  );
  await test.query(
    `insert into inbound_reject (id, channel, reason, size, storage_key, received_at) values ($1, 'email', 'mail.loop', 1, 'k', $2)`,
    [idAt(received.getTime()), received],
  );
  clock.advance(180_000);
  await canary.sing();
  const { road, rejects } = await view.read(false);
  expect(road.steps.filter(({ works }) => !works)).toEqual([
    { name: 'mail', works: false, at: '2026-11-22T12:00:00.000Z' },
  ]);
  expect(rejects).toBe(1);
});

it('notices that a channel that always speaks at this hour is silent, and takes it back when it speaks', async () => {
  await test.query(`insert into customer (id, display_name, created_at) values ($1, 'Lucía', now())`, [CUSTOMER]);
  await test.query(
    `insert into cases (id, reference, customer_id, status, next_action, customer_name, last_interaction_at, opened_at)
     values ($2, 'H-1', $1, 'closed', 'await_customer', 'Lucía', now(), now())`,
    [CUSTOMER, CASE],
  );
  for (const week of [1, 2, 3, 4]) await arrivals(week * 7 * 24 + 1, 6);
  await canary.sing();
  const silent = (await view.read(false)).channels.find(({ key }) => key === 'usual:twitter');
  expect(silent).toMatchObject({ state: 'trouble', reason: 'channel.silent' });
  await arrivals(1, 1);
  await canary.sing();
  expect((await view.read(false)).channels.some(({ key }) => key === 'usual:twitter')).toBe(false);
});

it('an event waits to be handed on since it was written, however long ago what it tells of was', async () => {
  const write = async (written: number) => {
    await test.query('delete from case_outbox');
    const id = idAt(written);
    await test.query(
      `with told as (insert into case_event (id, case_id, case_version, type, data, actor_kind, actor_name, source, at)
         values ($1, (select id from cases limit 1), 1, 'case.read', '{"entryId":null}', 'system', 'Hilo', 'test', $2) returning seq, id)
       insert into case_outbox (seq, event_id) select seq, id from told`,
      [id, new Date(clock.now().getTime() - 48 * HOUR)],
    );
    const { road } = await view.read(false);
    await test.query('delete from case_outbox');
    return road.steps.find(({ name }) => name === 'events');
  };
  expect(await write(clock.now().getTime() - 5_000)).toMatchObject({ works: true, at: '2026-11-22T11:59:55.000Z' });
  expect(await write(clock.now().getTime() - 60_000)).toMatchObject({ works: false, at: '2026-11-22T11:59:00.000Z' });
});
