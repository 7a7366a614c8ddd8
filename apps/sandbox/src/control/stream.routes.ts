import type { FastifyInstance } from 'fastify';
import type { Outside } from './outside.js';

const HEARTBEAT_MS = 15_000;

/** Server-sent events for the page: that something changed, so that it asks again. */
export function streamRoutes(app: FastifyInstance, outside: Outside): void {
  app.get('/control/stream', (request, reply) => {
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    out.write('retry: 1000\n\n');
    const quiet = outside.feed.listen((change) => out.write(`data: ${JSON.stringify(change)}\n\n`));
    const heartbeat = setInterval(() => out.write(': here\n\n'), HEARTBEAT_MS);
    request.raw.once('close', () => {
      quiet();
      clearInterval(heartbeat);
    });
  });

  app.get('/control/about', () => ({
    care: outside.people.care,
    careAddress: outside.careAddress,
    addresses: outside.addresses,
    webhook: outside.courier.registration,
  }));
}
