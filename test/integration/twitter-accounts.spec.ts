import { ConnectService, TwitterAccounts, TwitterChannel } from '#channels';
import { DomainError } from '#platform';
import { waitFor } from '../support/wait.js';
import { CARE, LUCIA, SECOND, TwitterWorld } from './twitter.world.js';

let world: TwitterWorld;
beforeEach(async () => {
  world = await TwitterWorld.start();
});
afterEach(() => world.end());

interface Row {
  userId: string;
  handle: string | null;
  state: string;
  tokens: string;
  version: number;
}
const account = async (userId = SECOND): Promise<Row | undefined> =>
  (
    await world.rows<Row>(
      'select user_id as "userId", handle, state, tokens, tokens_version as version from twitter_account where user_id = $1',
      [userId],
    )
  )[0];
const sending = (userId = SECOND): string => `twitter:${userId}:send`;
const received = async () => (await world.received()).map(({ text }) => text);
const lastMessage = () => world.sandbox.outside.messages.all().at(-1);

/** Lucía has written to the second account, which is connected. */
async function toSecond(): Promise<string> {
  await world.connect();
  await world.write('¿Abrís hoy?', undefined, { to: SECOND });
  await waitFor(async () => (await world.interactions()).length === 1);
  return world.reply('Hasta las nueve.');
}

describe('connecting an account', () => {
  it('takes the keys of whoever says yes at X, and nobody can read them', async () => {
    await world.connect();
    expect(await account()).toMatchObject({ handle: 'nexo_tiendas', state: 'ok' });
    const dump = JSON.stringify(await world.rows('select * from twitter_account'));
    const spoken: string[] = [];
    await world.get(TwitterAccounts).call(SECOND, (api) => {
      spoken.push(JSON.stringify(api.getActiveTokens()));
      return Promise.resolve();
    });
    const token = /"bearerToken":"([^"]+)"/.exec(spoken[0] ?? '')?.[1] ?? 'none';
    expect(world.sandbox.outside.oauth2.bearer(token)?.userId).toBe(SECOND);
    for (const secret of [token, 'sandbox-access-secret', `${CARE}-sandbox`]) expect(dump).not.toContain(secret);
    expect(world.logged.join('\n')).not.toContain(token);
    expect((await world.get(TwitterAccounts).list()).map(({ userId }) => userId)).toEqual([CARE, SECOND]);
  });

  it.each([
    ['after ten minutes', 601_000, (state: string) => state],
    ['with a state of somebody else', 0, (state: string) => `${state.slice(0, -2)}AA`],
  ])('does not work %s', async (_what, aheadMs, change) => {
    const connecting = world.get(ConnectService);
    const { state } = connecting.begin();
    world.aheadMs = aheadMs;
    await expect(connecting.finish(change(state), 'code')).rejects.toMatchObject({ code: 'twitter.connect_expired' });
  });

  it('does not work with a code X did not give', async () => {
    const connecting = world.get(ConnectService);
    const refused = connecting.finish(connecting.begin().state, 'no-code');
    await expect(refused).rejects.toBeInstanceOf(DomainError);
    await expect(refused).rejects.toMatchObject({ code: 'twitter.connect_refused' });
    expect(await account()).toBeUndefined();
  });
});

describe('several accounts', () => {
  it('answer from where the customer wrote to', async () => {
    const id = await toSecond();
    expect((await world.deliver(id)).state).toBe('sent');
    expect(lastMessage()).toMatchObject({ senderId: SECOND, recipientId: LUCIA, text: 'Hasta las nueve.' });
    await world.poller.poll();
    expect(await world.interactions()).toHaveLength(2);
  });

  it('are polled each', async () => {
    await world.connect();
    world.withoutWebhooks();
    await world.write('Uno');
    await world.write('Dos', undefined, { to: SECOND });
    expect(await world.poller.poll()).toBe(2);
    expect(await world.rows('select account from channel_thread')).toHaveLength(1);
  });

  it('one that is let go of fails visibly, the other goes on', async () => {
    const id = await toSecond();
    await world.get(ConnectService).remove(SECOND);
    expect(await world.deliver(id)).toMatchObject({ state: 'failed', reason: 'channel.not_configured' });
    await expect(world.get(ConnectService).remove(CARE)).rejects.toMatchObject({ code: 'twitter.account_fixed' });
    expect(await world.poller.poll()).toBe(0);
  });
});

