import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { only, page } from './listing.js';
import type { Manufacturer } from './manufacturer.js';
import { TmfProblem, tmfProblems } from './problem.js';
import { type Ticket, listener, newTicket, ticketPatch } from './ticket.shape.js';

const BASE = '/tmf-api/troubleTicket/v4';
const MEDIA = 'application/json;charset=utf-8';

interface ById {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The client of the manufacturer's system a call came from. */
    client: string;
  }
}

/** The manufacturer's TMF621 API and its token endpoint, as another company's system meets them. */
export async function tmfRoutes(app: FastifyInstance, manufacturer: Manufacturer): Promise<void> {
  await app.register(
    (door, _options, done) => {
      door.decorateRequest('client', '');
      const form = 'application/x-www-form-urlencoded';
      const types = ['application/json', 'application/merge-patch+json'];
      door.removeContentTypeParser(types);
      door.addContentTypeParser(types, { parseAs: 'string' }, (_request, body, next) =>
        next(null, parsed(String(body))),
      );
      door.addContentTypeParser(form, { parseAs: 'string' }, (_request, body, next) =>
        next(null, new URLSearchParams(String(body))),
      );
      door.setErrorHandler((error, _request, reply) => answer(error, reply));
      tokens(door, manufacturer);
      door.register((inner, _inner, ready) => {
        inner.addHook('preValidation', (request) => enter(request, manufacturer));
        tickets(inner, manufacturer);
        hub(inner, manufacturer);
        ready();
      });
      done();
    },
    { prefix: '/manufacturer' },
  );
}

function parsed(body: string): unknown {
  try {
    return body === '' ? undefined : JSON.parse(body);
  } catch {
    return new TmfProblem(400, 'Bad request', 'not JSON');
  }
}

function tokens(door: FastifyInstance, { clients, weather }: Manufacturer): void {
  door.post<{ Body: unknown }>('/oauth2/token', async (request, reply) => {
    await sleep(weather.today.latencyMs);
    if (weather.today.down) throw tmfProblems.down();
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    if (form.get('grant_type') !== 'client_credentials') {
      return reply.code(400).send({ error: 'unsupported_grant_type' });
    }
    const token = clients.token(request.headers.authorization, form);
    if (!token) return reply.code(401).send({ error: 'invalid_client' });
    return reply.header('cache-control', 'no-store').send(token);
  });
}

/** The day it is, and who calls. @throws TmfProblem 401, 503 */
async function enter(request: FastifyRequest, { clients, weather }: Manufacturer): Promise<void> {
  await sleep(weather.today.latencyMs);
  if (weather.today.down || weather.take('errorNext')) throw tmfProblems.down();
  const key = request.headers['x-api-key'];
  const client = clients.caller(request.headers.authorization, typeof key === 'string' ? key : undefined);
  if (client === null) throw tmfProblems.unauthorized();
  request.client = client;
  if (request.body instanceof TmfProblem) throw request.body;
}

function tickets(door: FastifyInstance, manufacturer: Manufacturer): void {
  const { weather } = manufacturer;
  const shape = (ticket: Ticket) => ({ ...ticket, href: manufacturer.hrefOf(ticket.id) });
  const all = manufacturer.tickets;

  for (const path of [`${BASE}/troubleTicket`, `${BASE}/troubleTicket/`]) {
    door.get<ById>(path, (request, reply) => {
      const { items, total } = page(all.all(request.client).map(shape), request.query);
      const counts = { 'x-total-count': String(total), 'x-result-count': String(items.length) };
      return send(reply.headers(counts).code(total > items.length ? 206 : 200), weather, items);
    });
    door.post<ById>(path, (request, reply) => {
      const made = shape(all.create(request.client, newTicket(request.body)));
      return sendChange(reply.code(201).header('location', made.href), weather, made);
    });
  }
  door.get<ById>(`${BASE}/troubleTicket/:id`, (request, reply) => {
    const ticket = shape(all.find(request.params.id, request.client));
    return send(reply, weather, only(ticket, request.query['fields']));
  });
  door.patch<ById>(`${BASE}/troubleTicket/:id`, (request, reply) => {
    const { id } = all.find(request.params.id, request.client);
    return sendChange(reply, weather, shape(all.change(id, ticketPatch(request.body))));
  });
  door.delete<ById>(`${BASE}/troubleTicket/:id`, (request, reply) => {
    all.remove(all.find(request.params.id, request.client).id);
    return reply.code(204).send();
  });
}

function hub(door: FastifyInstance, manufacturer: Manufacturer): void {
  door.post(`${BASE}/hub`, (request, reply) => {
    const { callback, query = '' } = listener(request.body);
    const { id } = manufacturer.hub.subscribe(request.client, callback, query);
    return reply.code(201).header('location', `${manufacturer.url}/hub/${id}`).send({ id, callback, query });
  });
  door.delete<ById>(`${BASE}/hub/:id`, (request, reply) => {
    manufacturer.hub.unsubscribe(request.client, request.params.id);
    return reply.code(204).send();
  });
}

/** What was changed, or the accident on the way back. */
function sendChange(reply: FastifyReply, weather: Manufacturer['weather'], body: unknown): FastifyReply {
  if (weather.take('errorAfterCommitNext')) throw tmfProblems.down();
  if (!weather.take('resetAfterCommitNext')) return send(reply, weather, body);
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function send(reply: FastifyReply, weather: Manufacturer['weather'], body: unknown): FastifyReply {
  if (!weather.take('wrongNext')) return reply.header('content-type', MEDIA).send(JSON.stringify(body));
  return reply.code(200).header('content-type', 'text/html').send('<html><body>Session expired</body></html>');
}

function answer(error: unknown, reply: FastifyReply): FastifyReply {
  const known = error instanceof TmfProblem ? error : unforeseen(error);
  if (known.status === 401) reply.header('www-authenticate', 'Bearer realm="orbe"');
  if (known.status === 503) reply.header('retry-after', '30');
  return reply.code(known.status).header('content-type', MEDIA).send(JSON.stringify(known.body));
}

function unforeseen(error: unknown): TmfProblem {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const reason = status < 500 ? 'Bad request' : 'Internal error';
  return new TmfProblem(status, reason, error instanceof Error ? error.message : String(error));
}
