import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { RateLimits } from '../../apps/sandbox/src/twitter/rate-limits.js';
import { freePort } from '../support/ports.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { waitFor } from '../support/wait.js';
import { buildProduct, ProductProcess } from './deployment.js';
import type { Person } from './outside.js';
import { ask, type Staff } from './staff.js';
import { acquaintances, answerAll, endedVisibly, houseIsInOrder } from './traffic.js';
import { mayDeliver, ShiftedClock, type Surroundings, surround } from './world.js';

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

describe('two processes that work, one that serves, on one Redis, one database and one account on X', () => {
  let redis: TestRedis;
  let build: string;
  let around: Surroundings;
  let agent: Staff;
  const workers: { process: ProductProcess; port: number }[] = [];
  const processes: ProductProcess[] = [];
  /** Of the outside. */
  const clock = new ShiftedClock();

  const begin = async (name: string, environment: NodeJS.ProcessEnv): Promise<ProductProcess> => {
    const process = new ProductProcess(build, { ...around.environment, ...environment }, join(around.home, name));
    processes.push(process);
    await process.start();
    return process;
  };

  beforeAll(async () => {
    [redis, build] = await Promise.all([startRedis(), buildProduct()]);
    around = await surround(
      {
        redisUrl: redis.url,
        environment: { HILO_UNDO_SECONDS: '0', HILO_TWITTER_POLL_SECONDS: '0.2' },
        sandbox: { retryDelaysMs: [300, 1_000, 2_000] },
      },
      () => clock.now().getTime(),
    );
    await begin('api.log', { HILO_ROLES: 'api' });
    for (const index of [1, 2]) {
      const port = await freePort();
      const mail = index === 1 ? {} : { HILO_SMTP_PORT: String(await freePort()) };
      const process = await begin(`worker-${index}.log`, { HILO_ROLES: 'worker', PORT: String(port), ...mail });
      workers.push({ process, port });
    }
    await mayDeliver(around);
    agent = await around.login('agent@hilo.test');
  }, 120_000);
  afterAll(async () => {
    await Promise.all(processes.map((process) => process.kill()));
    await around?.stop();
    await redis?.stop();
    if (build) await rm(build, { recursive: true, force: true });
  }, 60_000);
  afterEach(() => jest.restoreAllMocks());

  /** What these people wrote, in the order the house shows it. */
  const shown = async (people: Person[]): Promise<Map<string, string[]>> => {
    const rows = await around.database.query<{ who: string; id: string }>(
      `select p.value as who, i.external_id as id from interaction i join contact_point p on p.id = i.contact_point_id
       where i.direction = 'inbound' and p.value = any($1) order by i.occurred_at, i.id`,
      [people.map(({ id }) => id)],
    );
    const byPerson = new Map(people.map(({ id }) => [id, [] as string[]]));
    for (const { who, id } of rows) byPerson.get(who)?.push(id);
    return byPerson;
  };

  it('takes every direct message in once and in order, however it comes and whoever of the two dies', async () => {
    const people = await Promise.all(
      Array.from({ length: 4 }, (_, index) => around.outside.newcomer(`Cliente ${index}`)),
    );
    const written = new Map(people.map(({ id }) => [id, [] as string[]]));
    const write = async (count: number) => {
      for (let turn = 0; turn < count; turn += 1) {
        for (const person of people) {
          written.get(person.id)?.push((await around.outside.writeDm(person, `Mensaje ${turn}`)).id);
        }
      }
    };
    const arrived = async () => {
      const wanted = [...written.values()].flat().length;
      await waitFor(async () => [...(await shown(people)).values()].flat().length >= wanted, { timeout: 60_000 });
    };
    // Brought three times each, the newest first, and found by polling as well.
    await around.outside.weather({ webhooks: { copies: 3, reorder: true } });
    await write(10);
    // From here on only polling finds them; whoever does it dies in the middle, and the other takes over.
    await around.outside.weather({ webhooks: { enabled: false } });
    for (const { process } of workers) {
      await write(4);
      await process.kill();
      await write(4);
      await arrived();
      await process.start();
    }
    await around.outside.fairWeather();
    await write(2);
    await arrived();
    expect(await shown(people)).toEqual(written);
    const threads = await around.database.query(
      `select from channel_thread t join contact_point p on p.id = t.contact_point_id where p.value = any($1)`,
      [people.map(({ id }) => id)],
    );
    expect(threads).toHaveLength(people.length);
    await houseIsInOrder(around);
  }, 180_000);

  /** How many messages a worker has handed to X. */
  const sentBy = async (port: number): Promise<number> => {
    const { bytes } = await ask(`http://127.0.0.1:${port}/metrics`);
    const counts = [...bytes.toString().matchAll(/^hilo_deliveries_total\{[^}]*\} (\d+)$/gmu)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  };

  /** People who have written on X, and a case of each. */
  const callers = async (count: number) =>
    (await acquaintances(around, agent, 2 * count)).filter(({ channel }) => channel === 'twitter');

  it('sends every reply once, both of them', async () => {
    await around.outside.weather({ twitter: { latencyMs: 150, rateLimits: 'strict', sendsPerWindow: 100 } });
    const cases = await callers(31);
    const [first = { caseId: '', channel: 'twitter' as const }, ...others] = cases;
    // What X lets this account send stands in the headers of its first answer.
    await endedVisibly(around, await answerAll(agent, [first]));
    const answers = await answerAll(agent, others);
    expect(await endedVisibly(around, answers)).toEqual({ sent: 30, 'outcome.unknown': 0 });
    const echoed = await around.database.query(
      `select from interaction where direction = 'outbound' and channel = 'twitter'`,
    );
    expect(echoed).toHaveLength(31);
    for (const { port } of workers) expect(await sentBy(port)).toBeGreaterThan(0);
    await around.outside.fairWeather();
    await houseIsInOrder(around);
  }, 120_000);

  /**
   * Time goes by at X, and for the product: what it has written down of its sends is older, what X stated of its windows is
   * told by the product's own clock, and whoever waits looks again.
   */
  const later = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    const ahead = clock.now().getTime() - Date.now();
    const ago = (ms: number): string => `interval '${Math.round(ms)} milliseconds'`;
    for (const statement of [
      `update twitter_send set at = at - ${ago(milliseconds)}, answered_at = answered_at - ${ago(milliseconds)}`,
      `update twitter_limit set resets_at = resets_at - ${ago(ahead)}`,
      'update twitter_account set open_at = null',
      `update delivery set due_at = now() where channel = 'twitter' and state in ('held', 'pending')`,
    ])
      await around.database.query(statement);
  };

  it('never sends more than X states: neither in a quarter of an hour nor in a day', async () => {
    const cases = await callers(12);
    const take = jest.spyOn(RateLimits.prototype, 'take');
    // X has noticed that it counts no more, and counts anew from here on; nothing was sent before.
    await waitFor(() => take.mock.calls.length > 0);
    await around.database.query('delete from twitter_send');
    await around.database.query('delete from twitter_limit');
    await around.outside.weather({ twitter: { rateLimits: 'strict', sendsPerWindow: 6, sendsPerDay: 8 } });
    /** Whether X took each of the sends it has seen. */
    const verdicts = () =>
      take.mock.calls.flatMap(([name], at) => {
        const result = take.mock.results[at];
        return name === 'dm-send' && result?.type === 'return' ? [result.value.allowed] : [];
      });
    const [first = { caseId: '', channel: 'twitter' as const }, ...others] = cases;
    const answers = await answerAll(agent, [first]);
    await endedVisibly(around, answers);
    answers.push(...(await answerAll(agent, others)));
    const states = async () => {
      const rows = await around.database.query<{ state: string; count: number }>(
        'select state, count(*)::int as count from delivery where interaction_id = any($1) group by 1',
        [answers.map(({ id }) => id)],
      );
      return new Map(rows.map(({ state, count }) => [state, count]));
    };
    /** The two have found out that nothing may leave before then, and nothing is on its way. */
    const waitsAfter = (sent: number) =>
      waitFor(
        async () => {
          const [held] = await around.database.query(
            `select from twitter_account a where open_at > now() + interval '1 minute'
             and not exists (select from delivery where transmitting_at is not null)`,
          );
          return held !== undefined && (await states()).get('sent') === sent;
        },
        { timeout: 30_000, every: 50 },
      );

    await waitsAfter(6);
    expect(verdicts()).toEqual(Array.from({ length: 6 }, () => true));

    // In the next quarter there are six more, but the day has only two.
    await later(QUARTER_MS + 60_000);
    await waitsAfter(8);
    expect(verdicts()).toEqual(Array.from({ length: 8 }, () => true));
    const waiting = answers.length - 8;
    expect([...(await states()).entries()].filter(([state]) => state !== 'sent').map(([, count]) => count)).toEqual([
      waiting,
    ]);
    const places = [];
    for (const { caseId } of cases) {
      for (const { delivery } of await agent.interactions(caseId)) if (delivery?.queue) places.push(delivery.queue);
    }
    expect(places.map(({ position }) => position).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: waiting }, (_, index) => index + 1),
    );
    const soonest = Math.min(...places.map(({ eta }) => Date.parse(eta ?? '')));
    // X's day began with the first send, a quarter of an hour ago.
    const inHours = (soonest - clock.now().getTime()) / HOUR_MS;
    expect(inHours).toBeGreaterThan(23);
    expect(inHours).toBeLessThan(24);

    // The day after they leave: six in its first quarter, and never a send X had to refuse.
    await later(25 * HOUR_MS);
    await waitFor(async () => (await states()).get('sent') === answers.length, { timeout: 30_000, every: 50 });
    expect(verdicts()).toEqual(Array.from({ length: answers.length }, () => true));
    expect(await endedVisibly(around, answers)).toEqual({ sent: answers.length, 'outcome.unknown': 0 });
    await houseIsInOrder(around);
  }, 180_000);
});
