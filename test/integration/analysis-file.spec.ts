import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnalysisMetric, METRICS } from '#contracts';
import { AnalysisView } from '#views';
import { newFastifyAdapter } from '../../apps/api/src/http/http-app.js';
import { sendCsv } from '../../apps/api/src/http/csv-file.js';
import { aPerson, openRooms, type Rooms } from '../factories/rooms.js';
import { chance, keep, pastCases } from './analysis.world.js';

/** A file that somebody takes slowly, or not at all, is nobody else's business. */

const PERIOD = { from: '2026-03-05', to: '2026-04-03' };
const METRIC = AnalysisMetric.options.find((metric) => METRICS[metric].kind === 'duration') ?? 'sla_met';
/** More than sockets keep of what nobody takes. */
const LINE = 'x'.repeat(200_000);

let rooms: Rooms;
let view: AnalysisView;
const sockets: Socket[] = [];
const server = newFastifyAdapter([]).getInstance();
let port: number;

beforeAll(async () => {
  rooms = await openRooms();
  rooms.clock.set(new Date('2026-04-03T09:30:00Z'));
  view = rooms.get(AnalysisView);
  const [agent, queue] = [await aPerson(rooms), '0197a000-0000-7000-8000-000000000001'];
  await rooms.db.query('insert into queue (id, name) values ($1, $2)', [queue, 'Cola']);
  await keep(
    rooms.db,
    pastCases(150, chance(7), { now: rooms.clock.now(), days: 30, agents: [agent.id], queues: [queue] }),
  );
  server.get<{ Params: { person: string } }>('/:person', async (request, reply) => {
    const analyst = { id: request.params.person, language: 'es' as const };
    await sendCsv(reply, 'rows.csv', 'id\n', (hand) =>
      view.all(analyst, METRIC, PERIOD, (rows) => hand(rows.map(({ id }) => `${id}${LINE}\n`).join(''))),
    );
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = server.server.address() as { port: number });
}, 60_000);
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server?.close();
  await rooms?.close();
});

/** Asks for the file, reads how it begins and takes no more. */
async function stall(person: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.write(`GET /${person} HTTP/1.1\r\nhost: hilo.test\r\n\r\n`);
  await once(socket, 'readable');
  expect(String(socket.read(12))).toBe('HTTP/1.1 200');
  return socket;
}

it('whoever reads slowly holds no seat and no transaction: all others are served', async () => {
  for (const person of ['ana', 'berta', 'carla', 'ana']) await stall(person);
  const idle = await rooms.db.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  );
  expect(idle).toEqual([{ count: 0 }]);
  const rows: string[] = [];
  await view.all(
    { id: 'dora', language: 'es' },
    METRIC,
    PERIOD,
    async (portion) => void rows.push(...portion.map(({ id }) => id)),
  );
  expect(rows.length).toBeGreaterThan(50);
  const whole = await (await fetch(`http://127.0.0.1:${port}/ana`)).text();
  expect(
    whole
      .split('\n')
      .slice(1, -1)
      .map((line) => line.slice(0, 36)),
  ).toEqual(rows);
});

it('what takes too long to read is refused before anything is sent', async () => {
  const slow = view.all({ id: 'eva', language: 'es' }, METRIC, PERIOD, async () => rooms.clock.advance(61_000));
  await expect(slow).rejects.toMatchObject({ code: 'analysis.too_slow' });
});
