import { type Deployment, deploy } from './deployment.js';
import type { Staff } from './staff.js';
import { waitFor } from '../support/wait.js';
import { acquaintances, type Answered, answerAll, Burst, endedVisibly, houseIsInOrder } from './traffic.js';

const MESSAGES = Number(process.env['HILO_E2E_MESSAGES'] ?? 2000);
const ANSWERS = 50;
const PEOPLE = 100;
const STOP_WITHIN_MS = 10_000;

describe('the process of the product', () => {
  let world: Deployment;
  let agent: Staff;

  beforeEach(async () => {
    world = await deploy({
      environment: { HILO_UNDO_SECONDS: '0' },
      // X's own waits are 3 s, 30 s and 5 min: as many tries as it takes here, and sooner.
      sandbox: { retryDelaysMs: [300, 1_000, 2_000, 4_000, 8_000, 16_000], mailRetryDelaysMs: [300, 1_000, 2_000] },
    });
    agent = await world.login('agent@hilo.test');
  }, 60_000);
  afterEach(() => world?.stop());

  /** Long enough on the way that a kill hits some of them. */
  const slowX = () => world.outside.weather({ twitter: { latencyMs: 150 } });

  /** Some answers are on their way, and nobody has heard yet whether they arrived. */
  const underway = () =>
    waitFor(
      async () => (await world.database.query('select from delivery where transmitting_at is not null')).length > 3,
      { timeout: 30_000, every: 5 },
    );

  it(`killed three times in the middle of ${MESSAGES} messages and ${ANSWERS} answers loses and repeats nothing`, async () => {
    const cases = await acquaintances(world, agent, ANSWERS);
    await slowX();
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
      await underway();
      await world.product.kill();
      await world.product.start();
    }
    await burst.arrivesOnce();
    const ends = await endedVisibly(world, (await Promise.all(answering)).flat());
    expect((ends['sent'] ?? 0) + (ends['outcome.unknown'] ?? 0)).toBe(ANSWERS);
    await houseIsInOrder(world);
  }, 180_000);

  it('told to stop in the middle of everything ends with 0 in time, and loses nothing', async () => {
    const cases = await acquaintances(world, agent, 20);
    await slowX();
    const burst = await Burst.start(world, 600, PEOPLE);
    const answering: Promise<Answered[]>[] = [];
    for (const [turn, share] of [0.2, 0.6].entries()) {
      await burst.reaches(share);
      answering.push(
        answerAll(
          agent,
          cases.filter((_, index) => index % 2 === turn),
        ),
      );
      await underway();
      const { code, ms } = await world.product.terminate();
      expect(code).toBe(0);
      expect(ms).toBeLessThan(STOP_WITHIN_MS);
      await world.product.start();
    }
    await burst.arrivesOnce();
    // Nothing was cut off: what had begun to leave was finished.
    expect(await endedVisibly(world, (await Promise.all(answering)).flat())).toEqual({
      sent: 20,
      'outcome.unknown': 0,
    });
    await houseIsInOrder(world);
  }, 120_000);

  it('told to stop while X does not answer ends with 0 in time all the same', async () => {
    const [{ caseId } = { caseId: '' }] = await acquaintances(world, agent, 1);
    await world.outside.weather({ twitter: { latencyMs: 12_000 } });
    await agent.reply(caseId, { channel: 'twitter', text: '¿Hay alguien?' });
    await waitFor(
      async () => (await world.database.query('select from delivery where transmitting_at is not null')).length === 1,
    );
    const { code, ms } = await world.product.terminate();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(STOP_WITHIN_MS);
  }, 60_000);

  it('killed between taking a message on and making a job of it sends it right after the start', async () => {
    const person = await world.outside.newcomer();
    await world.outside.writeDm(person, 'Hola');
    const [found] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    const caseId = found?.id ?? '';
    await world.outside.accept(person, false);
    const { id } = await agent.reply(caseId, { channel: 'twitter', text: 'Aquí estamos.' });
    await waitFor(async () => (await agent.entry(caseId, id))?.delivery?.state === 'failed');
    await world.product.kill();
    await world.outside.accept(person, true);
    await world.database.query(
      `update delivery set state = 'pending', reason = null, attempts = attempts + 1, due_at = now() + interval '2 minutes'
       where interaction_id = $1`,
      [id],
    );
    await world.product.start();
    await waitFor(async () => (await agent.entry(caseId, id))?.delivery?.state === 'sent', { timeout: 20_000 });
    expect(await world.outside.dmsTo(person)).toHaveLength(1);
  }, 60_000);
});
