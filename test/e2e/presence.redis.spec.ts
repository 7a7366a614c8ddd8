import { loadConfig } from '#platform';
import { type Product, startProduct } from '../../apps/product.js';
import { freePort } from '../support/ports.js';
import { startRedis, type TestRedis } from '../support/redis.js';
import { waitFor } from '../support/wait.js';
import { Window } from './presence.js';
import { Staff } from './staff.js';
import { mayDeliver, ShiftedClock, surround, type Surroundings } from './world.js';

describe('presence across two api processes on one Redis', () => {
  let redis: TestRedis;
  let around: Surroundings;
  const clock = new ShiftedClock();
  const products: Product[] = [];
  let otherUrl: string;
  let marta: Staff;
  let iván: Staff;
  let goya: string;
  let granvia: string;

  const start = async (environment: NodeJS.ProcessEnv) => {
    const product = await startProduct(loadConfig({ ...around.environment, ...environment }), {
      ...{ clock, queuePrefix: 'presence' },
    });
    products.push(product);
    return product;
  };

  beforeAll(async () => {
    redis = await startRedis();
    around = await surround({ redisUrl: redis.url }, () => clock.now().getTime());
    const other = await freePort();
    otherUrl = `http://127.0.0.1:${other}`;
    await start({});
    await start({ HILO_ROLES: 'api', PORT: String(other) });
    await mayDeliver(around);
    [marta, iván] = await Promise.all([around.login('agent@hilo.test'), around.login('ivan@hilo.test')]);
    const visit = async (storeId: string, phone: string) =>
      (await marta.visit({ storeId, customer: { displayName: 'Ana', phone }, text: 'No enciende.' })).caseId;
    goya = await visit(around.stores.goya, '+34612000001');
    granvia = await visit(around.stores.granvia, '+34612000002');
  }, 60_000);
  afterAll(async () => {
    await Promise.all(products.map((product) => product.stop()));
    await around?.stop();
    await redis?.stop();
  }, 60_000);

  it('is told at one of who is at the other, once for a person with a window at each', async () => {
    const there = new Staff(otherUrl, iván.headers);
    const [hers, hersThere, his] = await Promise.all([
      Window.open(marta),
      Window.open(new Staff(otherUrl, marta.headers)),
      Window.open(there),
    ]);
    await hers.be(goya, 'writing');
    await his.sees(goya, 'Marta Rey: writing');
    await hersThere.be(goya, 'viewing');
    await his.be(goya, 'viewing');
    await hers.sees(goya, 'Marta Rey: writing', 'Iván Salas: viewing');
    hers.close();
    await his.sees(goya, 'Iván Salas: viewing', 'Marta Rey: viewing');
    hersThere.close();
    await his.sees(goya, 'Iván Salas: viewing');
    his.close();
  });

  it('tells nobody at the other process of a case they may not see', async () => {
    const rubén = new Staff(otherUrl, (await around.login('store@hilo.test')).headers);
    const [hers, listening, watching] = await Promise.all([
      Window.open(marta),
      Window.open(rubén),
      Window.open(rubén, true),
    ]);
    await watching.watch(granvia, goya);
    await hers.be(granvia, 'writing');
    await hers.be(goya, 'writing');
    for (const window of [listening, watching]) {
      await window.sees(goya, 'Marta Rey: writing');
      expect(window.told.map(({ caseId }) => caseId)).toEqual([goya]);
      window.close();
    }
    hers.close();
  });

  it('knows at once, in a process that has just come, who is there; and that a process that went took its people along', async () => {
    const hers = await Window.open(marta);
    await hers.be(goya, 'viewing');
    const port = await freePort();
    const late = await start({ HILO_ROLES: 'api', PORT: String(port) });
    const his = await Window.open(new Staff(`http://127.0.0.1:${port}`, iván.headers), true);
    await waitFor(
      async () => {
        const answer = await his.watch(goya);
        return answer.ok && answer.items[0]?.people.length === 1;
      },
      { every: 500 },
    );
    expect(await his.be(goya, 'at_counter')).toMatchObject({ ok: true });
    await hers.sees(goya, 'Iván Salas: at_counter', 'Marta Rey: viewing');
    his.close();
    await late.stop();
    products.splice(products.indexOf(late), 1);
    await hers.sees(goya, 'Marta Rey: viewing');
    hers.close();
  });
});
