import { randomUUID } from 'node:crypto';
import {
  CaseClocks,
  Policy,
  PolicyPage,
  PolicyPreview,
  PolicyReapply,
  PolicyVersionPage,
  ReapplyPreview,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let agent: Staff;
let admin: Staff;

beforeAll(async () => {
  world = await startWorld();
  [agent, admin] = await Promise.all([world.login('agent@hilo.test'), world.login('admin@hilo.test')]);
}, 60_000);
afterAll(() => world?.stop());

const GOLD = {
  name: 'Oro sin datos',
  conditions: { tiers: ['gold'], lacks: ['data'] },
  targets: { relief: { minutes: 45, calendar: 'always' } },
};
const put = (body: object) => ({ method: 'PUT', body });
const post = (body: object, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers });
const refused = async (path: string, how: object, by = admin) => {
  const { status, code } = errorOf(await by.ask(path, how));
  return [status, code];
};

it('is made once, changed with the version that was read, and tells what it said', async () => {
  const key = { 'Idempotency-Key': randomUUID() };
  const made = await admin.done('/policies', Policy, post(GOLD, key));
  expect((await admin.done('/policies', Policy, post(GOLD, key))).id).toBe(made.id);
  expect(await refused('/policies', post(GOLD))).toEqual([409, 'policy.name_taken']);
  const at = `/policies/${made.id}`;
  expect(await admin.done(at, Policy, put({ ...GOLD, conditions: {}, version: 1 }))).toMatchObject({ version: 2 });
  expect(await refused(at, put({ ...GOLD, version: 1 }))).toEqual([409, 'policy.version_conflict']);
  await admin.done(at, Policy, put({ ...GOLD, version: 2 }));
  const { items } = await agent.done(`${at}/versions`, PolicyVersionPage);
  expect(items.map(({ version, conditions, by }) => [version, conditions.tiers ?? [], by?.displayName])).toEqual([
    [3, ['gold'], expect.any(String)],
    [2, [], expect.any(String)],
    [1, ['gold'], expect.any(String)],
  ]);
  const page = await agent.done('/policies?limit=1', PolicyPage);
  const next = await agent.done(`/policies?limit=1&cursor=${page.nextCursor ?? ''}`, PolicyPage);
  expect([page, next].map(({ items: [policy] }) => policy?.name)).toEqual(['Oro sin datos', 'General']);
  expect(next.nextCursor).toBeNull();
});

it('is tried with a case that is kept nowhere', async () => {
  const startAt = '2026-03-02T09:00:00.000Z';
  const ask = (facts: object) => agent.done('/policies/preview', PolicyPreview, post({ caseFacts: facts, startAt }));
  const gold = await ask({ tier: 'gold', lacks: ['data'] });
  expect(gold).toMatchObject({ policy: { name: 'Oro sin datos', version: 3 }, passed: [] });
  expect(gold.targets.map(({ metric, dueAt }) => [metric, dueAt])).toEqual([['relief', '2026-03-02T09:45:00.000Z']]);
  const other = await ask({ tier: 'silver' });
  expect(other.policy?.name).toBe('General');
  expect(other.passed.map(({ not }) => not)).toEqual([['tiers', 'lacks']]);
});

it('refuses what cannot be read, and who may only read', async () => {
  const never = { relief: { minutes: 45, calendar: randomUUID() } };
  const name = 'Otra';
  expect(await refused('/policies', post({ name, targets: never }))).toEqual([422, 'policy.no_such_calendar']);
  for (const body of [
    { targets: {} },
    { targets: { next_update: GOLD.targets.relief } },
    { targets: { relief: { minutes: 0, calendar: 'house' } } },
  ])
    expect(await refused('/policies', post({ name, ...body }))).toEqual([400, 'request.invalid']);
  for (const conditions of [{ priorities: [] }, { priorities: ['urgent'] }, { colour: ['red'] }])
    expect(await refused('/policies', post({ ...GOLD, name, conditions }))).toEqual([400, 'request.invalid']);
  const { id } = (await agent.done('/policies', PolicyPage)).items[1] ?? { id: '' };
  const general = `/policies/${id}`;
  expect(await refused(general, { method: 'PATCH', body: { isActive: false } })).toEqual([
    422,
    'policy.last_catch_all',
  ]);
  expect(await refused(`/policies/${randomUUID()}`, put({ ...GOLD, version: 1 }))).toEqual([404, 'policy.not_found']);
  const store = await world.login('store@hilo.test');
  for (const by of [agent, store]) {
    const denied = [403, 'permission.denied'];
    expect(await refused('/policies', post({ ...GOLD, name }), by)).toEqual(denied);
    expect(await refused(general, put({ ...GOLD, version: 1 }), by)).toEqual(denied);
    expect(await refused(general, { method: 'PATCH', body: { place: 0 } }, by)).toEqual(denied);
    expect(await refused(`${general}/reapply`, post({ version: 1, preview: true }), by)).toEqual(denied);
    expect(await refused(`/policies/reapplies/${randomUUID()}`, {}, by)).toEqual(denied);
    expect((await by.ask('/policies')).status).toBe(200);
  }
});

it('is given to open cases after saying what that would do', async () => {
  const { caseId } = await admin.visit({
    ...{
      storeId: world.stores.goya,
      customer: { displayName: 'Lucía Prieto', phone: '+34612407711' },
      text: 'No llama',
    },
  });
  const resolution = async () =>
    (await admin.done(`/cases/${caseId}/clocks`, CaseClocks)).items.find(({ metric }) => metric === 'resolution');
  await waitFor(async () => (await resolution())?.minutes === 7200);
  const general = (await agent.done('/policies', PolicyPage)).items[1];
  if (!general) throw new Error('the house has no policy');
  const { id, name, conditions, targets, version } = general;
  const longer = { ...targets, resolution: { minutes: 9000, calendar: 'always' } };
  await admin.done(`/policies/${id}`, Policy, put({ name, conditions, targets: longer, version }));
  const preview = await admin.done(`/policies/${id}/reapply`, ReapplyPreview, post({ preview: true, version: 2 }));
  expect(preview).toMatchObject({ version: 2, cases: 1, becomeLate: 0, stopBeingLate: 0, end: 0 });
  expect(await refused(`/policies/${id}/reapply`, post({ version: 1 }))).toEqual([409, 'policy.version_conflict']);
  const key = { 'Idempotency-Key': randomUUID() };
  const start = () => admin.ask(`/policies/${id}/reapply`, post({ version: 2 }, key));
  const begun = await start();
  expect(begun.status).toBe(202);
  const run = PolicyReapply.parse(begun.body);
  expect(PolicyReapply.parse((await start()).body).id).toBe(run.id);
  const done = await waitFor(async () => {
    const now = await admin.done(`/policies/reapplies/${run.id}`, PolicyReapply);
    return now.state === 'done' ? now : null;
  });
  expect(done).toMatchObject({ total: 1, done: 1, changed: 1, failed: 0, failures: [] });
  expect(await resolution()).toMatchObject({ minutes: 9000, policy: { name: 'General', version: 2 } });
});
