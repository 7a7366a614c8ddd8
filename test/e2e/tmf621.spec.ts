import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CaseHandoffs, CasePage } from '#contracts';
import { waitFor } from '../support/wait.js';
import { addKey, addPartner, PartnerSystem, TMF } from './partner-system.js';
import { ask, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let admin: Staff;
let agent: Staff;
let orbe: PartnerSystem;
let orbeId: string;
/** Another company, which may see nothing of Orbe's. */
let rival: PartnerSystem;

beforeAll(async () => {
  world = await startWorld();
  [admin, agent] = await Promise.all([world.login('admin@hilo.test'), world.login('agent@hilo.test')]);
  orbeId = (await addPartner(admin, { name: 'Orbe', kind: 'carrier' })).id;
  orbe = await PartnerSystem.withKey(world.url, admin, orbeId);
  rival = await PartnerSystem.withKey(world.url, admin, (await addPartner(admin, { name: 'Rival' })).id);
}, 60_000);
afterAll(() => world?.stop());

const MINIMAL = { description: '<anytext>', severity: 'High', ticketType: 'device' };
const keysOf = (body: unknown): string[] => Object.keys(body as object).toSorted();
const caseOf = async (q: string) => (await agent.done(`/cases?q=${q}`, CasePage)).items[0]?.id ?? '';

describe('what the conformance kit demands', () => {
  it('a ticket needs a description, a severity and a type, and comes back with them', async () => {
    const answer = await orbe.post('/troubleTicket', MINIMAL);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/u);
    expect(answer.body).toMatchObject({ ...MINIMAL, id: expect.any(String), href: expect.stringContaining(TMF) });
    const { id, href } = answer.body as { id: string; href: string };
    expect(answer.headers.get('location')).toBe(href);
    expect((await orbe.ask(`/troubleTicket/${id}`)).body).toMatchObject({ ...MINIMAL, id, href });
  });

  it('a status that comes with it is left aside, whatever it is', async () => {
    const note = [
      { author: 'one', text: 'first' },
      { author: 'two', text: 'second' },
    ];
    const posted = {
      ...MINIMAL,
      severity: 'Low',
      ticketType: 'connectivity',
      status: 'nanana',
      externalId: '123',
      note,
    };
    const made = await orbe.ticket(orbe.post('/troubleTicket', posted));
    expect(made).toMatchObject({ status: 'acknowledged', externalId: '123', statusChange: [], note });
  });

  it('lists every ticket, and those that are asked for by an attribute', async () => {
    const list = await orbe.ask('/troubleTicket');
    const all = list.body as Record<string, unknown>[];
    expect(all.length).toBeGreaterThanOrEqual(2);
    for (const one of all)
      expect(keysOf(one)).toEqual(expect.arrayContaining(['description', 'href', 'id', 'severity', 'ticketType']));
    expect(list.headers.get('x-total-count')).toBe(String(all.length));
    expect(list.headers.get('x-result-count')).toBe(String(all.length));
    for (const [query, field, value] of [
      ['severity=High', 'severity', 'High'],
      ['ticketType=connectivity', 'ticketType', 'connectivity'],
      ['status=acknowledged&externalId=123', 'externalId', '123'],
    ] as const) {
      const found = (await orbe.ask(`/troubleTicket?${query}`)).body as Record<string, unknown>[];
      expect(found.length).toBeGreaterThan(0);
      expect(found.map((one) => one[field])).toEqual(found.map(() => value));
    }
    const page = await orbe.ask('/troubleTicket?offset=1&limit=1&fields=id');
    expect(page.body).toEqual([{ id: all[1]?.['id'] }]);
    expect(page.headers.get('x-total-count')).toBe(String(all.length));
  });

  it('gives exactly the fields that are asked for', async () => {
    const [{ id = '' } = {}] = (await orbe.ask('/troubleTicket?limit=1')).body as { id: string }[];
    expect(keysOf((await orbe.ask(`/troubleTicket/${id}?fields=description`)).body)).toEqual(['description']);
    expect(keysOf((await orbe.ask(`/troubleTicket/${id}?fields=severity,status`)).body)).toEqual([
      'severity',
      'status',
    ]);
  });

  it('refuses in the words of TMF621', async () => {
    const unknown = await orbe.ask('/troubleTicket/46846846846');
    expect(unknown).toMatchObject({ status: 404, body: { reason: 'Not found', status: '404' } });
    // In the language of the company, unless another is asked for.
    expect(unknown.body).toMatchObject({ message: 'This handoff does not exist or you may not see it.' });
    const spanish = await orbe.ask('/troubleTicket/46846846846', { headers: { 'accept-language': 'es' } });
    expect(spanish.body).toMatchObject({ message: 'Este traspaso no existe o no puedes verlo.' });
    const { ticketType: _, ...missing } = MINIMAL;
    expect(await orbe.post('/troubleTicket', missing)).toMatchObject({ status: 400, body: { status: '400' } });
    const noText = { ...MINIMAL, note: { author: 'e3' } };
    expect((await orbe.post('/troubleTicket/', noText)).status).toBe(400);
    expect((await orbe.post('/troubleTicket/', MINIMAL)).status).toBe(201);
    expect((await orbe.ask('/troubleTicket?colour=red')).status).toBe(400);
    const broken = await orbe.ask('/troubleTicket', {
      ...{ method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
    });
    expect(broken).toMatchObject({ status: 400, body: { reason: 'Bad request' } });
  });
});

describe('who may come in', () => {
  it('nobody without a key of a partner', async () => {
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: 'Bearer wrong' }, agent.headers])
      for (const [method, path] of [
        ['GET', '/troubleTicket'],
        ['POST', '/troubleTicket'],
        ['POST', '/hub'],
      ] as const) {
        const answer = await ask(`${world.url}${TMF}${path}`, {
          method,
          headers: { ...headers },
          body: method === 'POST' ? MINIMAL : undefined,
        });
        expect(answer).toMatchObject({ status: 401, body: { status: '401', reason: 'Unauthorized' } });
      }
  });

  it('an OAuth 2 client gets a token for its secret, in the form or in the header, and it ends with the key', async () => {
    const { clientId, secret, id } = await addKey(admin, orbeId, 'oauth2_client');
    const token = (form: Record<string, string>, headers: Record<string, string> = {}) =>
      ask(`${world.url}/tmf-api/oauth2/token`, {
        ...{ method: 'POST', body: new URLSearchParams(form).toString() },
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      });
    const client = { client_id: clientId ?? '', client_secret: secret };
    expect(await token({ ...client, client_secret: 'no', grant_type: 'client_credentials' })).toMatchObject({
      ...{ status: 401, body: { error: 'invalid_client' } },
    });
    expect(await token({ ...client, grant_type: 'password' })).toMatchObject({ status: 400 });
    const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` };
    for (const [form, headers] of [
      [{ ...client, grant_type: 'client_credentials' }, {}],
      [{ grant_type: 'client_credentials' }, basic],
    ] as const) {
      const given = await token(form, headers);
      expect(given).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } });
      const { access_token: access } = given.body as { access_token: string };
      const caller = new PartnerSystem(world.url, { authorization: `Bearer ${access}` });
      expect((await caller.ask('/troubleTicket')).status).toBe(200);
      world.clock.advance(3_601_000);
      expect((await caller.ask('/troubleTicket')).status).toBe(401);
    }
    const { access_token: last } = (await token({ ...client, grant_type: 'client_credentials' })).body as {
      access_token: string;
    };
    await admin.ask(`/partners/${orbeId}/keys/${id}`, { method: 'DELETE' });
    const late = new PartnerSystem(world.url, { authorization: `Bearer ${last}` });
    expect((await late.ask('/troubleTicket')).status).toBe(401);
  });

  it('a partner sees, changes and ends nothing of another, and does not learn that it is there', async () => {
    const { id } = await orbe.ticket(orbe.post('/troubleTicket', { ...MINIMAL, description: 'a secret of Orbe' }));
    const { id: hubId } = await orbe.ticket(orbe.post('/hub', { callback: 'http://127.0.0.1:9/none' }));
    expect((await rival.ask('/troubleTicket')).body).toEqual([]);
    for (const [method, path, body] of [
      ['GET', `/troubleTicket/${id}`],
      ['PATCH', `/troubleTicket/${id}`, { status: 'closed' }],
      ['DELETE', `/troubleTicket/${id}`],
      ['DELETE', `/hub/${hubId}`],
    ] as const) {
      const answer = await rival.ask(path, { method, body });
      expect({ path, status: answer.status }).toEqual({ path, status: 404 });
      expect(answer.bytes.toString()).not.toContain('secret of Orbe');
    }
    expect((await orbe.ask(`/hub/${hubId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await orbe.ask(`/hub/${hubId}`, { method: 'DELETE' })).status).toBe(404);
  });
});

