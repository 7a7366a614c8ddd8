import { ApiTokenService, PeopleService } from '#identity';
import { DataSource } from 'typeorm';
import { SessionAnswer } from '#contracts';
import { Listener } from './live.js';
import { ledger } from './ledger.js';
import { ask, errorOf, Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AGENT = 'agent@hilo.test';
const PASSWORD = 'hilo-demo';

describe('sessions', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.stop());

  const login = (body: unknown, headers?: Record<string, string>) =>
    ask(`${world.url}/api/v1/session`, { method: 'POST', body, headers });
  const staffWith = (cookie: string) => new Staff(world.url, { cookie });

  it('a login gives a cookie scripts cannot read and other sites cannot send', async () => {
    const answer = await login({ email: ' Agent@Hilo.test ', password: PASSWORD });
    expect(answer.status).toBe(201);
    const { user } = SessionAnswer.parse(answer.body);
    expect(user).toMatchObject({ email: AGENT, role: 'agent', storeId: null });
    expect(JSON.stringify(answer.body)).not.toMatch(/password|hash|token/iu);
    const [cookie, ...more] = answer.headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^hilo_session=[\w-]{32,}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/u);
    const stored = await world.database.query<{ row: string }>('select row_to_json(s)::text as row from session s');
    const token = /hilo_session=([\w-]+)/u.exec(cookie ?? '')?.[1] ?? '';
    expect(stored.map(({ row }) => row).join()).not.toContain(token);
  });

  it('the cookie is for TLS only where the product is served so', async () => {
    const secure = await startWorld({ environment: { HILO_BASE_URL: 'https://care.example.test' } });
    try {
      const answer = await ask(`${secure.url}/api/v1/session`, {
        ...{ method: 'POST', body: { email: AGENT, password: PASSWORD } },
      });
      expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
    } finally {
      await secure.stop();
    }
  });

  it('a login never takes over a session somebody brought along', async () => {
    const brought = 'hilo_session=chosen-by-somebody-else';
    const answer = await login({ email: AGENT, password: PASSWORD }, { cookie: brought });
    expect(answer.headers.getSetCookie()[0]).not.toContain('chosen-by-somebody-else');
    expect(errorOf(await staffWith(brought).ask('/session'))).toMatchObject({ status: 401, code: 'session.expired' });
    const first = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const again = await login({ email: AGENT, password: PASSWORD }, { cookie: first });
    expect(again.headers.getSetCookie()[0]?.split(';')[0]).not.toBe(first);
  });

  it.each([
    ['GET', '/session', 200],
    ['PATCH', '/session', 403],
    ['POST', '/visits', 403],
    ['POST', '/attachments', 403],
  ])('a page of another site asking %s %s', async (method, path, status) => {
    const agent = await world.login(AGENT);
    const body = method === 'GET' ? undefined : {};
    const before = await ledger(world);
    for (const origin of ['https://evil.test', 'null', `${world.url}.evil.test`]) {
      const answer = await agent.ask(path, { method, headers: { origin }, body });
      expect({ origin, status: answer.status }).toEqual({ origin, status });
      if (status === 403) expect(errorOf(answer).code).toBe('session.cross_site');
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    const own = await agent.ask('/session', {
      method: 'PATCH',
      headers: { origin: world.url },
      body: { language: 'es' },
    });
    expect(own.status).toBe(200);
    expect(await ledger(world)).toEqual(before);
  });

  it('ends when logged out, when idle for twelve hours, and after fourteen days in any case', async () => {
    const [out, idle, long] = await Promise.all([world.login(AGENT), world.login(AGENT), world.login(AGENT)]);
    expect((await out.ask('/session', { method: 'DELETE' })).status).toBe(204);
    expect(errorOf(await out.ask('/session'))).toMatchObject({ status: 401, code: 'session.expired' });
    for (let hours = 0; hours < 14 * 24; hours += 8) {
      expect((await long.ask('/session')).status).toBe(200);
      world.clock.advance(8 * 60 * MINUTE_MS);
    }
    expect(errorOf(await idle.ask('/session'))).toMatchObject({ status: 401, code: 'session.expired' });
    expect(errorOf(await long.ask('/session'))).toMatchObject({ status: 401, code: 'session.expired' });
  });

  it('of somebody who left are over at once, and so are their tokens', async () => {
    const { app } = world.product;
    const leaver = { email: 'leaver@hilo.test', displayName: 'Se Va', role: 'agent', password: PASSWORD } as const;
    await app.get(DataSource).transaction((tx) => app.get(PeopleService).add(tx, leaver));
    const staff = await world.login(leaver.email);
    const token = await app.get(ApiTokenService).issue(leaver.email, 'script');
    const script = new Staff(world.url, { authorization: `Bearer ${token}` });
    expect([(await staff.ask('/cases')).status, (await script.ask('/cases')).status]).toEqual([200, 200]);
    await world.database.query('update agent set active = false where email = $1', [leaver.email]);
    expect(errorOf(await staff.ask('/cases'))).toMatchObject({ status: 401, code: 'session.expired' });
    expect(errorOf(await script.ask('/cases'))).toMatchObject({ status: 401, code: 'session.required' });
    expect(errorOf(await login({ email: leaver.email, password: PASSWORD })).code).toBe('session.bad_credentials');
  });

  describe('API tokens', () => {
    it('act as the person they were made for, until they are revoked', async () => {
      const { app } = world.product;
      const token = await app.get(ApiTokenService).issue('store@hilo.test', 'the till');
      const script = new Staff(world.url, { authorization: `Bearer ${token}` });
      const { user } = await script.done('/session', SessionAnswer);
      expect(user).toMatchObject({ role: 'store', storeId: world.stores.goya });
      // No cookie is involved, so no other site can make anybody send it.
      const visit = {
        storeId: world.stores.goya,
        customer: { displayName: 'Ana', phone: '+34612407718' },
        text: 'Hola',
      };
      const made = await script.ask('/visits', {
        method: 'POST',
        headers: { origin: 'https://till.test' },
        body: visit,
      });
      expect(made.status).toBe(201);
      expect(errorOf(await script.ask('/rejects'))).toMatchObject({ status: 403, code: 'permission.denied' });

      await world.database.query('update api_token set revoked_at = now() where name = $1', ['the till']);
      expect(errorOf(await script.ask('/cases'))).toMatchObject({ status: 401, code: 'session.required' });
      await expect(Listener.open(script)).rejects.toThrow('session.required');
    });

    it.each(['Bearer guess', 'Bearer ', 'Basic YWdlbnQ6aGlsbw==', 'hilo_x'])(
      '%s opens nothing',
      async (authorization) => {
        const { headers } = await world.login(AGENT);
        // Not even beside a good cookie: what is stated counts.
        for (const beside of [{}, headers]) {
          const answer = await ask(`${world.url}/api/v1/cases`, { headers: { ...beside, authorization } });
          expect(errorOf(answer)).toMatchObject({ status: 401, code: 'session.required' });
        }
      },
    );
  });

  describe('guessing', () => {
    it('is slowed down for a person after ten wrong passwords, and over after a quarter of an hour', async () => {
      const email = 'ivan@hilo.test';
      for (let guess = 0; guess < 10; guess += 1)
        expect(errorOf(await login({ email, password: `guess ${guess}` })).code).toBe('session.bad_credentials');
      const right = errorOf(await login({ email, password: PASSWORD }));
      expect(right).toMatchObject({ status: 429, code: 'session.throttled' });
      expect(right.details).toEqual({ retryAfterSeconds: expect.any(Number) });
      expect((await login({ email: 'noa@hilo.test', password: PASSWORD })).status).toBe(201);
      world.clock.advance(16 * MINUTE_MS);
      expect((await login({ email, password: PASSWORD })).status).toBe(201);
    });

    it('is slowed down when it is tried all at once', async () => {
      world.clock.advance(DAY_MS);
      const email = 'noa@hilo.test';
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, guess) => login({ email, password: `${guess}` })),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    });

    it('tells nothing about who exists', async () => {
      world.clock.advance(DAY_MS);
      const [wrong, nobody] = await Promise.all([
        login({ email: AGENT, password: 'wrong' }),
        login({ email: 'nobody@hilo.test', password: 'wrong' }),
      ]);
      const [one, other] = [errorOf(wrong), errorOf(nobody)];
      expect(one).toEqual(other);
    });
  });
});
