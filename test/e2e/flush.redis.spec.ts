import { type TestRedis, startRedis } from '../support/redis.js';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import type { Staff } from './staff.js';
import { acquaintances, type Answered, answerAll, Burst, endedVisibly, houseIsInOrder } from './traffic.js';
import { startWorld, type World } from './world.js';

const MESSAGES = Number(process.env['HILO_E2E_MESSAGES'] ?? 2000);
const ANSWERS = 50;
const PEOPLE = 100;
const STOP_WITHIN_MS = 10_000;
/** Longer than a try may hold on to a message. */
const LEASE_MS = 121_000;

describe('Redis losing everything under a product that lives', () => {
  let redis: TestRedis;
  let world: World;
  let agent: Staff;

  beforeAll(async () => {
    redis = await startRedis();
    world = await startWorld({
      redisUrl: redis.url,
      environment: { HILO_UNDO_SECONDS: '0' },
      sandbox: { retryDelaysMs: [300, 1_000, 2_000, 4_000, 8_000], mailRetryDelaysMs: [300, 1_000, 2_000] },
    });
    agent = await world.login('agent@hilo.test');
  }, 60_000);
  afterAll(async () => {
    await world?.stop();
    await redis?.stop();
  }, 60_000);

  it.each([
    ['FLUSHALL', () => redis.flush()],
    ['kill -9, coming back empty', () => redis.restart()],
  ])(
    `%s in the middle of ${MESSAGES} messages and ${ANSWERS} answers loses and repeats nothing`,
    async (_what, lose) => {
      const cases = await acquaintances(world, agent, ANSWERS);
      await world.outside.weather({ twitter: { latencyMs: 150 } });
      const burst = await Burst.start(world, MESSAGES, PEOPLE);
      const answering: Promise<Answered[]>[] = [];
      for (const [turn, share] of [0.2, 0.45, 0.7].entries()) {
        await burst.reaches(share);
        answering.push(
          answerAll(
            agent,
            cases.filter((_, index) => index % 3 === turn),
          ),
        );
        await waitFor(
          async () => (await world.database.query('select from delivery where transmitting_at is not null'))[3],
          { timeout: 30_000, every: 5 },
        );
        await lose();
      }
      await burst.arrivesOnce();
      const answers = (await Promise.all(answering)).flat();
      // Jobs that were lost are made again when the time of their try is over.
      world.clock.advance(LEASE_MS);
      const ends = await endedVisibly(world, answers);
      expect((ends['sent'] ?? 0) + (ends['outcome.unknown'] ?? 0)).toBe(ANSWERS);
      await houseIsInOrder(world);
    },
    180_000,
  );

  it('rings again once Redis is back', async () => {
    const inbox = await Listener.open(agent);
    await redis.restart();
    const heard = await waitFor(
      async () => {
        const person = await world.outside.newcomer();
        await world.outside.writeDm(person, '¿Suena?');
        const [found] = await waitFor(async () => {
          const rows = await agent.cases(`q=${person.handle}`);
          return rows.length === 1 && rows;
        });
        return await waitFor(() => inbox.cases.has(found?.id ?? ''), { timeout: 1000 });
      },
      { timeout: 30_000 },
    );
    expect(heard).toBe(true);
    expect(inbox.ended).toBeNull();
    inbox.close();
  }, 60_000);

  it.each([
    ['gone', () => redis.kill()],
    ['just back', () => redis.restart()],
  ])(
    'the product stops in time when Redis is %s',
    async (_what, lose) => {
      const other = await startWorld({ redisUrl: redis.url });
      const person = await other.outside.newcomer();
      await other.outside.writeDm(person, 'Hola');
      await lose();
      const asked = performance.now();
      await other.stop();
      expect(performance.now() - asked).toBeLessThan(STOP_WITHIN_MS);
      await redis.restart();
    },
    60_000,
  );
});
