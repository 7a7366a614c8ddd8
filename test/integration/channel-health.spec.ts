import type { DataSource } from 'typeorm';
import { ChannelHealth } from '#channels';
import { Doorbell, openDatabase } from '#platform';
import { FakeClock } from '../support/clock.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let database: DataSource;
const clock = new FakeClock('2026-11-22T09:00:00.000Z');
beforeAll(async () => {
  test = await createDatabase();
  database = await openDatabase({ url: test.url, pool: 2 });
});
afterAll(async () => {
  await database.destroy();
  await test.drop();
});

const row = async () => (await test.query('select * from channel_health where key = $1', ['imap:care']))[0];
const care = { channel: 'email', label: 'care@hilo.test' } as const;

it('keeps since when a channel is as it is, and when something last came in and went out', async () => {
  const health = new ChannelHealth(database, clock);
  await health.report('imap:care', { ...care, state: 'ok' });
  const wellSince = clock.now();
  health.seen('imap:care', 'in');
  clock.advance(60_000);
  await health.report('imap:care', {
    ...care,
    state: 'trouble',
    reason: 'channel.unreachable',
    detail: 'x'.repeat(900),
  });
  const troubleSince = clock.now();
  clock.advance(60_000);
  await health.report('imap:care', { ...care, state: 'trouble', reason: 'channel.unreachable', detail: 'again' });
  health.seen('imap:care', 'out');
  await health.flush();
  expect(await row()).toMatchObject({
    state: 'trouble',
    reason: 'channel.unreachable',
    detail: 'again',
    since: troubleSince,
    last_in_at: wellSince,
    last_out_at: clock.now(),
  });
  await health.report('imap:care', { ...care, state: 'ok' });
  expect(await row()).toMatchObject({
    state: 'ok',
    reason: null,
    detail: null,
    since: clock.now(),
    last_in_at: wellSince,
  });
});

it('says again after a minute what another process has overruled', async () => {
  const [one, other] = [new ChannelHealth(database, clock), new ChannelHealth(database, clock)];
  await one.report('imap:care', { ...care, state: 'ok' });
  await other.report('imap:care', { ...care, state: 'trouble', reason: 'channel.unreachable' });
  await one.report('imap:care', { ...care, state: 'ok' });
  expect(await row()).toMatchObject({ state: 'trouble' });
  clock.advance(60_000);
  await one.report('imap:care', { ...care, state: 'ok' });
  expect(await row()).toMatchObject({ state: 'ok' });
});

it('says everything again in another process, and forgets a channel that is no more', async () => {
  const health = new ChannelHealth(database, clock);
  await health.report('imap:care', { ...care, label: 'otra@hilo.test', state: 'ok' });
  expect(await row()).toMatchObject({ label: 'otra@hilo.test' });
  await health.forget('imap:care');
  expect(await row()).toBeUndefined();
  await health.report('imap:care', { ...care, state: 'ok' });
  expect(await row()).toBeDefined();
});

it('rings when a way works, works no more or is no more, for those who see the channels, and for nothing else', async () => {
  const rung: unknown[] = [];
  class Told extends Doorbell {
    override ring(...said: unknown[]): void {
      rung.push(said);
    }
  }
  const health = new ChannelHealth(database, clock, new Told(undefined));
  const state = (said: string | null) => [
    ['channels'],
    'channel.changed',
    { channel: 'email', state: said, at: clock.now().toISOString() },
  ];
  const heard = () => rung.splice(0);
  const other = { channel: 'email', label: 'tienda@hilo.test' } as const;
  clock.advance(60_000);
  await health.report('imap:store', { ...other, state: 'ok' });
  expect(heard()).toEqual([state('ok')]);
  clock.advance(60_000);
  await health.report('imap:store', { ...other, state: 'ok' });
  expect(heard()).toEqual([]);
  await health.report('imap:store', { ...other, state: 'trouble', reason: 'channel.unreachable' });
  expect(heard()).toEqual([state('trouble')]);
  clock.advance(60_000);
  await health.report('imap:store', { ...other, state: 'trouble', reason: 'channel.unreachable', detail: 'again' });
  expect(heard()).toEqual([]);
  await health.report('imap:store', { ...other, state: 'stopped' });
  expect(heard()).toEqual([state('stopped')]);
  clock.advance(60_000);
  await new ChannelHealth(database, clock, new Told(undefined)).report('imap:store', { ...other, state: 'stopped' });
  expect(heard()).toEqual([]);
  await health.forget('imap:store');
  expect(heard()).toEqual([state(null)]);
  await health.forget('imap:store');
  expect(heard()).toEqual([]);
});