describe('work they give us', () => {
  /** What their listener was told, in order. */
  let told: {
    path: string;
    body: { eventId: string; eventType: string; event: { troubleTicket: { id: string; status: string } } };
  }[];
  let listener: Server;
  let refuse = 0;

  beforeAll(async () => {
    told = [];
    listener = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (refuse > 0) {
          refuse -= 1;
          return response.writeHead(503).end();
        }
        told.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString()) as never });
        return response.writeHead(201).end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const callback = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/tickets`;
    const hub = await orbe.ticket(orbe.post('/hub', { callback }));
    expect(hub).toMatchObject({ callback, query: '' });
    expect((await orbe.ticket(orbe.post('/hub', { callback }))).id).toBe(hub.id);
  });
  afterAll(() => listener?.close());

  it('is a case of ours; by their number it comes in once; what we say of it they read and are told in order', async () => {
    refuse = 1;
    const posted = {
      ...{ ...MINIMAL, description: 'No enciende desde el jueves', externalId: 'ORB-77', ticketType: 'custody' },
      relatedParty: [{ id: '1', role: 'customer', name: 'Elvira Montes', phone: '+34600111222' }],
      relatedEntity: [{ id: '356938035643809', role: 'device', name: 'Orbe 12', '@referredType': 'Product' }],
      note: [{ id: 'n-1', author: 'Ana de Orbe', text: 'La clienta tiene prisa.' }],
    };
    const [one, two] = [
      await orbe.ticket(orbe.post('/troubleTicket', posted)),
      await orbe.ticket(orbe.post('/troubleTicket', posted)),
    ];
    expect(two.id).toBe(one.id);
    expect(one).toMatchObject({ externalId: 'ORB-77', relatedParty: posted.relatedParty, note: posted.note });
    expect(one['relatedEntity']).toEqual(posted.relatedEntity);
    const caseId = await caseOf('enciende');
    const { items } = await agent.done(`/cases/${caseId}/handoffs`, CaseHandoffs);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ id: one.id, direction: 'in', state: 'sent', mode: 'custody', priority: 'high' });
    const say = (word: object) => agent.ask(`/handoffs/${one.id}/words`, { method: 'POST', body: { word } });
    const engineer = { name: 'Ramón Gil', email: 'ramon@nexo.example' };
    for (const word of [
      { kind: 'accepted', partnerRef: 'NX-1', engineer, etaAt: '2026-12-24T10:00:00.000Z' },
      { kind: 'asked', question: '¿Qué código de desbloqueo tiene?' },
    ])
      expect((await say(word)).status).toBe(201);
    expect(await orbe.ticket(orbe.ask(`/troubleTicket/${one.id}`))).toMatchObject({
      ...{ status: 'pending', statusChangeReason: '¿Qué código de desbloqueo tiene?' },
      expectedResolutionDate: '2026-12-24T10:00:00.000Z',
      statusChange: [{ status: 'inProgress' }, { status: 'pending' }],
      relatedParty: [{ name: 'Elvira Montes' }, { role: 'engineer', name: 'Ramón Gil' }],
      relatedEntity: [{ role: 'device' }, { role: 'rma', id: 'NX-1' }],
    });
    const answered = await orbe.patch(one.id, {
      status: 'inProgress',
      note: [{ id: 'n-2', text: 'No tiene código.' }],
    });
    expect(answered).toMatchObject({ status: 200, body: { status: 'inProgress' } });
    expect((await say({ kind: 'resolved', outcome: 'repaired', text: 'Placa cambiada.' })).status).toBe(201);
    const wanted = [
      'Create',
      'AttributeValueChange',
      'StatusChange',
      'StatusChange',
      'InformationRequired',
      'StatusChange',
      'StatusChange',
      'Resolved',
    ];
    const mine = () => told.filter(({ body }) => body.event.troubleTicket.id === one.id);
    await waitFor(() => {
      world.clock.advance(2000);
      return mine().length >= wanted.length;
    });
    expect(mine().map(({ body }) => body.eventType)).toEqual(wanted.map((name) => `TroubleTicket${name}Event`));
    expect(mine().map(({ path }) => path)).toEqual(wanted.map((name) => `/tickets/listener/troubleTicket${name}Event`));
    expect(new Set(mine().map(({ body }) => body.eventId)).size).toBe(wanted.length);
    expect((await orbe.patch(one.id, { status: 'closed' })).body).toMatchObject({ status: 'closed' });
  });

  it('nobody is told any more whose key is revoked', async () => {
    const { id: keyId, secret } = await addKey(admin, orbeId, 'api_key');
    const keyed = new PartnerSystem(world.url, { 'x-api-key': secret });
    const { port } = listener.address() as AddressInfo;
    const hub = await keyed.ticket(keyed.post('/hub', { callback: `http://127.0.0.1:${port}/revoked` }));
    await admin.ask(`/partners/${orbeId}/keys/${keyId}`, { method: 'DELETE' });
    const before = told.length;
    await orbe.ticket(orbe.post('/troubleTicket', { ...MINIMAL, externalId: 'AFTER-1' }));
    await waitFor(async () => {
      world.clock.advance(2000);
      const [row] = await world.database.query<{ over: boolean }>(
        'select ended_at is not null as over from tmf_subscription where id = $1',
        [hub.id],
      );
      return row?.over === true && told.length > before;
    });
    expect(told.filter(({ path }) => path.startsWith('/revoked'))).toEqual([]);
  });

  it('each says only what is theirs to say; a refused change leaves nothing behind', async () => {
    const { id } = await orbe.ticket(orbe.post('/troubleTicket', MINIMAL));
    for (const [patch, status] of [
      [{ status: 'resolved', note: [{ text: 'not kept' }] }, 409],
      [{ status: 'nanana' }, 400],
      [{ statusChange: [] }, 400],
      [{ id: 'x' }, 400],
      [{ status: 'closed' }, 409],
    ] as const)
      expect({ patch, status: (await orbe.patch(id, patch)).status }).toEqual({ patch, status });
    expect(await orbe.ticket(orbe.ask(`/troubleTicket/${id}`))).toMatchObject({ status: 'acknowledged', note: [] });
    const anew = { description: 'It is the camera', severity: 'Low' };
    expect(await orbe.ticket(orbe.patch(id, anew))).toMatchObject({ ...anew, note: [{ text: anew.description }] });
    expect(await orbe.ticket(orbe.patch(id, anew))).toMatchObject({ ...anew, note: [{ text: anew.description }] });
  });

  it('deleted, it is cancelled with us and gone from their list', async () => {
    const { id } = await orbe.ticket(orbe.post('/troubleTicket', { ...MINIMAL, externalId: 'GONE-1' }));
    expect((await orbe.ask(`/troubleTicket/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await orbe.ask(`/troubleTicket/${id}`)).status).toBe(404);
    expect((await orbe.ask('/troubleTicket?externalId=GONE-1')).body).toEqual([]);
    const [row] = await world.database.query<{ state: string }>('select state from handoff where id = $1', [id]);
    expect(row?.state).toBe('cancelled');
  });

  it('what comes along is kept with the case, and what they take back is gone', async () => {
    const content = Buffer.from('a picture').toString('base64');
    const file = { id: 'f-1', name: 'foto.jpg', mimeType: 'image/jpeg', content };
    const { id } = await orbe.ticket(
      orbe.post('/troubleTicket', { ...MINIMAL, description: 'Cristal roto y confidencial', attachment: [file] }),
    );
    const ticket = await orbe.ticket(orbe.ask(`/troubleTicket/${id}`));
    const [{ url = '' } = {}] = ticket['attachment'] as { url: string }[];
    const download = await ask(url);
    expect(download.bytes.toString()).toBe('a picture');
    expect((await ask(`${url.slice(0, -3)}AAA`)).status).toBe(404);
    await world.database.query('update partner set active = false where id = $1', [orbeId]);
    expect((await ask(url)).status).toBe(404);
    await world.database.query('update partner set active = true where id = $1', [orbeId]);
    expect((await ask(url)).status).toBe(200);
    const recalled = await orbe.patch(id, { status: 'cancelled', statusChangeReason: 'recalled: by mistake' });
    expect(recalled).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(recalled.bytes.toString()).not.toMatch(/confidencial|foto/u);
    expect((await ask(url)).status).toBe(404);
  });
});
