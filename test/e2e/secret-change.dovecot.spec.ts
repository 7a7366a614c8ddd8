import { ChannelsHealth, Mailbox, TwitterAccounts, TwitterConnect } from '#contracts';
import { loadConfig, newId } from '#platform';
import { startProduct, type Product } from '../../apps/product.js';
import { PASSWORD, startDovecot, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { ask, type Staff } from './staff.js';
import { mayDeliver, ShiftedClock, surround, type Surroundings } from './world.js';

const SECOND = '1700000000000000002';

describe('a product that starts with another HILO_SECRET', () => {
  const clock = new ShiftedClock();
  let dovecot: TestDovecot;
  let world: Surroundings;
  let product: Product;
  let admin: Staff;
  let mailboxId: string;

  const start = (secret: string) =>
    startProduct(loadConfig({ ...world.environment, HILO_SECRET: secret }), {
      ...{ clock, queuePrefix: `e2e-${new URL(world.url).port}` },
    });
  /** What the page of the channels says, by key. */
  const health = async () => {
    const { channels } = await admin.done('/channels/health', ChannelsHealth);
    return new Map(channels.map((channel) => [channel.key, channel]));
  };
  const isSaid = (key: string, state: string) =>
    waitFor(async () => {
      const said = (await health()).get(key);
      return said?.state === state && said;
    });
  const mail = (from: string) =>
    [`From: ${from}`, 'To: ventas@hilo.test', 'Subject: Hola', `Message-ID: <${from}>`, '', 'No enciende', ''].join(
      '\r\n',
    );
  const subjectsOf = async (email: string) => (await admin.cases(`q=${encodeURIComponent(email)}`)).length;

  /** An administrator begins, the owner of the account says yes on the page of X. */
  async function connect(): Promise<void> {
    const begun = await admin.done('/twitter/accounts/connect', TwitterConnect, { method: 'POST' });
    const page = `${world.sandbox.url}/i/oauth2/authorize${new URL(begun.url).search}&allow=${SECOND}`;
    const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
    expect((await ask(back)).headers.get('location')).toBe(`/channels?connected=${SECOND}`);
  }

  beforeAll(async () => {
    dovecot = await startDovecot(['ventas']);
    const keys = { HILO_TWITTER_CLIENT_ID: 'sandbox-client-id', HILO_TWITTER_CLIENT_SECRET: 'sandbox-client-secret' };
    const environment = { ...keys, HILO_IMAP_POLL_SECONDS: '1', HILO_TWITTER_POLL_SECONDS: '1' };
    world = await surround({ environment }, () => clock.now().getTime());
    product = await start(newId());
    await mayDeliver(world);
    admin = await world.login('admin@hilo.test');
    const body = {
      ...{ address: 'ventas@hilo.test', host: '127.0.0.1', port: dovecot.port, security: 'none', username: 'ventas' },
      access: { kind: 'password', password: PASSWORD },
    };
    ({ id: mailboxId } = await admin.done('/mailboxes', Mailbox, { method: 'POST', body }));
    await connect();
    await isSaid(`imap:${mailboxId}`, 'ok');
    await dovecot.append('ventas', [mail('before@correo.test')]);
    await waitFor(async () => (await subjectsOf('before@correo.test')) === 1);
    await product.stop();
    product = await start(newId());
    admin = await world.login('admin@hilo.test');
  }, 60_000);
  afterAll(async () => {
    await product?.stop();
    await world?.stop();
    await dovecot?.stop();
  });

  it('runs, keeps what it has, and says which accesses must be given again', async () => {
    expect((await ask(`${world.url}/readyz`)).status).toBe(200);
    expect(await subjectsOf('before@correo.test')).toBe(1);
    expect(await isSaid(`imap:${mailboxId}`, 'trouble')).toMatchObject({
      reason: 'channel.login_refused',
      detail: expect.stringContaining('HILO_SECRET') as string,
    });
    expect(await isSaid(`twitter:${SECOND}:send`, 'trouble')).toMatchObject({
      reason: 'channel.reconnect',
      detail: expect.stringContaining('HILO_SECRET') as string,
    });
    const { items } = await admin.done('/twitter/accounts', TwitterAccounts);
    expect(items).toMatchObject([
      { source: 'environment', state: 'ok' },
      { userId: SECOND, state: 'reconnect' },
    ]);
  });

  it('goes on where it was once they are given again, and has lost nothing meanwhile', async () => {
    await dovecot.append('ventas', [mail('meanwhile@correo.test')]);
    const access = { kind: 'password', password: PASSWORD };
    await admin.done(`/mailboxes/${mailboxId}`, Mailbox, { method: 'PATCH', body: { access } });
    await isSaid(`imap:${mailboxId}`, 'ok');
    await waitFor(async () => (await subjectsOf('meanwhile@correo.test')) === 1);
    expect(await subjectsOf('before@correo.test')).toBe(1);
    await connect();
    await isSaid(`twitter:${SECOND}:send`, 'ok');
    const { items } = await admin.done('/twitter/accounts', TwitterAccounts);
    expect(items.find(({ userId }) => userId === SECOND)).toMatchObject({ state: 'ok' });
  });
});
