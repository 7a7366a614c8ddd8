import { io, type Socket } from 'socket.io-client';
import {
  DashboardRows,
  DashboardTile,
  DashboardTiles,
  Handover,
  NewWallLink,
  RecountAnswer,
  WallLinks,
  WallNow,
} from '#contracts';
import { expectPrompt } from '../support/prompt.js';
import { waitFor } from '../support/wait.js';
import { ask, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MINUTE_MS = 60_000;

/** Counted from what stands in the tables now, in other words than the product's. */
const FRESH = `select json_build_object(
  'paper', count(*) filter (where cardinality(l.lacks) > 0 and not l.next_is_late and not l.update_late and not l.quiet and not exists (select from clock k
    where k.case_id = l.case_id and k.metric in ('first_useful_action', 'next_response') and k.met_at is null and k.ended_at is null and k.paused_for is null)),
  'without_service', count(*) filter (where exists (select from impact i where i.case_id = c.id and i.state <> 'restored')),
  'without_loaner', count(*) filter (where exists (select from impact i where i.case_id = c.id and i.state in ('reported', 'confirmed'))),
  'breached', count(*) filter (where exists (select from clock k where k.case_id = c.id and k.side = 'customer' and k.breached_at is not null
    and k.met_at is null and k.ended_at is null and k.paused_for is null)),
  'at_risk', count(*) filter (where not l.next_is_late and l.next_due_at <= $1::timestamptz + interval '30 minutes'),
  'update_late', count(*) filter (where exists (select from clock k where k.case_id = c.id and k.metric = 'next_update' and k.breached_at is not null
    and k.met_at is null and k.ended_at is null)),
  'handovers', (select count(*) from handover h join cases o on o.id = h.case_id where o.is_open and h.acknowledged_at is null and h.superseded_at is null)) as found
  from cases c join case_ledger l on l.case_id = c.id where c.is_open`;

class Desk {
  readonly heard: number[] = [];
  readonly others = new Set<string>();

  private constructor(private readonly socket: Socket) {
    socket.onAny((event: string) => this.others.add(event));
    socket.on('dashboard.changed', () => this.heard.push(performance.now()));
  }

  static async open(staff: Staff): Promise<Desk> {
    const socket = io(`${staff.url}/live`, {
      transports: ['websocket'],
      extraHeaders: staff.headers,
      auth: { batched: true },
      forceNew: true,
    });
    const desk = new Desk(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return desk;
  }

  close(): void {
    this.socket.close();
  }
}

describe('the dashboard, with two supervisors and fifty agents at their desks', () => {
  let world: World;
  let agent: Staff;
  let elena: Staff;
  let supervisors: Desk[];
  let agents: Desk[];
  const pushes: number[] = [];

  beforeAll(async () => {
    world = await startWorld();
    [agent, elena] = await Promise.all([world.login('agent@hilo.test'), world.login('supervisor@hilo.test')]);
    const carlos = await world.login('admin@hilo.test');
    supervisors = await Promise.all([elena, carlos].map((staff) => Desk.open(staff)));
    agents = await Promise.all(Array.from({ length: 50 }, () => Desk.open(agent)));
  }, 120_000);
  afterAll(async () => {
    for (const desk of [...(supervisors ?? []), ...(agents ?? [])]) desk.close();
    await world?.stop();
  });

  const figures = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await elena.done('/dashboard/tiles', DashboardTiles)).tiles.map(({ tile, count }) => [tile, count]),
    );
  const fresh = async (): Promise<Record<string, number>> => {
    const [row] = await world.database.query<{ found: Record<string, number> }>(FRESH, [world.clock.now()]);
    return row?.found ?? {};
  };
  /** Everything that happened was handed on, and no clock is late, or on a rung of its ladder, that nobody marked. */
  const settled = () =>
    waitFor(async () => {
      const [row] = await world.database.query<{ busy: boolean }>(
        `select exists (select from case_outbox)
           or exists (select from clock where due_at <= $1 and met_at is null and ended_at is null and breached_at is null)
           or exists (select from clock where breached_at is not null and not is_told) or exists (select from clock where rung_at <= $1) as busy`,
        [world.clock.now()],
      );
      return row?.busy === false;
    });

  /** A deed: both supervisors are told, and what they read then is what is there. */
  async function step(deed: () => Promise<unknown>, expected: Record<string, number>): Promise<void> {
    const before = supervisors.map(({ heard }) => heard.length);
    const began = performance.now();
    await deed();
    const done = performance.now();
    await waitFor(() => supervisors.every(({ heard }, at) => heard.length > (before[at] ?? 0)));
    pushes.push(...supervisors.map(({ heard }, at) => (heard[before[at] ?? 0] ?? Infinity) - Math.max(began, done)));
    await settled();
    const told = await figures();
    expect(told).toMatchObject(await fresh());
    expect(told).toMatchObject(expected);
    for (const tile of DashboardTile.options) {
      const { items } = await elena.done(`/dashboard/rows?tile=${tile}&limit=200`, DashboardRows);
      expect([tile, items.length]).toEqual([tile, told[tile]]);
    }
  }

  const caseOf = (name: string) => visits.get(name) ?? { caseId: '', impacts: [] };
  const visits = new Map<string, { caseId: string; impacts: string[] }>();
  let phones = 0;
  const visit = async (name: string, lacks: ('calls' | 'data')[]) => {
    const { caseId } = await agent.visit({
      ...{ storeId: world.stores.goya, text: 'Viene a preguntar.', lacks },
      customer: { displayName: name, phone: `+34612${String((phones += 1)).padStart(6, '0')}` },
    });
    visits.set(name, { caseId, impacts: (await agent.case(caseId)).impacts.map(({ id }) => id) });
  };
  const post = (path: string, body: unknown = {}) => agent.ask(path, { method: 'POST', body });
  const impact = (name: string, at: number, state: string) =>
    agent.ask(`/cases/${caseOf(name).caseId}/impacts/${caseOf(name).impacts[at]}`, {
      method: 'PATCH',
      body: { state },
    });

  it('tells what is true after every deed, within a second', async () => {
    await step(() => visit('Lucía Ferrer', ['calls']), { without_service: 1, without_loaner: 1, breached: 0 });
    await step(() => visit('Hassan Idrissi', ['data']), { without_service: 2, without_loaner: 2 });
    await step(() => impact('Hassan Idrissi', 0, 'relieved'), { without_service: 2, without_loaner: 1 });
    let handover = '';
    await step(
      async () => {
        const [{ id: to } = { id: '' }] = await world.database.query<{ id: string }>(
          `select id from agent where email = 'store@hilo.test'`,
        );
        const body = { to: { agentId: to }, reason: 'Está allí' };
        handover = (
          await agent.done(`/cases/${caseOf('Lucía Ferrer').caseId}/handovers`, Handover, { method: 'POST', body })
        ).id;
      },
      { handovers: 1 },
    );
    const rubén = await world.login('store@hilo.test');
    await step(() => rubén.ask(`/handovers/${handover}/acknowledge`, { method: 'POST', body: {} }), { handovers: 0 });
    const dueAt = new Date(world.clock.now().getTime() + 20 * MINUTE_MS).toISOString();
    await step(() => post(`/cases/${caseOf('Hassan Idrissi').caseId}/promises`, { kind: 'update', dueAt }), {
      at_risk: 1,
      update_late: 0,
    });
    await step(async () => world.clock.advance(21 * MINUTE_MS), { at_risk: 0, update_late: 1, breached: 1 });
    await step(() => impact('Hassan Idrissi', 0, 'restored'), { without_service: 1 });
    await step(() => impact('Lucía Ferrer', 0, 'restored'), { without_service: 0, without_loaner: 0, paper: 0 });
    const answer = await elena.done('/dashboard/recount', RecountAnswer, { method: 'POST', body: {} });
    expect(answer.wrong).toEqual([]);
    expectPrompt(pushes, 1000);
  }, 120_000);

  it('rings for nobody else', () => {
    for (const { heard, others } of agents) {
      expect(heard).toEqual([]);
      expect(others.has('cases.changed')).toBe(true);
    }
  });

  it('is for those who supervise', async () => {
    for (const path of ['/dashboard/tiles', '/dashboard/rows?tile=breached', '/dashboard/panels', '/wall-links'])
      expect({ path, ...errorOf(await agent.ask(path)) }).toMatchObject({
        path,
        status: 403,
        code: 'permission.denied',
      });
    for (const path of ['/dashboard/recount', '/wall-links'])
      expect(errorOf(await agent.ask(path, { method: 'POST', body: { name: 'x', language: 'es' } }))).toMatchObject({
        code: 'permission.denied',
      });
  });

  it('a wall opens with its token, which opens nothing else there is', async () => {
    const body = { name: 'Sala', language: 'es' };
    const link = await elena.done('/wall-links', NewWallLink, { method: 'POST', body });
    const token = new URL(link.url).hash.slice(1);
    const api = `${world.url}/api/v1`;
    const shown = await ask(`${api}/wall`, { headers: { authorization: `Wall ${token}` } });
    const wall = WallNow.parse(shown.body);
    expect([shown.status, wall.name, wall.figures.length]).toEqual([200, 'Sala', DashboardTile.options.length]);

    const { body: document } = await ask(`${world.url}/api/openapi.json`);
    const { paths } = document as { paths: Record<string, Record<string, unknown>> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method, path]),
    );
    expect(routes.length).toBeGreaterThan(100);
    const keys: Record<string, string>[] = [
      { authorization: `Wall ${token}` },
      { authorization: `Bearer ${token}` },
      { cookie: `hilo_session=${token}` },
    ];
    const opened: string[] = [];
    for (const [method = '', path = ''] of routes)
      for (const headers of keys) {
        const at = `${world.url}${path.replaceAll(/\{\w+\}/gu, link.id)}`;
        const sent = method === 'get' || method === 'delete' ? {} : { body: {} };
        const { status } = await ask(at, { method: method.toUpperCase(), headers, ...sent });
        if (status !== 401) opened.push(`${method} ${path} ${Object.keys(headers)[0]} ${status}`);
      }
    const publicOnes = /^\w+ \/(?:webhooks|api\/v1\/(?:session|wall|twitter\/callback))\b/u;
    expect(opened.filter((route) => !publicOnes.test(route))).toEqual([]);
    expect(opened.filter((route) => route.startsWith('get /api/v1/wall '))).toEqual([
      'get /api/v1/wall authorization 200',
      'get /api/v1/wall authorization 403',
      'get /api/v1/wall cookie 403',
    ]);

    await elena.ask(`/wall-links/${link.id}`, { method: 'DELETE' });
    const closed = await ask(`${api}/wall`, { headers: { authorization: `Wall ${token}` } });
    expect(errorOf(closed)).toMatchObject({ status: 403, code: 'wall.closed' });
    expect((await elena.done('/wall-links', WallLinks)).items).toEqual([]);
  }, 60_000);
});
