import { CaseLinks } from '#contracts';
import { attempts, everythingOfGranVia, type Foreign } from './foreign.js';
import { settled } from './ledger.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let agent: Staff;
/** At the counter of Goya; what is foreign is of Gran Vía. */
let store: Staff;
let foreign: Foreign;

beforeAll(async () => {
  world = await startWorld();
  [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
  foreign = await everythingOfGranVia(world, agent);
}, 60_000);
afterAll(() => world?.stop());

/** Routes that name no case and no customer, and lists, which are looked through below. */
const OF_NOBODY = [
  ...[
    'session',
    'people',
    'people/me',
    'stores',
    'stores/{id}',
    'queues',
    'next',
    'me/away',
    'channels/health',
    'intakes/terms',
    'attachments',
  ],
  ...['mailboxes', 'mailboxes/{id}', 'mailboxes/{id}/test', 'twitter/callback', 'twitter/accounts'],
  ...['twitter/accounts/connect', 'twitter/accounts/{userId}/check', 'twitter/accounts/{userId}'],
  ...['rejects', 'rejects/{id}/release', 'rejects/{id}/discard', 'rejects/{id}/raw', 'elsewhere'],
  ...['customers/import', 'imports', 'imports/{id}', 'imports/{id}/refusals.csv', 'calls/import', 'calls/ringing'],
  // Whoever is at the counter is believed to be there; whoever has to look all the same breaks the glass.
  ...['visits', 'calls', 'cases/break-glass', 'break-glass'],
  ...['callers', 'cases', 'cases/counts', 'customers', 'drafts', 'handovers', 'presence', 'reviews', 'search'],
  ...['warm-redirects', 'notifications', 'notifications/read', 'me/notification-preferences'],
  ...['calendars', 'calendars/preview', 'calendars/holiday-regions', 'calendars/{id}', 'calendars/{id}/preview'],
  ...['calendars/{id}/stores', 'calendars/{id}/exceptions/{date}', 'calendars/{id}/holidays'],
  'calendars/{id}/holidays/review',
  ...['policies', 'policies/{id}', 'policies/{id}/versions', 'policies/preview', 'policies/{id}/reapply'],
  'policies/reapplies/{id}',
  ...['partners', 'partners/{id}', 'partners/{id}/versions', 'partners/{id}/form', 'partners/{id}/check'],
  'partners/scorecards',
  ...['partners/{id}/keys', 'partners/{id}/keys/{keyId}'],
  // Lists of what one sees; what got stuck is a supervisor's, other systems an administrator's.
  ...['handoffs', 'handoff-letters', 'handoff-letters/{id}/settle'],
  ...['webhooks', 'webhooks/{id}', 'webhooks/{id}/secret', 'webhooks/{id}/replay', 'webhooks/{id}/messages'],
  'webhooks/{id}/messages/{messageId}/replay',
  ...[
    'dashboard/tiles',
    'dashboard/rows',
    'dashboard/panels',
    'dashboard/recount',
    'wall-links',
    'wall-links/{id}',
    'wall',
  ],
  ...['analysis', 'analysis/{metric}', 'analysis/{metric}/rows', 'analysis/{metric}/rows.csv'],
  ...['ladders', 'ladders/{id}', 'escalations'],
  ...[
    'devices',
    'devices/{id}',
    'device-models',
    'device-models/{id}',
    'device-models/{id}/tacs',
    'device-models/import',
  ],
  'repair-stages',
  ...['warranty-parameters', 'warranty-parameters/{id}', 'warranty-parameters/{id}/retire'],
  ...['loaners', 'loaners/demand', 'loaner-models', 'loaner-settings'],
  ...['loaners/demand/rows', 'loaners/demand/rows.csv'],
  ...['benefits/preview', 'goodwill/rules', 'goodwill/rules/{id}', 'goodwill/limits', 'goodwill/legal'],
  ...['queues/{id}', 'queues/{id}/members', 'workers', 'workers/{id}'],
];

/** Every route the product documents, `GET /api/v1/…`. */
async function routes(): Promise<string[]> {
  const { body } = await ask(`${world.url}/api/openapi.json`);
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((route) => !route.includes(' /webhooks/'));
}

async function tryAll(): Promise<Record<string, number>> {
  const answers: Record<string, number> = {};
  for (const [route, { at, query, body }] of Object.entries(attempts(world, foreign))) {
    const [method = '', template = ''] = route.split(' ');
    const left = [...at];
    const path = template.replace('/api/v1', '').replaceAll(/\{\w+\}/gu, () => left.shift() ?? '');
    const sent = method === 'GET' || method === 'DELETE' ? {} : { body: body ?? {} };
    answers[route] = (await store.ask(query ? `${path}?${query}` : path, { method, ...sent })).status;
  }
  return answers;
}

describe('what is of another store', () => {
  it('is asked for by every route there is: whoever adds one says how it refuses', async () => {
    const all = await routes();
    const tried = Object.keys(attempts(world, foreign));
    const isOfNobody = (route: string) => OF_NOBODY.includes(route.replace(/^\w+ \/api\/v1\//u, ''));
    expect(all.filter((route) => !tried.includes(route) && !isOfNobody(route))).toEqual([]);
    expect(tried.filter((route) => !all.includes(route))).toEqual([]);
  });

  it('is not there for store staff by any of them, and stays as it is', async () => {
    const wanted = Object.entries(attempts(world, foreign)).map(([route, { status = 404 }]) => [route, status]);
    // What happened until now is read by clocks and counters, and what was written has left: only the attempts could change it from here.
    await settled(world.database);
    const before = await agent.case(foreign.caseId);
    expect(await tryAll()).toEqual(Object.fromEntries(wanted));
    expect(await agent.case(foreign.caseId)).toEqual(before);
    const { items } = await agent.done(`/cases/${foreign.caseId}/links`, CaseLinks);
    expect(items.find(({ id }) => id === foreign.linkId)).toMatchObject({ state: 'live' });
  });

  it('cannot be named on a case of their own either', async () => {
    const { mail: entryId, ...of } = foreign;
    const customer = { displayName: 'Carla', phone: '+34612407701' };
    const own = await store.visit({ storeId: world.stores.goya, customer, text: 'Otra cosa' });
    const { problems, version } = await store.case(own.caseId);
    const said = { how: 'message', entryId };
    const promise = { text: 'x', dueAt: '2099-01-01T00:00:00.000Z', entryId };
    const tries: [string, string, unknown, number][] = [
      ['POST', '/links', { contactPointId: of.pointId }, 422],
      ['DELETE', `/links/${of.linkId}`, undefined, 404],
      ['PATCH', `/problems/${of.problemId}`, { statement: 'x' }, 404],
      ['PATCH', `/impacts/${of.impactId}`, { state: 'restored' }, 404],
      ['POST', '/impacts', { kind: 'data', problemId: of.problemId }, 404],
      ['POST', '/facts', { kind: 'tried', text: 'x', entryId }, 422],
      ['PATCH', `/facts/${of.factId}`, { text: 'x' }, 404],
      ['POST', `/facts/${of.factId}/withdraw`, { reason: 'x' }, 404],
      ['POST', '/promises', promise, 422],
      ['PATCH', `/promises/${of.promiseId}`, { state: 'kept' }, 404],
      ['POST', '/re-explanations', { source: 'customer_said', entryId }, 422],
      ['POST', '/one-time-codes', { contactPointId: of.pointId }, 422],
      ['POST', '/invitations', { interactionId: entryId }, 404],
      ['PATCH', `/problems/${problems[0]?.id}`, { stage: 'understood', agreement: said }, 422],
      ['PATCH', '', { status: 'closed', version, confirmation: said }, 422],
    ];
    for (const [method, path, body, status] of tries) {
      const answer = await store.ask(`/cases/${own.caseId}${path}`, { method, ...(body ? { body } : {}) });
      expect({ method, path, status: answer.status }).toEqual({ method, path, status });
    }
    const point = `/customers/${own.customerId}/contact-points/${of.pointId}`;
    expect((await store.ask(`${point}/reveal`, { method: 'POST', body: {} })).status).toBe(404);
    const end = { end: { reason: 'somebody_else' } };
    expect((await store.ask(point, { method: 'PATCH', body: end })).status).toBe(404);
    const file = { storeId: world.stores.goya, customerId: own.customerId, text: 'x', attachmentIds: [of.fileId] };
    expect((await store.ask('/visits', { method: 'POST', body: file })).status).toBe(404);
    expect((await store.case(own.caseId)).status).toBe('new');
  });

  it('is in no list of theirs, and no call they write down opens it', async () => {
    const { caseId, reference, customerId } = foreign;
    const lists = [
      ...['/cases', `/cases?customerId=${customerId}`, '/handovers?box=all', '/warm-redirects', '/drafts'],
      ...[`/warm-redirects?storeId=${world.stores.granvia}`, `/presence?cases=${caseId}`, '/customers?q=Bego'],
      '/search?q=murci%C3%A9lago',
    ];
    for (const path of lists) {
      const { status, bytes } = await store.ask(path);
      const told = bytes.toString().includes(reference) || bytes.toString().includes(caseId);
      expect({ path, status, told }).toEqual({ path, status: 200, told: false });
    }
    for (const who of [{ customerId }, { caseReference: reference }, {}]) {
      const call = { phone: '+34612407755', direction: 'outbound', outcome: 'no_answer', ...who };
      expect((await store.ask('/calls', { method: 'POST', body: call })).status).toBe(201);
      expect((await store.ask(`/cases/${caseId}`)).status).toBe(404);
    }
  });
});
