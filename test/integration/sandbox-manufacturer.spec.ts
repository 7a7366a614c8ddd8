import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../support/wait.js';
import { startWorld, type World } from './sandbox.world.js';

interface Ticket {
  id: string;
  href: string;
  status?: string;
  statusChange: { status: string; changeReason?: string }[];
  expectedResolutionDate?: string;
  note: { id: string; text: string; author?: string }[];
  attachment: { attachmentType?: string; content: string }[];
  relatedParty?: { role: string; name: string }[];
  relatedEntity?: { role: string; id: string }[];
}
interface Told {
  path: string;
  body: { eventId: string; eventType: string; event: { troubleTicket: Ticket } };
}

const NEW = { description: 'No enciende', severity: 'High', ticketType: 'repair', externalId: 'H-1.1' };
const BASIC = `Basic ${Buffer.from('nexo:sandbox-partner-secret').toString('base64')}`;

describe('the manufacturer outside', () => {
  const told: Told[] = [];
  const answers: number[] = [];
  let listening: Server;
  let callback: string;
  let world: World;
  let key: Record<string, string>;

  beforeAll(async () => {
    listening = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Told['body'];
        told.push({ path: request.url ?? '', body });
        response.writeHead(answers.shift() ?? 201).end('{}');
      });
    });
    await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready));
    callback = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/tmf?who=orbe`;
  });
  afterAll(async () => {
    listening.closeAllConnections();
    await new Promise((closed) => listening.close(closed));
  });
  beforeEach(async () => {
    told.length = 0;
    answers.length = 0;
    world = await startWorld();
    const form = { authorization: BASIC, 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await ask('POST', '/oauth2/token', 'grant_type=client_credentials', form);
    key = { authorization: `Bearer ${(body as { access_token: string }).access_token}` };
  });
  afterEach(() => world.end());

  async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = key) {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const where = path.startsWith('/oauth2') ? path : `/tmf-api/troubleTicket/v4${path}`;
    const answer = await fetch(`${world.sandbox.url}/manufacturer${where}`, {
      method,
      headers: { ...type, ...headers },
      ...(body === undefined ? {} : { body: text }),
    });
    const raw = await answer.text();
    const isJson = /json/u.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, body: isJson ? (JSON.parse(raw) as unknown) : raw };
  }
  const made = async (body: unknown = NEW) => (await ask('POST', '/troubleTicket', body)).body as Ticket;
  const act = (id: string, deed: unknown) => world.control<Ticket>('POST', `/manufacturer/tickets/${id}/deeds`, deed);
  const day = (weather: unknown) => world.control('POST', '/manufacturer/weather', weather);
  const listen = () => ask('POST', '/hub', { callback });
  const types = () => told.map(({ body }) => body.eventType.replace(/^TroubleTicket|Event$/gu, ''));

  it('lets in whoever has a token or a key, for as long as it holds', async () => {
    const status = async (headers: Record<string, string>) =>
      (await ask('GET', '/troubleTicket', undefined, headers)).status;
    expect([await status({}), await status({ 'x-api-key': 'sandbox-partner-key' }), await status(key)]).toEqual([
      401, 200, 200,
    ]);
    world.clock.now += 3_601_000;
    expect(await status(key)).toBe(401);
    const wrong = {
      authorization: `Basic ${Buffer.from('nexo:guess').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    expect(await ask('POST', '/oauth2/token', 'grant_type=client_credentials', wrong)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('takes tickets under numbers of its own, whatever status they come with, and lists them by attribute', async () => {
    const one = await made({ ...NEW, status: 'resolved' });
    const two = await made({ ...NEW, severity: 'Low', externalId: 'H-2.1' });
    expect(one).toMatchObject({
      id: expect.stringMatching(/^SR-\d{8,}$/u) as string,
      externalId: 'H-1.1',
      statusChange: [],
    });
    expect(one.status).toBeUndefined();
    expect(one.href).toBe(`${world.sandbox.url}/manufacturer/tmf-api/troubleTicket/v4/troubleTicket/${one.id}`);
    expect(await ask('GET', '/troubleTicket?externalId=H-2.1&fields=severity')).toMatchObject({
      status: 200,
      body: [{ severity: 'Low' }],
    });
    const paged = await ask('GET', '/troubleTicket/?limit=1&offset=1&fields=id');
    expect([paged.status, paged.body, paged.headers.get('x-total-count'), paged.headers.get('x-result-count')]).toEqual(
      [206, [{ id: two.id }], '2', '1'],
    );
    expect(await ask('POST', '/troubleTicket', { description: 'x', severity: 'High' })).toMatchObject({
      status: 400,
      body: { code: '400', status: '400', message: expect.stringContaining('ticketType') as string },
    });
    expect((await ask('GET', '/troubleTicket/SR-1')).status).toBe(404);
    expect((await ask('PATCH', `/troubleTicket/${one.id}`, { creationDate: one.href })).status).toBe(400);
  });

  it('keeps notes that are there, adds what is new, and moves only where a ticket may go', async () => {
    const { id } = await made();
    await ask('PATCH', `/troubleTicket/${id}`, { note: [{ id: 'n1', text: 'uno' }] });
    const twice = await ask('PATCH', `/troubleTicket/${id}`, {
      note: [
        { id: 'n1', text: 'uno' },
        { id: 'n2', text: 'dos' },
      ],
    });
    expect((twice.body as Ticket).note.map(({ text }) => text)).toEqual(['uno', 'dos']);
    const file = { id: 'f1', name: 'a.txt', content: 'YQ==' };
    await ask('PATCH', `/troubleTicket/${id}`, { attachment: [file], relatedParty: [{ id: 'c', role: 'customer' }] });
    await act(id, { do: 'file', name: 'b.txt', mimeType: 'text/plain', contentBase64: 'Yg==' });
    const recalled = await ask('PATCH', `/troubleTicket/${id}`, { attachment: [], relatedParty: [] });
    expect(recalled.body).toMatchObject({ attachment: [{ content: 'Yg==' }], relatedParty: [] });
    await act(id, { do: 'reject', reason: 'Fuera de garantía' });
    expect(await ask('PATCH', `/troubleTicket/${id}`, { status: 'inProgress' })).toMatchObject({ status: 409 });
    await expect(act(id, { do: 'accept' })).rejects.toThrow('409');
  });

  it('accepts, asks, quotes, slips and resolves, and its listeners hear of each once', async () => {
    await listen();
    await listen();
    const { id } = await made();
    await act(id, { do: 'acknowledge' });
    await act(id, { do: 'accept', rma: 'RMA-7', engineer: { name: 'Ana Roig' }, etaAt: '2026-12-01T10:00:00.000Z' });
    await act(id, { do: 'ask', question: '¿Se mojó?' });
    await ask('PATCH', `/troubleTicket/${id}`, { status: 'inProgress', note: [{ text: 'No' }] });
    await act(id, {
      do: 'quote',
      lines: [{ description: 'Placa', kind: 'part', listCents: 40_000, priceCents: 20_000 }],
    });
    await act(id, { do: 'eta', etaAt: '2026-12-04T10:00:00.000Z', reason: 'Falta la placa' });
    await act(id, { do: 'received' });
    await act(id, { do: 'dispatched', carrier: 'Rayo', trackingNumber: 'RY-1' });
    const done = await act(id, { do: 'resolve', text: 'Placa cambiada' });
    expect(done).toMatchObject({
      status: 'resolved',
      statusChangeReason: 'repaired: Placa cambiada',
      expectedResolutionDate: '2026-12-04T10:00:00.000Z',
      relatedParty: [{ role: 'engineer', name: 'Ana Roig' }],
      relatedEntity: [
        { role: 'rma', id: 'RMA-7' },
        { role: 'shipment', id: 'RY-1', name: 'Rayo' },
      ],
    });
    expect(done.statusChange.map(({ status }) => status)).toEqual([
      'acknowledged',
      'inProgress',
      'pending',
      'inProgress',
      'resolved',
    ]);
    const quote = JSON.parse(Buffer.from(done.attachment[0]?.content ?? '', 'base64').toString()) as unknown;
    expect(quote).toEqual({
      currency: 'EUR',
      lines: [{ description: 'Placa', kind: 'part', quantity: 1, listCents: 40_000, priceCents: 20_000 }],
    });
    await waitFor(() => told.length === 12);
    expect(types()).toEqual([
      'Create',
      'StatusChange',
      'StatusChange',
      'StatusChange',
      'InformationRequired',
      'StatusChange',
      ...Array.from({ length: 4 }, () => 'AttributeValueChange'),
      'StatusChange',
      'Resolved',
    ]);
    expect(told[0]?.path).toBe('/tmf/listener/troubleTicketCreateEvent?who=orbe');
    expect(told.at(-1)?.body.event.troubleTicket.status).toBe('resolved');
  });

  it('tells three times, newest first, and again on demand', async () => {
    await listen();
    const { id } = await made();
    await waitFor(() => told.length === 1);
    await day({ copies: 3, reorder: true });
    await act(id, { do: 'acknowledge' });
    await act(id, { do: 'accept' });
    await waitFor(() => told.length === 7);
    expect(told.slice(1).map(({ body }) => body.event.troubleTicket.status)).toEqual([
      ...Array.from({ length: 3 }, () => 'inProgress'),
      ...Array.from({ length: 3 }, () => 'acknowledged'),
    ]);
    expect(new Set(told.map(({ body }) => body.eventId)).size).toBe(3);
    const { statuses } = await world.control<{ statuses: number[] }>('POST', '/manufacturer/replay', {
      ticketId: id,
      copies: 2,
      reversed: true,
    });
    expect(statuses).toEqual(Array.from({ length: 6 }, () => 201));
    expect(told.slice(-6).map(({ body }) => body.event.troubleTicket.status)).toEqual([
      'inProgress',
      'inProgress',
      'acknowledged',
      'acknowledged',
      undefined,
      undefined,
    ]);
  });

  it('answers nothing while it is down, and tells what it kept once it is back', async () => {
    await listen();
    const { id } = await made();
    await waitFor(() => told.length === 1);
    await day({ down: true });
    expect((await ask('GET', '/troubleTicket')).status).toBe(503);
    await act(id, { do: 'acknowledge' });
    await act(id, { do: 'accept' });
    expect(told).toHaveLength(1);
    await day({ down: false });
    await waitFor(() => told.length === 3);
    expect(types()).toEqual(['Create', 'StatusChange', 'StatusChange']);
  });

  it('does what it was asked and answers wrong, or not at all', async () => {
    await day({ errorNext: 1, errorAfterCommitNext: 1, resetAfterCommitNext: 1, wrongNext: 1 });
    expect((await ask('POST', '/troubleTicket', NEW)).status).toBe(503);
    expect((await ask('POST', '/troubleTicket', NEW)).status).toBe(503);
    await expect(ask('POST', '/troubleTicket', NEW)).rejects.toThrow('fetch failed');
    expect(await ask('GET', '/troubleTicket')).toMatchObject({
      status: 200,
      body: expect.stringContaining('<html>') as string,
    });
    expect((await ask('GET', '/troubleTicket?fields=id')).body).toHaveLength(2);
  });

  it('sends an event again until it is taken', async () => {
    answers.push(503, 201);
    await world.end();
    world = await startWorld({ manufacturer: { ...world.sandbox.outside.manufacturer.options, retryDelaysMs: [10] } });
    key = { 'x-api-key': 'sandbox-partner-key' };
    await listen();
    await made();
    await waitFor(() => told.length === 2);
    expect(new Set(told.map(({ body }) => body.eventId)).size).toBe(1);
  });

  it('remembers tickets and listeners from one start to the next, where it is told to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'manufacturer-'));
    const manufacturer = { ...world.sandbox.outside.manufacturer.options, archive: join(folder, 'kept', 'all.json') };
    await world.end();
    world = await startWorld({ manufacturer });
    key = { 'x-api-key': 'sandbox-partner-key' };
    await listen();
    const { id } = await made({ ...NEW, attachment: [{ id: 'f1', name: 'a.txt', content: 'YQ==' }] });
    await act(id, { do: 'accept', rma: 'RMA-7' });
    await waitFor(() => told.length === 2);
    await world.end();
    world = await startWorld({ manufacturer });
    await act(id, { do: 'resolve', text: 'Hecho' });
    await waitFor(() => told.length === 4);
    const recalled = await ask('PATCH', `/troubleTicket/${id}`, { attachment: [], relatedEntity: [] });
    expect(recalled.body).toMatchObject({ status: 'resolved', attachment: [], relatedEntity: [{ id: 'RMA-7' }] });
    expect((await made()).id).not.toBe(id);
    await world.end();
    await rm(folder, { recursive: true });
    world = await startWorld();
  });
});
