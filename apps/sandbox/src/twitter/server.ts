import { setTimeout as wait } from 'node:timers/promises';
import multipart from '@fastify/multipart';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock, systemClock } from '../clock.js';
import type { KnobBoard } from '../knobs.js';
import type { Certificate } from './certificate.js';
import { lookupRoutes } from './lookup.routes.js';
import { mediaRoutes } from './media.routes.js';
import { SignatureCheck, type TwitterKeys } from './oauth1.js';
import { XProblem, problems } from './problem.js';
import { RateLimits } from './rate-limits.js';
import { oauth2Routes } from './oauth2.routes.js';
import { postRoutes } from './post.routes.js';
import { sendRoutes } from './send.routes.js';
import { userRoutes } from './user.routes.js';
import { appBearer, webhookRoutes } from './webhook.routes.js';
import type { TwitterServer, TwitterWorld } from './world.js';

const DIRECT_MESSAGES = /^dm-/;

/** X's API over TLS. Each call is who are you (401), what went wrong today (402, 429, 503), then the endpoint. */
export async function twitterServer(
  world: TwitterWorld,
  keys: TwitterKeys,
  certificate: Certificate,
): Promise<TwitterServer> {
  const app: TwitterServer = fastify({
    https: { key: certificate.key, cert: certificate.cert },
    bodyLimit: 64 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  await app.register(multipart, { limits: { fileSize: 16 * 1024 * 1024 } });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, new URLSearchParams(body.toString())),
  );
  // A signature carries the caller's own time, which is never a test's.
  const signatures = new SignatureCheck(keys, systemClock);
  const appKey = appBearer(keys.consumerSecret);
  app.decorateRequest('caller', '');
  const limits = new RateLimits(world.now);
  let rules = world.knobs.current.twitter.rateLimits;

  app.addHook('preValidation', async (request, reply) => {
    if (request.routeOptions.config.open) return;
    request.caller = callerOf(request, signatures, world, appKey);
    const { rateLimits } = world.knobs.current.twitter;
    if (rateLimits !== rules) limits.forget();
    rules = rateLimits;
    await weather(request, reply, world.knobs, limits, world.now);
  });
  app.setErrorHandler((error, _request, reply) => answerProblem(error, reply));
  app.setNotFoundHandler((_request, reply) => answerProblem(problems.noSuchAddress(), reply));

  userRoutes(app, world);
  lookupRoutes(app, world);
  sendRoutes(app, world);
  mediaRoutes(app, world);
  oauth2Routes(app, world);
  postRoutes(app, world);
  webhookRoutes(app, world, keys);
  return app;
}

/** Whose key the call came with. @throws XProblem 401 for none, 403 for one that is not good for this */
function callerOf(request: FastifyRequest, signatures: SignatureCheck, world: TwitterWorld, appKey: string): string {
  const authorization = request.headers.authorization ?? '';
  if (world.knobs.current.twitter.unauthorised) throw problems.unauthorized();
  if (request.routeOptions.config.auth === 'app') {
    if (authorization !== `Bearer ${appKey}`) throw problems.unauthorized();
    return 'app';
  }
  if (authorization.startsWith('Bearer ')) return bearerOf(request, authorization.slice(7), world);
  const form = request.body instanceof URLSearchParams ? request.body : undefined;
  const url = `https://${request.headers.host ?? ''}${request.url}`;
  const signed = { method: request.method, url, authorization, ...(form ? { form } : {}) };
  if (!authorization.startsWith('OAuth ') || !signatures.isValid(signed)) throw problems.unauthorized();
  return world.people.care.twitterId;
}

function bearerOf(request: FastifyRequest, key: string, { oauth2 }: TwitterWorld): string {
  const { limit, scopes = [] } = request.routeOptions.config;
  const bearer = oauth2.bearer(key);
  const isAppOnly = key.startsWith('AAAA');
  if (!bearer)
    throw isAppOnly && DIRECT_MESSAGES.test(limit ?? '')
      ? problems.unsupportedAuthentication()
      : problems.unauthorized();
  if (!scopes.every((scope) => bearer.scopes.includes(scope))) {
    throw problems.forbidden('You are not permitted to perform this action.');
  }
  return bearer.userId;
}

/** Latency, credits, faults and limits, in the order X would meet them. */
async function weather(
  request: FastifyRequest,
  reply: FastifyReply,
  knobs: KnobBoard,
  limits: RateLimits,
  now: Clock,
): Promise<void> {
  const { latencyMs, outOfCredits, rateLimits, sendsPerWindow, sendsPerDay } = knobs.current.twitter;
  const { limit } = request.routeOptions.config;
  if (latencyMs > 0) await wait(latencyMs, undefined, { ref: false });
  if (outOfCredits) throw problems.creditsDepleted();
  // Counted faults are for what a test does, not for what the product looks after by itself.
  const isUpkeep = limit === 'webhooks' || limit === 'posts';
  if (!isUpkeep && (knobs.takeTwitter('errorNext') || knobs.takeErrorShare())) throw problems.unavailable();
  if (!limit) return;
  if (DIRECT_MESSAGES.test(limit)) refuseWhenExhausted(reply, knobs, now);
  const endpoint = limit === 'dm-send' ? limit : `${request.method} ${request.routeOptions.url ?? ''}`;
  const sends = { perWindow: sendsPerWindow, perDay: sendsPerDay };
  const verdict = limits.take(limit, `${request.caller} ${endpoint}`, rateLimits === 'strict', sends);
  reply.headers(verdict.headers);
  if (!verdict.allowed) throw problems.tooManyRequests();
}

function refuseWhenExhausted(reply: FastifyReply, knobs: KnobBoard, now: Clock): void {
  const seconds = knobs.limitSecondsLeft();
  if (seconds === 0 && !knobs.takeTwitter('limitNext')) return;
  reply.headers(RateLimits.exhausted(now() + Math.max(seconds, 1) * 1000));
  throw problems.tooManyRequests();
}

function answerProblem(error: unknown, reply: FastifyReply): FastifyReply {
  const problem = error instanceof XProblem ? error : asProblem(error);
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem.body);
}

function asProblem(error: unknown): XProblem {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const detail = error instanceof Error ? error.message : String(error);
  if (status < 500) return problems.invalidRequest(detail, 'body');
  return new XProblem(status, { title: 'Internal Server Error', detail, type: 'about:blank', status });
}
