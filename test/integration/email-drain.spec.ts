import { buffer } from 'node:stream/consumers';
import type { EntityManager } from 'typeorm';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';
import { EmailWorld, plainMail } from './email.world.js';

let test: TestDatabase;
let world: EmailWorld;
beforeAll(async () => {
  test = await createDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  world = await EmailWorld.start(test);
});
afterEach(() => world.end());

describe('the drain', () => {
  const burst = (size: number) =>
    Array.from({ length: size }, (_, n) =>
      plainMail({ from: `c${n % 40}@example.com`, messageId: `<${n}@example.com>`, text: `mail ${n}` }),
    );

  it('takes 200 mails in four transactions', async () => {
    await world.deliver(...burst(200));
    expect(await world.drained()).toBe(200);
    expect(world.intake.batches).toEqual([50, 50, 50, 50]);
    expect(await world.count('interaction')).toBe(200);
    expect(await world.count('cases')).toBe(40);
    expect((await world.mails()).every((mail) => mail.state === 'done' && mail.interaction_id)).toBe(true);
  });

  it('takes each mail once with two drains at work', async () => {
    await world.deliver(...burst(120));
    const work = async () => {
      for (let idle = 0; idle < 2;) idle = (await world.drain.drain()) === 0 ? idle + 1 : 0;
    };
    await Promise.all([work(), work()]);
    await world.drained();
    expect(await world.count('interaction')).toBe(120);
  });

  it('leaves rows free when the process that claimed them is gone', async () => {
    await world.deliver(plainMail());
    const dying = new pg.Client({ connectionString: world.test.url });
    dying.on('error', () => undefined);
    await dying.connect();
    const [{ pid }] = (await dying.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [{ pid: number }];
    await dying.query(`begin; select id from inbound_mail where state = 'pending' for update skip locked`);
    expect(await world.drain.drain()).toBe(0);
    await world.test.query('select pg_terminate_backend($1)', [pid]);
    await waitFor(() => world.drain.drain());
    expect(await world.count('interaction')).toBe(1);
  });

  it('tries ever later what ends whoever takes it, lets the others pass, and sets it aside in the end', async () => {
    const end = async (tx: EntityManager) => {
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    };
    await world.deliver(plainMail({ messageId: '<bad@example.com>' }));
    world.intake.stumble = end;
    await expect(world.drain.takeSuspect()).rejects.toThrow();
    expect(await world.mails()).toMatchObject([{ state: 'pending', attempts: 1 }]);
    expect(await world.drain.takeSuspect()).toBe(false);

    world.intake.stumble = () => Promise.resolve();
    await world.deliver(plainMail({ messageId: '<good@example.com>' }));
    expect(await world.drain.takeSuspect()).toBe(true);
    expect(await world.count('interaction')).toBe(1);

    world.intake.stumble = end;
    for (let tries = 2; tries <= 8; tries += 1) {
      world.clock.advance(3_600_000);
      await expect(world.drain.takeSuspect()).rejects.toThrow();
    }
    world.clock.advance(3_600_000);
    expect(await world.drain.takeSuspect()).toBe(true);
    const rejects = await world.test.query('select reason, detail from inbound_reject');
    expect(rejects).toEqual([{ reason: 'mail.not_taken_in', detail: 'its reading did not come to an end' }]);
    expect(await world.drain.takeSuspect()).toBe(false);
  });

  it('loses and doubles nothing when it dies between writing and committing', async () => {
    await world.deliver(...burst(10));
    world.intake.stumble = async (tx) => {
      await tx.query('select pg_terminate_backend(pg_backend_pid())');
    };
    await expect(world.drain.drain()).rejects.toThrow();
    expect(await world.count('interaction')).toBe(0);
    expect((await world.mails()).every((mail) => mail.state === 'pending' && mail.attempts === 0)).toBe(true);
    world.intake.stumble = () => Promise.resolve();
    expect(await world.drained()).toBe(10);
    expect(await world.count('interaction')).toBe(10);
  });

  it('does the same mail again as the same interaction', async () => {
    await world.deliver(plainMail());
    await world.drained();
    await world.test.query(`update inbound_mail set state = 'pending', interaction_id = null`);
    await world.drained();
    const [interaction] = await test.query<{ id: string }>('select id from interaction');
    expect(await world.mails()).toEqual([expect.objectContaining({ state: 'done', interaction_id: interaction?.id })]);
    expect(await world.count('interaction')).toBe(1);
  });

  it('lives through a database that goes and comes back', async () => {
    await world.deliver(...burst(5));
    await world.line.cut();
    world.drain.start();
    await expect(world.deliver(plainMail())).rejects.toMatchObject({ responseCode: 451 });
    await world.line.mend();
    await waitFor(async () => (await world.count('interaction')) === 5);
    await world.deliver(plainMail({ from: 'c0@example.com', messageId: '<after@example.com>' }));
    await waitFor(async () => (await world.count('interaction')) === 6);
  });

  it('takes the others when one mail of the batch cannot be taken in, and gives that one up at last', async () => {
    const poison = plainMail({ subject: 'veneno', from: 'eve@evil.example', messageId: '<poison@evil>' });
    await world.deliver(...burst(3), poison, ...burst(6).slice(3));
    world.intake.stumble = (_tx, messages) =>
      messages.some((message) => message.subject === 'veneno')
        ? Promise.reject(new Error('no stomach for this'))
        : Promise.resolve();
    await world.drain.drain();
    expect(await world.count('interaction')).toBe(6);
    const state = async () => (await world.mails()).filter((mail) => mail.state !== 'done');
    expect(await state()).toEqual([expect.objectContaining({ state: 'pending', attempts: 1 })]);

    expect(await world.drain.drain()).toBe(0);
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      world.clock.advance(3_600_000);
      expect(await world.drain.drain()).toBe(1);
      expect(await state()).toEqual([expect.objectContaining({ attempts: attempt })]);
    }
    const [given] = await state();
    expect(given).toMatchObject({ state: 'rejected', interaction_id: null });
    const [reject] = await world.test.query('select * from inbound_reject');
    expect(reject).toMatchObject({
      reason: 'mail.not_taken_in',
      detail: 'no stomach for this',
      storage_key: given?.storage_key,
    });
    expect((await buffer(await world.storage.get(given?.storage_key ?? ''))).toString()).toBe(poison);
  });

  it('waits for an original that storage cannot give right now, without holding up the others', async () => {
    await world.deliver(...burst(3));
    const [first] = await world.mails();
    world.storage.missing.add(first?.storage_key ?? '');
    expect(await world.drain.drain()).toBe(3);
    expect(await world.count('interaction')).toBe(2);
    world.storage.missing.clear();
    expect(await world.drain.drain()).toBe(0);
    world.clock.advance(5000);
    expect(await world.drain.drain()).toBe(1);
    expect(await world.count('interaction')).toBe(3);
    expect(await world.count('inbound_reject')).toBe(0);
  });
});
