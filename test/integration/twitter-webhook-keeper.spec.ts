import {
  AccountPollers,
  ChannelHealth,
  EncryptedChats,
  WebhookBodies,
  WebhookKeeper,
  WebhookRegistry,
} from '#channels';
import { ProcessLocks } from '#platform';
import { FakeClock } from '../support/clock.js';
import { waitFor } from '../support/wait.js';
import { ANTONIO, CARE, LUCIA, SECOND, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
let keeper: WebhookKeeper;
beforeEach(async () => {
  world = await TwitterWorld.start({ webhooks: 'managed' });
  keeper = world.get(WebhookKeeper);
});
afterEach(() => world.end());

const registry = () => world.sandbox.outside.courier.registry;
const health = async (userId = CARE) => {
  const [row] = await world.rows<{ state: string; reason: string | null; detail: string | null; label: string }>(
    'select state, reason, detail, label from channel_health where key = $1',
    [`twitter:${userId}:webhook`],
  );
  return row;
};
const kinds = () =>
  registry()
    .subscriptions()
    .map(({ event_type: type }) => type);
const arrived = (count: number) => waitFor(async () => (await world.interactions()).length === count);

describe('whoever looks after the webhook', () => {
  it('registers the address, subscribes the account, and then X knocks', async () => {
    await world.write('Antes de que nadie escuche');
    expect(await keeper.check()).toBe(true);
    expect(registry().registration).toMatchObject({ valid: true, url: expect.stringMatching(/\/webhooks\/twitter$/) });
    expect(registry().isSubscribed(CARE)).toBe(true);
    expect(kinds()).toEqual(['chat.received']);
    expect(await health()).toMatchObject({ state: 'ok', reason: null, label: CARE });
    const id = await world.write('Hola');
    await arrived(1);
    expect(await world.taken()).toEqual([id]);
  });

  it('knows every account by its handle, as polling and sending do, also one X could not name at first', async () => {
    const labels = () =>
      world.rows<{ label: string }>(`select label from channel_health where key like 'twitter:%' order by key`);
    world.weather({ twitter: { errorNext: 2 } });
    world.poller.start();
    keeper.start();
    await waitFor(async () => (await labels()).length >= 2);
    world.aheadMs += 61_000;
    await waitFor(async () => {
      const found = await labels();
      return found.length === 3 && found.every(({ label }) => label === '@nexo_ayuda');
    });
    await Promise.all([world.poller.stop(), keeper.stop()]);
  });

  it('does nothing twice', async () => {
    await keeper.check();
    const { id } = registry().registration;
    expect(await keeper.check()).toBe(true);
    expect(registry().registration.id).toBe(id);
    expect(kinds()).toEqual(['chat.received']);
  });

  it('has an address checked again that X has stopped delivering to', async () => {
    await keeper.check();
    registry().checked(false, 'CrcValidationFailed: answered 500');
    await world.write('Nadie lo trae');
    expect(await world.interactions()).toEqual([]);
    expect(await keeper.check()).toBe(true);
    expect(registry().registration.valid).toBe(true);
    await world.write('Y esto sí');
    await arrived(1);
  });

  it('says that X does not deliver while the address does not prove itself, and polling finds the messages', async () => {
    await keeper.check();
    registry().checked(false, 'CrcValidationFailed');
    await world.stopProduct();
    expect(await keeper.check()).toBe(false);
    expect(await health()).toMatchObject({
      state: 'trouble',
      reason: 'channel.webhook_invalid',
      detail: expect.stringContaining('CrcValidationFailed'),
    });
    await world.write('Hola');
    await world.startProduct();
    expect(await world.poller.poll()).toBe(1);
    expect(await world.get(WebhookKeeper).check()).toBe(true);
    expect(await health()).toMatchObject({ state: 'ok' });
  });

  it('subscribes again what is no longer subscribed', async () => {
    await keeper.check();
    registry().unsubscribe(CARE);
    await world.write('Nadie lo trae');
    expect(await keeper.check()).toBe(true);
    await world.write('Y esto sí');
    await arrived(1);
  });

  it('subscribes every account', async () => {
    await world.connect();
    expect(await keeper.check()).toBe(true);
    expect(registry().isSubscribed(SECOND)).toBe(true);
    await world.write('A la otra cuenta', undefined, { from: ANTONIO, to: SECOND });
    await arrived(1);
    expect(await world.rows('select account from channel_thread')).toEqual([{ account: SECOND }]);
  });

  it('takes X Activity where X offers no Account Activity', async () => {
    world.weather({ webhooks: { products: 'xaa' } });
    expect(await keeper.check()).toBe(true);
    expect(registry().isSubscribed(CARE)).toBe(false);
    expect(kinds()).toEqual(['dm.received', 'dm.sent', 'post.mention.create', 'chat.received', 'oauth.revoke']);
    await world.write('Hola');
    await arrived(1);
  });

  it('puts its address in the place of one it registered before and that answers no more', async () => {
    registry().register('https://antes.nexo.es/webhooks/twitter');
    await world
      .get(WebhookRegistry)
      .remember(registry().registration.id ?? '', 'https://antes.nexo.es/webhooks/twitter');
    expect(await keeper.check()).toBe(true);
    expect(await world.get(WebhookRegistry).made()).toEqual([registry().registration.id]);
  });

  it('leaves alone what another house has registered at the same application, and says so', async () => {
    await keeper.check();
    registry().remove();
    registry().register('https://otra.casa/webhooks/twitter');
    expect(registry().registration.valid).toBe(false);
    expect(await keeper.check()).toBe(false);
    expect(await health()).toMatchObject({
      state: 'trouble',
      reason: 'channel.webhook_invalid',
      detail: expect.stringContaining('WebhookLimitExceeded'),
    });
    expect(registry().registration.url).toBe('https://otra.casa/webhooks/twitter');
  });

  it('takes for brought only what has been taken in', async () => {
    await keeper.check();
    const message_create = { target: { recipient_id: CARE }, sender_id: LUCIA, message_data: { text: 'Hola' } };
    const event = { type: 'message_create', id: '77', created_timestamp: String(Date.now()), message_create };
    const body = Buffer.from(JSON.stringify({ for_user_id: CARE, direct_message_events: [event], users: {} }));
    const brought = async () => {
      await world.get(ChannelHealth).flush();
      return (await keeper.word(CARE)).lastInAt !== null;
    };
    const bodies = world.get(WebhookBodies);
    const take = bodies.take.bind(bodies);
    bodies.take = () => Promise.reject(new Error('the database is away'));
    await expect(world.webhook.receive(body)).rejects.toThrow('away');
    expect(await brought()).toBe(false);
    bodies.take = take;
    expect(await world.webhook.receive(body)).toBe(1);
    await waitFor(brought);
  });

  it('says what is wrong with the account', async () => {
    world.weather({ twitter: { outOfCredits: true } });
    expect(await keeper.check()).toBe(false);
    expect(await health()).toMatchObject({ state: 'trouble', reason: 'channel.no_credit' });
    world.weather({ twitter: { outOfCredits: false } });
    expect(await keeper.check()).toBe(true);
  });

  it('starts by itself, looks at once when something was missed, and stops', async () => {
    keeper.start();
    await waitFor(async () => (await health())?.state === 'ok');
    registry().checked(false, 'CrcValidationFailed');
    keeper.look();
    await waitFor(() => registry().registration.valid);
    await keeper.stop();
  });
});

describe('polling', () => {
  it('is seldom while the webhook brings everything, and soon again when it does not', async () => {
    await world.end();
    const clock = new FakeClock('2026-11-20T09:00:00Z');
    world = await TwitterWorld.start({ webhooks: 'managed', clock });
    const pollers = world.get(AccountPollers);
    const poller = pollers.make(CARE, world.get(ProcessLocks));
    const isDueAfter = (pauses: number): boolean => {
      clock.advance(pauses * pollers.everyMs);
      return poller.isDue();
    };
    await poller.poll();
    expect(isDueAfter(1)).toBe(true);

    await world.get(WebhookKeeper).check();
    await world.write('Lo trae el webhook');
    await arrived(1);
    await world.get(ChannelHealth).flush();
    await poller.poll();
    expect(isDueAfter(4.9)).toBe(false);
    expect(isDueAfter(0.1)).toBe(true);

    registry().checked(false, 'CrcValidationFailed');
    await world.write('Nadie lo trae');
    clock.advance(60_000);
    expect(await poller.poll()).toBe(1);
    expect(isDueAfter(1)).toBe(true);
    await poller.stop();
  });
});

describe('an account that takes its permission back', () => {
  it('is closed, visibly, whichever envelope told of it', async () => {
    await keeper.check();
    await world.control('POST', '/twitter/revoke', {});
    await waitFor(async () => (await world.rejects()).length === 1);
    expect(await world.rejects()).toMatchObject([{ reason: 'twitter.revoked' }]);
    expect(await world.rows('select state from twitter_account')).toEqual([{ state: 'revoked' }]);
    expect(await world.poller.poll()).toBe(0);
    expect(
      await world.rows(`select state, reason from channel_health where key = $1`, [`twitter:${CARE}:poll`]),
    ).toEqual([{ state: 'trouble', reason: 'channel.revoked' }]);
  });
});

describe('a permission taken back long ago', () => {
  it('and given again since stays given, when X tells of it once more', async () => {
    await world.poller.poll();
    const revoke = { date_time: '2025-11-03T09:00:00Z', source: { user_id: CARE }, target: { app_id: '1' } };
    await world.webhook.receive(Buffer.from(JSON.stringify({ user_event: { revoke } })));
    expect(await world.rows('select state from twitter_account')).toEqual([{ state: 'ok' }]);
    const now = { ...revoke, date_time: new Date(Date.now() + 1000).toISOString() };
    await world.webhook.receive(Buffer.from(JSON.stringify({ user_event: { revoke: now } })));
    expect(await world.rows('select state from twitter_account')).toEqual([{ state: 'revoked' }]);
  });
});

describe('a chat nobody here can read', () => {
  it('stands on the case of who is known, as what it is, and opens no way to answer', async () => {
    await keeper.check();
    await world.write('Hola');
    await arrived(1);
    await world.rows('update channel_thread set last_inbound_at = null');
    await world.control('POST', `/customers/${LUCIA}/chat`, {});
    await arrived(2);
    expect(
      await world.rows(`select text, notices, public_url from interaction order by received_at desc limit 1`),
    ).toEqual([
      { text: '', notices: [{ code: 'twitter.encrypted_chat', values: { account: 'X' } }], public_url: null },
    ]);
    expect(await world.rows('select last_inbound_at from channel_thread')).toEqual([{ last_inbound_at: null }]);
    expect(await world.rejects()).toMatchObject([{ reason: 'twitter.encrypted_chat', sender: LUCIA }]);
    expect(await world.rows('select from cases')).toHaveLength(1);
  });

  it('names the account each was written to', async () => {
    await world.connect();
    await keeper.check();
    await world.write('Hola');
    await arrived(1);
    const chat = (id: string, account: string) => ({ id, account, senderId: LUCIA, writtenAt: null });
    await world.get(EncryptedChats).take([chat('1', CARE), chat('2', SECOND)]);
    expect(
      await world.rows(`select notices #>> '{0,values,account}' as name from interaction
        where external_id like 'chat:%' order by external_id`),
    ).toEqual([{ name: 'X' }, { name: '@nexo_tiendas' }]);
  });

  it('of a stranger is among the rejects only', async () => {
    await keeper.check();
    await world.control('POST', `/customers/${ANTONIO}/chat`, {});
    await waitFor(async () => (await world.rejects()).length === 1);
    expect(await world.interactions()).toEqual([]);
  });
});