describe('keys that end', () => {
  it('are renewed once, however many processes find out at the same moment', async () => {
    const id = await toSecond();
    const before = await account();
    const other = await world.product(world.databaseUrl);
    world.weather({ twitter: { tokenLatencyMs: 50 } });
    world.sandbox.outside.oauth2.expire(SECOND);
    const ask = (accounts: TwitterAccounts) => accounts.call(SECOND, (api) => api.v2.me());
    const [mine, theirs] = [world.get(TwitterAccounts), other.get(TwitterAccounts)];
    const answers = await Promise.all([...Array(4).keys()].flatMap(() => [ask(mine), ask(theirs)]));
    expect(answers.map(({ data }) => data.id)).toEqual(Array(8).fill(SECOND));
    expect(world.sandbox.outside.oauth2.renewals).toBe(1);
    expect((await account())?.version).toBe((before?.version ?? 0) + 1);
    expect((await world.deliver(id)).state).toBe('sent');
  });

  it('and are being renewed keep nobody from the account; those somebody gives meanwhile stay', async () => {
    await world.connect();
    const before = await account();
    world.sandbox.outside.oauth2.expire(SECOND);
    // X's answer is long on its way.
    const arrives = Promise.withResolvers<void>();
    const refresh = world.client.refresh.bind(world.client);
    world.client.refresh = async (token) => {
      const fresh = await refresh(token);
      await arrives.promise;
      return fresh;
    };
    const asked = world.get(TwitterAccounts).call(SECOND, (api) => api.v2.me());
    await waitFor(() => world.sandbox.outside.oauth2.renewals === 1);
    await world.rows('select from twitter_account where user_id = $1 for update nowait', [SECOND]);
    await world.connect();
    const connected = await account();
    arrives.resolve();
    expect((await asked).data.id).toBe(SECOND);
    expect(await account()).toEqual(connected);
    expect(connected?.version).toBe((before?.version ?? 0) + 1);
  });

  it('are renewed before they end', async () => {
    await world.connect();
    world.aheadMs = 7_150_000;
    await world.get(TwitterAccounts).call(SECOND, (api) => api.v2.me());
    expect(world.sandbox.outside.oauth2.renewals).toBe(1);
  });

  it('stay while X cannot renew them now', async () => {
    const id = await toSecond();
    world.sandbox.outside.oauth2.expire(SECOND);
    world.weather({ twitter: { tokenErrorNext: 1 } });
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.unreachable' });
    expect(await account()).toMatchObject({ state: 'ok' });
    expect((await world.deliver(id)).state).toBe('sent');
    expect(await received()).toEqual(['Hasta las nueve.']);
  });

  it('and are not renewed keep its replies waiting until somebody connects it again', async () => {
    const id = await toSecond();
    world.sandbox.outside.oauth2.withdraw(SECOND);
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.reconnect' });
    expect(await account()).toMatchObject({ state: 'reconnect' });
    world.aheadMs = 30 * 3_600_000;
    expect(await world.dialled(() => world.deliver(id))).toBe(0);
    expect(await world.due()).toEqual([]);
    await world.connect();
    expect(await world.due()).toEqual([id]);
    expect((await world.deliver(id)).state).toBe('sent');
    expect(await received()).toEqual(['Hasta las nueve.']);
  });

  it('an unknown outcome waits too, and is settled afterwards', async () => {
    const id = await toSecond();
    world.withoutWebhooks();
    world.weather({ twitter: { resetAfterCommitNext: 1 } });
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'outcome.unknown' });
    world.sandbox.outside.oauth2.withdraw(SECOND);
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.reconnect' });
    await world.connect();
    expect((await world.deliver(id)).state).toBe('sent');
    expect(await received()).toEqual(['Hasta las nueve.']);
  });
});

describe('keys sealed with another HILO_SECRET', () => {
  /** As if the secret had changed since. */
  const spoil = (userId: string) =>
    world.rows(`update twitter_account set tokens = 'AAAA' || substr(tokens, 5) where user_id = $1`, [userId]);

  it('close the account, visibly, and its replies wait until somebody connects it again', async () => {
    const id = await toSecond();
    await spoil(SECOND);
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.reconnect' });
    expect(await account()).toMatchObject({ state: 'reconnect' });
    expect(await world.rows(`select state, reason, detail from channel_health where key = $1`, [sending()])).toEqual([
      { state: 'trouble', reason: 'channel.reconnect', detail: expect.stringContaining('HILO_SECRET') },
    ]);
    expect(await world.due()).toEqual([]);
    await world.connect();
    expect((await world.deliver(id)).state).toBe('sent');
  });

  it('keep nobody from polling, nor from letting go of the account', async () => {
    await world.connect();
    await spoil(SECOND);
    world.withoutWebhooks();
    await world.write('A la otra');
    expect(await world.poller.poll()).toBe(1);
    await world.get(ConnectService).remove(SECOND);
    expect(await account()).toBeUndefined();
  });

  it('of the environment are put there anew', async () => {
    await world.get(TwitterAccounts).ready();
    await spoil(CARE);
    await (await world.product(world.databaseUrl)).get(TwitterAccounts).ready();
    expect((await world.get(TwitterAccounts).call(CARE, (api) => api.v2.me())).data.id).toBe(CARE);
  });
});

