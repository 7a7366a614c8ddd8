import { Analysis, AnalysisMetric, MetricDetail, MetricRowPage } from '#contracts';
import { waitFor } from '../support/wait.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** Figures over HTTP: to whom, of which days, and as a file. */
let world: World;
let agent: Staff;
let supervisor: Staff;

beforeAll(async () => {
  world = await startWorld();
  [agent, supervisor] = await Promise.all([world.login('agent@hilo.test'), world.login('supervisor@hilo.test')]);
  for (const [displayName, phone] of [
    ['=cmd|calc', '+34612407731'],
    ['Ana, "la de Goya"', '+34612407732'],
  ] as const) {
    const { caseId } = await agent.visit({
      storeId: world.stores.goya,
      customer: { displayName, phone },
      text: 'No enciende',
      lacks: ['calls'],
    });
    await agent.ask(`/cases/${caseId}/re-explanations`, { method: 'POST', body: { source: 'agent_asked' } });
  }
  await waitFor(async () => (await world.database.query('select from clock where met_at is not null')).length === 2);
}, 60_000);
afterAll(() => world?.stop());

const PATHS = ['', '/sla_met', '/sla_met/rows', '/sla_met/rows.csv'];

it('is for who supervises', async () => {
  const store = await world.login('store@hilo.test');
  for (const staff of [agent, store])
    for (const path of PATHS)
      expect(errorOf(await staff.ask(`/analysis${path}`))).toMatchObject({ status: 403, code: 'permission.denied' });
  const admin = await world.login('admin@hilo.test');
  for (const staff of [supervisor, admin])
    for (const path of PATHS) expect([path, (await staff.ask(`/analysis${path}`)).status]).toEqual([path, 200]);
});

it('tells what each metric says, and the same figure everywhere', async () => {
  const { cards } = await supervisor.done('/analysis', Analysis);
  expect(cards.map(({ metric }) => metric)).toEqual(AnalysisMetric.options);
  expect(cards.find(({ metric }) => metric === 'told_again')).toMatchObject({ now: { value: 2, n: 2 }, target: 0 });
  expect(cards.find(({ metric }) => metric === 'on_paper_now')).toMatchObject({ now: { value: 2 }, before: null });
  const detail = await supervisor.done('/analysis/sla_met?group=queue', MetricDetail);
  expect(detail.now).toMatchObject({ value: 1, n: 2 });
  expect(detail.groups).toMatchObject([{ key: expect.any(String), name: expect.any(String), n: 2 }]);
  expect(detail.cells).toMatchObject([{ channel: 'store', value: 1 }]);
  const first = await supervisor.done('/analysis/sla_met/rows?limit=1', MetricRowPage);
  const second = await supervisor.done(`/analysis/sla_met/rows?limit=1&cursor=${first.nextCursor}`, MetricRowPage);
  expect([first, second].flatMap(({ items }) => items.map(({ detail: of }) => of))).toEqual([
    'first_useful_action',
    'first_useful_action',
  ]);
  expect(second.nextCursor).toBeNull();
});

it('a file is what a spreadsheet opens and never runs', async () => {
  const answer = await supervisor.ask('/analysis/told_again/rows.csv');
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="told_again.csv"');
  const text = answer.bytes.toString();
  expect(text.startsWith('\uFEFFdía,momento,caso,cliente,canal,cola,persona,nivel,valor,detalle,moneda\r\n')).toBe(
    true,
  );
  const lines = text.trimEnd().split('\r\n').slice(1);
  expect(lines).toHaveLength(2);
  expect(text).toContain(",'=cmd|calc,store,");
  expect(text).toContain(',"Ana, ""la de Goya""",store,');
  expect(lines.every((line) => line.endsWith(',standard,1,Se lo preguntamos,'))).toBe(true);
  const empty = await supervisor.ask('/analysis/told_again/rows.csv?from=2020-01-01&to=2020-01-02');
  expect(empty.bytes.toString().split('\r\n')).toHaveLength(2);
});

it('of at most 400 days, which end after they begin', async () => {
  const status = async (query: string) => (await supervisor.ask(`/analysis?${query}`)).status;
  expect(await status('from=2025-01-01&to=2026-02-04')).toBe(200);
  expect(await status('from=2025-01-01&to=2026-02-05')).toBe(400);
  expect(await status('from=2026-02-05&to=2026-02-04')).toBe(400);
  expect(await status('from=2026-02-30')).toBe(400);
  expect(await status('channel=pigeon')).toBe(400);
  expect((await supervisor.ask('/analysis/luck')).status).toBe(400);
  expect((await supervisor.ask('/analysis/sla_met?group=moon')).status).toBe(400);
});
