import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { Refusal } from '../refusal.js';
import { benefitRoutes } from './benefit.routes.js';
import { callRoutes } from './call.routes.js';
import { customerRoutes } from './customer.routes.js';
import { tmfRoutes } from '../manufacturer/tmf.routes.js';
import { mailRoutes } from './mail.routes.js';
import { manufacturerRoutes } from './manufacturer.routes.js';
import type { Outside } from './outside.js';
import { oauthRoutes } from './oauth.routes.js';
import { pageRoutes } from './page.routes.js';
import { publicRoutes } from './public.routes.js';
import { streamRoutes } from './stream.routes.js';
import { weatherRoutes } from './weather.routes.js';

/** The page and the control API, in plain HTTP on the loopback. */
export async function controlServer(outside: Outside): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });
  for (const type of ['message/rfc822', 'application/octet-stream']) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  }
  app.setErrorHandler((error, _request, reply) => answerRefusal(error, reply));
  app.setNotFoundHandler((request, reply) =>
    answerRefusal(new Refusal(404, 'request.not_found', `nothing at ${request.method} ${request.url}`), reply),
  );
  app.get('/healthz', () => ({ status: 'ok', webhook: outside.courier.registration, addresses: outside.addresses }));
  customerRoutes(app, outside);
  mailRoutes(app, outside);
  publicRoutes(app, outside);
  callRoutes(app, outside);
  oauthRoutes(app, outside);
  weatherRoutes(app, outside);
  streamRoutes(app, outside);
  manufacturerRoutes(app, outside);
  await benefitRoutes(app, outside);
  await tmfRoutes(app, outside.manufacturer);
  await pageRoutes(app);
  return app;
}

function answerRefusal(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) {
    const { status, code, message, issues } = error;
    return reply.code(status).send({ code, message, ...(issues.length > 0 ? { issues } : {}) });
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : String(error);
  return reply.code(status).send({ code: status < 500 ? 'request.invalid' : 'server.unexpected', message });
}
