import { InteractionEntry } from '#contracts';
import { loadConfig } from '#platform';
import { type Product, startProduct } from '../../apps/product.js';
import { freePort } from '../support/ports.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { ask, Staff } from './staff.js';
import { acquaintances, answerAll, Burst, endedVisibly, houseIsInOrder } from './traffic.js';
import { mayDeliver, ShiftedClock, type Surroundings, surround } from './world.js';

describe('api and worker apart, two of each, on one Redis', () => {
  let redis: TestRedis;
  let around: Surroundings;
  const clock = new ShiftedClock();
  const products: Product[] = [];
  /** Where the second api is. */
  let otherUrl: string;
  let agent: Staff;
  /** The same person with the same session at the second api. */
  let elsewhere: Staff;

  beforeAll(async () => {
    redis = await startRedis();
    around = await surround({ redisUrl: redis.url, environment: { HILO_UNDO_SECONDS: '0' } }, () =>
      clock.now().getTime(),
    );
    const other = await freePort();
    otherUrl = `http://127.0.0.1:${other}`;
    const start = async (environment: NodeJS.ProcessEnv) =>
      products.push(
        await startProduct(loadConfig({ ...around.environment, ...environment }), { clock, queuePrefix: 'roles' }),
      );
    await start({ HILO_ROLES: 'api' });
    await start({ HILO_ROLES: 'api', PORT: String(other) });
    await start({ HILO_ROLES: 'worker', PORT: '0' });
    await start({ HILO_ROLES: 'worker', PORT: '0', HILO_SMTP_PORT: '0' });
    await mayDeliver(around);
    agent = await around.login('agent@hilo.test');
    elsewhere = new Staff(otherUrl, agent.headers);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(products.map((product) => product.stop()));
    await around?.stop();
    await redis?.stop();
  }, 60_000);

  it('all say that they are ready, and a worker has no door for people', async () => {
    for (const { httpPort } of products)
      expect({ httpPort, ...(await ask(`http://127.0.0.1:${httpPort}/readyz`)) }).toMatchObject({
        httpPort,
        status: 200,
      });
    const [, , worker] = products;
    expect((await ask(`http://127.0.0.1:${worker?.httpPort}/api/v1/cases`)).status).toBe(404);
  });

  it('what comes in at one rings at the other within a second', async () => {
    const inbox = await Listener.open(elsewhere);
    const person = await around.outside.newcomer();
    for (const [text, write] of [
      ['dm', () => around.outside.writeDm(person, 'Hola')],
      ['mail', () => around.outside.writeMail(person, { subject: 'Hola', text: 'Hola' })],
    ] as const) {
      const heard = inbox.heard.length;
      const before = performance.now();
      await write();
      const rung = await waitFor(() => inbox.heard.slice(heard).find(({ types }) => types.includes('case.opened')));
      expect({ text, late: rung.heardAt - before > 1000 }).toEqual({ text, late: false });
    }
    inbox.close();
  });

  it('a logout at one closes the socket at the other', async () => {
    const leaving = await around.login('agent@hilo.test');
    const inbox = await Listener.open(new Staff(otherUrl, leaving.headers));
    await leaving.ask('/session', { method: 'DELETE' });
    await waitFor(() => inbox.ended);
    expect(inbox.ended).toBe('io server disconnect');
  });

  it('two workers send every answer once, and take every message in once', async () => {
    const cases = await acquaintances(around, agent, 30);
    const burst = await Burst.start(around, 300, 30);
    const answers = await answerAll(elsewhere, cases);
    await burst.arrivesOnce();
    expect(await endedVisibly(around, answers)).toEqual({ sent: 30, 'outcome.unknown': 0 });
    await houseIsInOrder(around);
  }, 60_000);

  it('a request repeated at the other api is the same request', async () => {
    const [{ caseId } = { caseId: '' }] = await acquaintances(around, agent, 1);
    const request = {
      ...{ method: 'POST', headers: { 'idempotency-key': 'one-key-two-apis' } },
      body: { channel: 'twitter', text: 'Una vez' },
    };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? agent : elsewhere).ask(`/cases/${caseId}/replies`, request),
      ),
    );
    expect(new Set(answers.map(({ body }) => InteractionEntry.parse(body).id)).size).toBe(1);
  });
});