describe('what X says of an account', () => {
  it('no credit: everything waits, X is asked rarely, and it goes on by itself', async () => {
    await world.write('Hola');
    await waitFor(async () => (await world.interactions()).length === 1);
    const id = await world.reply('Dinos');
    world.weather({ twitter: { outOfCredits: true } });
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.no_credit' });
    expect(await world.due()).toEqual([]);
    expect(await world.rows(`select state, reason from channel_health where key = 'twitter:${CARE}:send'`)).toEqual([
      { state: 'trouble', reason: 'channel.no_credit' },
    ]);
    world.fair();
    world.aheadMs = 301_000;
    expect(await world.due()).toEqual([id]);
    expect((await world.deliver(id)).state).toBe('sent');
    expect(await account(CARE)).toMatchObject({ state: 'ok' });
  });

  it('keys refused for now: its replies wait, and leave by themselves when the keys are good again', async () => {
    await world.write('Hola');
    await waitFor(async () => (await world.interactions()).length === 1);
    const id = await world.reply('Dinos');
    await world.get(TwitterAccounts).ready();
    await world.rows(`update twitter_account set state = 'reconnect', detail = 'refused', open_at = $1`, [
      new Date(Date.now() + 60_000),
    ]);
    expect(await world.due()).toEqual([id]);
    expect(await world.deliver(id)).toMatchObject({ state: 'pending', reason: 'channel.reconnect' });
    expect(await world.due()).toEqual([]);
    world.aheadMs = 61_000;
    expect(await world.due()).toEqual([id]);
    expect((await world.deliver(id)).state).toBe('sent');
    expect(await account(CARE)).toMatchObject({ state: 'ok' });
  });

  it('revoked: nothing is asked any more', async () => {
    await world.connect();
    await world.get(TwitterAccounts).revoked(SECOND);
    const asked = world.get(TwitterAccounts).call(SECOND, (api) => api.v2.me());
    await expect(asked).rejects.toMatchObject({ state: 'revoked' });
  });

  it.each([
    ['automated', 'wait', 'channel.rate_limited'],
    ['cannot_message', 'failed', 'recipient.closed'],
    ['not_following', 'failed', 'recipient.closed'],
    ['no_permission', 'failed', 'recipient.closed'],
    ['app_lacks_right', 'failed', 'channel.unauthorised'],
    ['not_permitted', 'failed', 'channel.refused'],
  ] as const)('403 %s: %s, %s', async (refuseWith, outcome, reason) => {
    await world.write('Hola');
    await waitFor(async () => (await world.interactions()).length === 1);
    const id = await world.reply('Dinos');
    world.weather({ twitter: { refuseNext: 1, refuseWith } });
    const state = outcome === 'wait' ? 'pending' : 'failed';
    const row = await world.deliver(id);
    expect(row).toMatchObject({ state, reason });
    if (outcome !== 'wait') return;
    // Everything of the account waits an hour.
    expect(Math.round((row.dueAt.getTime() - world.now().getTime()) / 60_000)).toBe(60);
    const next = await world.reply('¿Hola?');
    expect(await world.dialled(() => world.deliver(next))).toBe(0);
  });

  it.each([
    ['no_credit', 'oauth2'],
    ['reconnect', 'oauth2'],
    ['revoked', 'oauth1'],
  ])(
    '%s: a start leaves keys that were connected as they are, but for a permission taken back',
    async (state, auth) => {
      await world.connect();
      await world.get(TwitterAccounts).ready();
      // The account of the environment was connected.
      await world.rows('delete from twitter_account where user_id = $1', [CARE]);
      await world.rows('update twitter_account set user_id = $1, state = $2', [CARE, state]);
      await (await world.product(world.databaseUrl)).get(TwitterAccounts).ready();
      expect(await world.rows('select auth from twitter_account where user_id = $1', [CARE])).toEqual([{ auth }]);
    },
  );

  it('when its keys end stands with its health', async () => {
    await world.connect();
    await world.get(TwitterAccounts).call(SECOND, (api) => api.v2.me());
    expect(
      await world.rows(
        `select h.expires_at is not null and h.expires_at = a.expires_at as same from channel_health h, twitter_account a
         where h.key = $1 and a.user_id = $2`,
        [sending(), SECOND],
      ),
    ).toEqual([{ same: true }]);
  });

  it('starts with the keys of the environment, and takes new ones from there', async () => {
    await world.get(TwitterAccounts).ready();
    const before = await account(CARE);
    expect(before).toMatchObject({ state: 'ok', version: 1 });
    const other = await world.product(world.databaseUrl);
    await other.get(TwitterAccounts).ready();
    expect((await account(CARE))?.version).toBe(1);
    await world.rows(`update twitter_account set state = 'reconnect'`);
    await (await world.product(world.databaseUrl)).get(TwitterAccounts).ready();
    expect(await account(CARE)).toMatchObject({ state: 'ok' });
    expect(other.get(TwitterChannel)).toBeDefined();
  });
});
