import type { Server } from 'node:http';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { correlated, DomainError, Metrics, newId, CONFIG, type Config } from '#platform';
import { answerUnreadable, ErrorFilter } from './error.filter.js';
import { serveWeb } from './web-files.js';

const BODY_LIMIT = 1024 * 1024;
const REQUEST_ID = /^[\w.-]{8,80}$/u;

/** @param trustedProxies who is believed whom they pass on, as `http.trustedProxies` of the config */
export const newFastifyAdapter = (trustedProxies: string[]): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxies,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 120_000,
    rewriteUrl: ({ url = '/' }: { url?: string }) => withoutLastSlash(url),
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => answerUnreadable(request, reply),
  });

/** Systems that speak TMF621 write the address of a list with a slash at its end, or without. */
const withoutLastSlash = (url: string): string => (url.startsWith('/tmf-api/') ? url.replace(/\/+(?=$|\?)/u, '') : url);

/** Everything between the socket and the controllers. Call before `listen`. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get<Config>(CONFIG);
  app.useLogger(app.get(Logger));
  app.useGlobalPipes(
    new StandardSchemaValidationPipe({
      exceptionFactory: (issues) => new DomainError('request.invalid', issues.map(presentIssue)),
    }),
  );
  app.useGlobalFilters(new ErrorFilter());
  keepRawBodies(app);
  correlateRequests(app);
  measureRequests(app, app.get(Metrics));
  endConnections(app);
  await app.register(cookie);
  await app.register(multipart, {
    limits: { files: 1, fields: 5, fileSize: config.storage.uploadLimitBytes + 1 },
    throwFileSizeLimit: false,
  });
  await serveWeb(app);
}

const FORM = 'application/x-www-form-urlencoded';

/** Webhooks are checked against the bytes as they came, so they are never parsed here. */
function keepRawBodies(app: NestFastifyApplication): void {
  for (const type of ['application/json', 'application/merge-patch+json', 'text/plain', FORM])
    app.useBodyParser(type, { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
      if ((request.url ?? '').startsWith('/webhooks/')) done(null, body);
      else if (type === FORM && (request.url ?? '').startsWith('/tmf-api/'))
        done(null, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
      else if (!type.endsWith('json')) done(new DomainError('request.unsupported_media'));
      else if (body.length === 0) done(null, {});
      else parseJson(body, done);
    });
}

function parseJson(body: Buffer, done: (error: Error | null, parsed?: unknown) => void): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'), refusePrototypes);
  } catch {
    return done(new DomainError('request.invalid', [{ path: '', message: 'the body is not valid JSON' }]));
  }
  done(null, parsed);
}

const refusePrototypes = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** One id from request to job to event: the caller's X-Request-Id when it is sane, else a new one. */
function correlateRequests(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
      void reply.header('x-request-id', id);
      correlated(id, done);
    });
}

function measureRequests(app: NestFastifyApplication, metrics: Metrics): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      metrics.httpSeconds.observe(
        { method: request.method, route, status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
      done();
    });
}

/** While the server closes, whoever gets an answer is told to come back on a new connection. */
function endConnections(app: NestFastifyApplication): void {
  const { server } = app.getHttpAdapter().getInstance();
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (!server.listening) void reply.header('connection', 'close');
      done();
    })
    .addHook('preClose', (done: () => void) => {
      hangUpWhenIdle(server);
      done();
    });
}

/**
 * Ends connections as soon as they have nothing to answer, until the server is closed. `close()` looks once; one that was
 * busy at that moment would be kept for another 72 s.
 */
export function hangUpWhenIdle(server: Server): void {
  const look = setInterval(() => server.closeIdleConnections(), 50);
  server.once('close', () => clearInterval(look));
  look.unref();
}

const presentIssue = (issue: { message: string; path?: readonly (PropertyKey | { key: PropertyKey })[] }) => ({
  path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
  message: issue.message,
});
