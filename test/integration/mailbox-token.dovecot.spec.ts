import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { MailboxAccess } from '#contracts';
import { HealthView } from '#views';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startDovecot, type TestDovecot } from '../support/dovecot.js';
import { waitFor } from '../support/wait.js';
import { plainMail } from './email.world.js';
import { MailboxWorld } from './mailbox.world.js';

const USER = 'care';

/** Who gives tokens, and whom the mail server asks about them. */
class Authority {
  readonly good = new Set<string>();
  refresh = 'refresh-1';
  granted = 0;
  refused = 0;
  /** Seconds a token lasts, and the refresh token where that is said. */
  lasts: { expires_in: number; refresh_token_expires_in?: number } = { expires_in: 3600 };
  private server: Server;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const answer = this.answer(request.url ?? '', new URLSearchParams(body));
        response.writeHead(answer ? 200 : 400, { 'content-type': 'application/json' });
        response.end(JSON.stringify(answer ?? { error: 'invalid_grant' }));
      });
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private answer(path: string, form: URLSearchParams): object | null {
    if (path === '/introspect') {
      const active = this.good.has(form.get('token') ?? '');
      return { active, username: USER };
    }
    if (form.get('refresh_token') !== this.refresh) {
      this.refused += 1;
      return null;
    }
    this.granted += 1;
    this.refresh = `refresh-${this.granted + 1}`;
    this.good.add(`access-${this.granted}`);
    return { access_token: `access-${this.granted}`, ...this.lasts, refresh_token: this.refresh };
  }
}

let test: TestDatabase;
let authority: Authority;
let url: string;
let dovecot: TestDovecot;
let world: MailboxWorld;
beforeAll(async () => {
  test = await createDatabase();
  authority = new Authority();
  url = await authority.start();
  dovecot = await startDovecot([USER, 'shop'], { introspectionUrl: `${url}/introspect` });
});
afterAll(async () => {
  await dovecot.stop();
  authority.stop();
  await test.drop();
});
beforeEach(async () => {
  authority.lasts = { expires_in: 3600 };
  world = await MailboxWorld.open(test);
});
afterEach(() => world.end());

const access = (refreshToken: string): MailboxAccess => ({
  ...{ kind: 'refresh', tokenUrl: `${url}/token`, clientId: 'hilo' },
  refreshToken,
});
const mail = (n: number) => plainMail({ messageId: `<${n}@example.com>`, text: `mail ${n}` });

it('logs in with a token it is given, and says when that one is over', async () => {
  authority.good.add('given');
  const id = await world.add(dovecot, USER, { access: { kind: 'token', accessToken: 'given' } });
  world.start();
  await world.isWell(id);
  await dovecot.append(USER, [mail(1)]);
  await world.taken(1);
  authority.good.delete('given');
  await dovecot.kill();
  await dovecot.start();
  const { detail } = await world.isTroubled('channel.reconnect', id);
  expect(detail).not.toContain('given');
});

it('fetches tokens, keeps the refresh token that replaces the old one, and gets a new token when one ends early', async () => {
  const id = await world.add(dovecot, USER, { access: access(authority.refresh) });
  world.start();
  await world.isWell(id);
  const { granted } = authority;
  const stored = await world.mailboxes.find(world.email.database.manager, id);
  expect(stored.open().access).toMatchObject({ refreshToken: authority.refresh });
  expect(JSON.stringify(await test.query('select * from mailbox'))).not.toContain('refresh-');
  authority.good.clear();
  await dovecot.kill();
  await dovecot.start();
  await dovecot.append(USER, [mail(2)]);
  await waitFor(() => authority.granted === granted + 1);
  await world.isWell(id);
  await world.taken(1);
  const next = world.twin();
  await world.watch.stop();
  next.start();
  await waitFor(() => authority.granted === granted + 2);
  await next.watch.stop();
  expect(authority.refused).toBe(0);
});

it('says that the account must be connected again when the token server refuses, and asks seldom', async () => {
  const id = await world.add(dovecot, USER, { access: access('of somebody else') });
  const { refused } = authority;
  world.start({ refusedMs: 60_000 });
  const { detail } = await world.isTroubled('channel.reconnect', id);
  expect(detail).toBe('invalid_grant');
  expect(await world.tester.test(await world.mailboxes.find(world.email.database.manager, id), 'en')).toMatchObject({
    works: false,
    reason: 'channel.reconnect',
  });
  expect(authority.refused).toBe(refused + 2);
});

describe('the health of a mailbox with an account elsewhere', () => {
  /** As the page of the channels has it. */
  const shown = async (id: string) => {
    const { channels } = await new HealthView(world.email.database, world.email.clock).read(true);
    return channels.find(({ key }) => key === `imap:${id}`);
  };
  const within = async (id: string) => Date.parse((await shown(id))?.expiresAt ?? '') - Date.now();

  it.each([
    ['the access token', { expires_in: 3600 }, 3600],
    ['the refresh token, where that is said', { expires_in: 3600, refresh_token_expires_in: 86_400 }, 86_400],
  ])('says when the access runs out: with %s', async (_what, lasts, seconds) => {
    authority.lasts = lasts;
    const id = await world.add(dovecot, USER, { access: access(authority.refresh) });
    world.start();
    await world.isWell(id);
    expect(Math.abs((await within(id)) - seconds * 1000)).toBeLessThan(60_000);
  });

  it('says nothing of a password', async () => {
    const id = await world.add(dovecot, 'shop');
    world.start();
    await world.isWell(id);
    expect(await shown(id)).toMatchObject({ state: 'ok', expiresAt: null });
  });

  it('tells that no new token is to be had while mail still comes in, and when there is one again', async () => {
    authority.lasts = { expires_in: 61 };
    const id = await world.add(dovecot, USER, { access: access(authority.refresh) });
    world.start();
    await world.isWell(id);
    const good = authority.refresh;
    authority.refresh = 'withdrawn';
    const { detail } = await world.isTroubled('channel.reconnect', id);
    expect(detail).toBe('invalid_grant');
    expect(await shown(id)).toMatchObject({ state: 'trouble', expiresAt: expect.any(String) as string });
    await dovecot.append(USER, [mail(3)]);
    await world.taken(1);
    expect(await shown(id)).toMatchObject({ state: 'trouble' });
    authority.lasts = { expires_in: 3600 };
    authority.refresh = good;
    await world.isWell(id);
    expect(await within(id)).toBeGreaterThan(3_000_000);
  });
});
