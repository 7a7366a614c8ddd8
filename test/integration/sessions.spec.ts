import { ApiTokenService, IdempotencyService, PeopleService, SessionService } from '#identity';
import { openRooms, type Rooms } from '../factories/rooms.js';

let rooms: Rooms;
const email = 'ana@hilo.test';
beforeAll(async () => {
  rooms = await openRooms();
  await rooms
    .get(PeopleService)
    .add(rooms.database.manager, { email, displayName: 'Ana', password: 'correct horse', role: 'agent' });
});
afterAll(() => rooms.close());

const sessions = () => rooms.get(SessionService);
const login = (password = 'correct horse', who = email, ip = '192.0.2.1') =>
  sessions().login({ email: who, password, ip, userAgent: 'jest' });
const hours = (count: number) => rooms.clock.advance(count * 3_600_000);

describe('a session', () => {
  it('opens with the right password, in any case of the address, and stores no token', async () => {
    const { token, principal } = await login('correct horse', ' ANA@hilo.test ');
    expect(principal).toMatchObject({ email, role: 'agent' });
    expect(await sessions().authenticate(token)).toEqual(principal);
    const stored = await rooms.db.query(`select encode(token_hash, 'escape') as hash from session`);
    expect(JSON.stringify(stored)).not.toContain(token);
    const [agent] = await rooms.db.query<{ password_hash: string }>(
      'select password_hash from agent where email = $1',
      [email],
    );
    expect(agent?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/u);
  });

  it('ends by logout, by twelve idle hours, by fourteen days, and when the person leaves', async () => {
    const gone = (token: string) =>
      expect(sessions().authenticate(token)).rejects.toMatchObject({ code: 'session.expired' });
    const { token: loggedOut } = await login();
    await sessions().logout(loggedOut);
    await gone(loggedOut);
    const { token: idle } = await login();
    hours(11);
    await sessions().authenticate(idle);
    hours(11);
    await sessions().authenticate(idle);
    hours(13);
    await gone(idle);
    const { token: listening } = await login();
    for (let count = 0; count < 13; count += 1) {
      if (count < 12) await sessions().stillHolds(listening);
      hours(1);
    }
    await gone(listening);
    const { token: old } = await login();
    for (let count = 0; count < 32; count += 1) {
      hours(10);
      await sessions().authenticate(old);
    }
    hours(11);
    hours(6);
    await gone(old);
    const { token: left } = await login();
    await rooms.db.query('update agent set active = false where email = $1', [email]);
    await gone(left);
    await rooms.db.query('update agent set active = true where email = $1', [email]);
  });

  it('is not opened by wrong passwords, unknown people, or after too many tries', async () => {
    for (let count = 0; count < 10; count += 1)
      await expect(login('wrong')).rejects.toMatchObject({ code: 'session.bad_credentials' });
    await expect(login()).rejects.toMatchObject({ code: 'session.throttled', details: { retryAfterSeconds: 900 } });
    await expect(login('x', 'nobody@hilo.test')).rejects.toMatchObject({ code: 'session.bad_credentials' });
    hours(0.26);
    await expect(login()).resolves.toBeDefined();
  });

  it('guessing from one address is slowed down whoever is guessed', async () => {
    for (let count = 0; count < 100; count += 1)
      await expect(login('x', `p${count}@hilo.test`, '198.51.100.7')).rejects.toMatchObject({
        code: 'session.bad_credentials',
      });
    await expect(login('correct horse', email, '198.51.100.7')).rejects.toMatchObject({ code: 'session.throttled' });
    await expect(login()).resolves.toBeDefined();
  }, 60_000);
});

it('an API token acts as its person until it is revoked', async () => {
  const tokens = rooms.get(ApiTokenService);
  const token = await tokens.issue(email, 'test');
  expect(await tokens.authenticate(token)).toMatchObject({ email });
  await rooms.db.query('update api_token set revoked_at = now()');
  await expect(tokens.authenticate(token)).rejects.toMatchObject({ code: 'session.required' });
  await expect(tokens.issue('nobody@hilo.test', 'x')).rejects.toMatchObject({ code: 'agent.not_found' });
});

describe('an idempotency key', () => {
  const once = (key: string | undefined, request: unknown, work: () => Promise<unknown>) =>
    rooms.database.transaction(async (tx) => {
      const [agent]: { id: string }[] = await tx.query('select id from agent limit 1');
      return rooms.get(IdempotencyService).once(tx, agent?.id ?? '', key, request, work);
    });

  it('does the work once, however often and however concurrently it is asked', async () => {
    let done = 0;
    const work = () => Promise.resolve({ done: (done += 1) });
    const answers = await Promise.all(Array.from({ length: 10 }, () => once('key-0001', { a: 1 }, work)));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ done: 1 })));
    await expect(once('key-0001', { a: 2 }, work)).rejects.toMatchObject({ code: 'request.idempotency_mismatch' });
    expect(done).toBe(1);
  });

  it('is free again when the work failed, and means nothing when absent', async () => {
    await expect(once('key-0002', {}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await once('key-0002', {}, () => Promise.resolve('yes'))).toBe('yes');
    expect(await once(undefined, {}, () => Promise.resolve(1))).toBe(1);
    expect(await once(undefined, {}, () => Promise.resolve(2))).toBe(2);
  });
});
