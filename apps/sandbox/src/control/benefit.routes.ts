import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { BadDay, SYSTEMS } from '../benefits/benefit-desk.js';
import { isoTime } from '../clock.js';
import { Refusal } from '../refusal.js';
import { read } from './bodies.js';
import type { Outside } from './outside.js';

/** Where the product tells billing, voucher and loyalty systems, and what these have been told. */
export async function benefitRoutes(app: FastifyInstance, { benefits }: Outside): Promise<void> {
  app.get('/control/benefits', () => ({
    items: benefits.all().map(({ at, ...taken }) => ({ ...taken, at: isoTime(at) })),
    weather: benefits.weather,
  }));
  app.post('/control/benefits/weather', (request) => benefits.setWeather(read(BadDay.partial(), request.body)));
  // The bytes as they came are what was signed.
  await app.register((door, _options, done) => {
    door.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, next) => next(null, body));
    door.post<{ Params: { system: string }; Body: string }>('/benefits/:system', async (request, reply) => {
      const system = SYSTEMS.find((one) => one === request.params.system);
      if (!system) throw new Refusal(404, 'request.not_found', `no system ${request.params.system}`);
      await sleep(benefits.weather.latencyMs);
      const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
        String(request.headers[name] ?? ''),
      );
      const header = { id: id ?? '', timestamp: timestamp ?? '', signature: signature ?? '' };
      const { status, reason } = benefits.take(system, header, request.body);
      return reply.code(status).send({ reason });
    });
    done();
  });
}
