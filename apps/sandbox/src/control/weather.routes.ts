import type { FastifyInstance } from 'fastify';
import { KnobPatch } from '../knobs.js';
import { Refusal } from '../refusal.js';
import { BurstBody, DeliveriesQuery, RedeliverBody, read } from './bodies.js';
import { Bursts } from './burst.js';
import type { Outside } from './outside.js';

/** What goes wrong outside, X's webhooks, and load. */
export function weatherRoutes(app: FastifyInstance, outside: Outside): void {
  const { knobs, courier, messages } = outside;
  const bursts = new Bursts(outside);

  app.get('/control/knobs', () => knobs.current);
  app.post('/control/knobs', (request) => knobs.set(read(KnobPatch, request.body)));
  app.delete('/control/knobs', () => knobs.reset());

  app.get('/control/webhooks', (request) => {
    const { last } = read(DeliveriesQuery, request.query);
    return { registration: courier.registration, deliveries: courier.deliveries.slice(-last) };
  });
  app.post('/control/webhooks/validate', () => courier.validate());
  app.post('/control/webhooks/redeliver', async (request) => {
    const { dmId, copies } = read(RedeliverBody, request.body);
    const message = messages.byId(dmId);
    if (!message) throw new Refusal(404, 'dm.not_found', `no direct message ${dmId}`);
    return { statuses: await courier.redeliver(message, copies) };
  });

  app.post('/control/burst', async (request, reply) => {
    const order = read(BurstBody, request.body);
    const { burst, finished } = bursts.start(order);
    if (order.wait) await finished;
    return reply.code(order.wait ? 201 : 202).send(burst);
  });
  app.get<{ Params: { id: string } }>('/control/bursts/:id', (request) => bursts.find(request.params.id));
}
