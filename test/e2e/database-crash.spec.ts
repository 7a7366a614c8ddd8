import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#platform';
import { EmbeddedPostgres } from '../../apps/launcher/src/postgres/server.js';
import type { TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { ask, type Staff } from './staff.js';
import { acquaintances, type Answered, answerAll, Burst, endedVisibly, houseIsInOrder } from './traffic.js';
import { startWorld, type World } from './world.js';

const MESSAGES = Number(process.env['HILO_E2E_MESSAGES'] ?? 2000);
const ANSWERS = 50;
const PEOPLE = 100;
/** Longer than a try may hold on to a message. */
const LEASE_MS = 121_000;

/** A PostgreSQL that keeps what it has committed, and can be killed: it is brought back on the same port. */
async function durableDatabase(): Promise<TestDatabase & { kill(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hilo-e2e-pg-'));
  const server = new EmbeddedPostgres({
    folder: join(folder, 'postgres'),
    logPath: join(folder, 'postgres.log'),
    database: 'hilo',
  });
  const url = await server.start();
  await migrate(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
      (await pool.query<Row>(sql, values)).rows,
    kill: async () => {
      const { pid } = server;
      if (pid === undefined) throw new Error('there is no server to kill');
      process.kill(pid, 'SIGKILL');
      await waitFor(() => server.pid !== pid, { timeout: 30_000 });
      await waitFor(async () => (await pool.query('select 1')).rowCount === 1, { timeout: 60_000, every: 50 });
    },
    drop: async () => {
      await pool.end();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('PostgreSQL killed under a product that lives', () => {
  let database: Awaited<ReturnType<typeof durableDatabase>>;
  let world: World;
  let agent: Staff;

  beforeAll(async () => {
    database = await durableDatabase();
    world = await startWorld({
      database,
      environment: { HILO_UNDO_SECONDS: '0' },
      sandbox: { retryDelaysMs: [300, 1_000, 2_000, 4_000, 8_000, 16_000], mailRetryDelaysMs: [300, 1_000, 2_000] },
    });
    agent = await world.login('agent@hilo.test');
  }, 120_000);
  afterAll(() => world?.stop(), 60_000);

  it(`three times in the middle of ${MESSAGES} messages and ${ANSWERS} answers loses and repeats nothing`, async () => {
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
      await waitFor(async () => (await database.query('select from delivery where transmitting_at is not null'))[3], {
        timeout: 30_000,
        every: 5,
      });
      await database.kill();
    }
    await burst.arrivesOnce();
    const answers = (await Promise.all(answering)).flat();
    // A claim whose answer was lost with the connection is looked at again when its time is over.
    world.clock.advance(LEASE_MS);
    const ends = await endedVisibly(world, answers);
    expect((ends['sent'] ?? 0) + (ends['outcome.unknown'] ?? 0)).toBe(ANSWERS);
    await houseIsInOrder(world);
  }, 180_000);

  it('is answered with 503 while it is away, ready again after, and closes no socket', async () => {
    const inbox = await Listener.open(agent);
    const killed = database.kill();
    const away = await waitFor(async () => {
      const answer = await agent.ask('/cases');
      return answer.status === 503 && answer;
    });
    expect(away.body).toMatchObject({ code: 'server.unavailable' });
    await killed;
    await waitFor(async () => (await ask(`${world.url}/readyz`)).status === 200, { timeout: 30_000 });
    const person = await world.outside.newcomer();
    await world.outside.writeDm(person, 'Después del corte');
    const [found] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    await inbox.hears(found?.id ?? '', 'case.opened');
    expect(inbox.ended).toBeNull();
    inbox.close();
  }, 120_000);
});
