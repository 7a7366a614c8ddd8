import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { XProblem, problems } from './problem.js';
import type { TwitterServer, TwitterWorld } from './world.js';

const WebhookBody = z.strictObject({ url: z.url() });
const ActivityBody = z.strictObject({
  event_type: z.string().min(1),
  filter: z.strictObject({ user_id: z.string().regex(/^\d+$/), direction: z.string().optional() }),
  tag: z.string().max(200).default(''),
  webhook_id: z.string(),
});

/** The key of the application itself, in the shape X gives it. */
export const appBearer = (consumerSecret: string): string =>
  `AAAAAAAAAAAAAAAAAAAAA${createHash('sha256').update(`app ${consumerSecret}`).digest('base64url')}`;

/** X's own words for what is wrong with a webhook. */
const refusal = (title: string, detail: string): XProblem =>
  new XProblem(400, {
    title,
    detail,
    type: 'about:blank',
    status: 400,
    errors: [{ message: `${title}: ${detail}`, parameters: {} }],
  });

/** Webhooks of the application, what they bring of an account, and the application's own key. */
export function webhookRoutes(
  app: TwitterServer,
  world: TwitterWorld,
  keys: { consumerKey: string; consumerSecret: string },
): void {
  app.post('/oauth2/token', { config: { open: true } }, (request) => giveAppKey(request, keys));
  managementRoutes(app, world);
  accountActivityRoutes(app, world);
  activityRoutes(app, world);
}

function giveAppKey(
  request: FastifyRequest,
  { consumerKey, consumerSecret }: { consumerKey: string; consumerSecret: string },
) {
  const right = `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
  if (request.headers.authorization !== right) throw problems.unauthorized();
  return { token_type: 'bearer', access_token: appBearer(consumerSecret) };
}

function managementRoutes(app: TwitterServer, { courier }: TwitterWorld): void {
  const config = { limit: 'webhooks', auth: 'app' } as const;
  const { registry } = courier;
  const shape = () => {
    const { id, url, valid, createdAt } = registry.registration;
    return { id, url, valid, created_at: createdAt };
  };
  const own = (id: string) => {
    if (registry.registration.id !== id) throw refusal('WebhookIdInvalid', `no webhook ${id}`);
  };

  app.get('/2/webhooks', { config }, () => {
    const data = registry.registration.id === null ? [] : [shape()];
    return { ...(data.length > 0 ? { data } : {}), meta: { result_count: data.length } };
  });

  app.post('/2/webhooks', { config }, async (request) => {
    const { url } = read(WebhookBody, request.body);
    if (registry.registration.url === url) throw refusal('DuplicateUrlFailed', `${url} is registered already`);
    if (registry.registration.id !== null) throw refusal('WebhookLimitExceeded', 'one webhook is allowed');
    if (url.length > 200) throw refusal('UrlValidationFailed', 'the URL is too long');
    registry.register(url);
    const { valid, reason } = await courier.validate();
    if (!valid) {
      registry.remove();
      throw refusal('CrcValidationFailed', reason ?? '');
    }
    return { data: shape() };
  });

  app.put<{ Params: { id: string } }>('/2/webhooks/:id', { config }, async (request) => {
    own(request.params.id);
    const { valid, reason } = await courier.validate();
    if (!valid) throw refusal('CrcValidationFailed', reason ?? '');
    return { data: { valid } };
  });

  app.delete<{ Params: { id: string } }>('/2/webhooks/:id', { config }, (request) => {
    own(request.params.id);
    registry.remove();
    return { data: { deleted: true } };
  });
}

function accountActivityRoutes(app: TwitterServer, { courier, knobs }: TwitterWorld): void {
  const config = { limit: 'webhooks', scopes: ['dm.read', 'dm.write', 'tweet.read', 'users.read'] } as const;
  const { registry } = courier;
  const path = '/2/account_activity/webhooks/:id/subscriptions/all';
  const check = (id: string) => {
    if (knobs.current.webhooks.products === 'xaa')
      throw problems.forbidden('Account Activity is not part of this plan.');
    if (registry.registration.id !== id) throw refusal('WebhookIdInvalid', `no webhook ${id}`);
  };

  app.get<{ Params: { id: string } }>(path, { config }, (request) => {
    check(request.params.id);
    return { data: { subscribed: registry.isSubscribed(request.caller) } };
  });

  app.post<{ Params: { id: string } }>(path, { config }, (request) => {
    check(request.params.id);
    if (registry.isSubscribed(request.caller)) throw refusal('DuplicateSubscriptionFailed', 'subscribed already');
    registry.subscribe(request.caller);
    return { data: { subscribed: true } };
  });

  const ofApp = { limit: 'webhooks', auth: 'app' } as const;
  app.delete<{ Params: { id: string; account: string } }>(
    '/2/account_activity/webhooks/:id/subscriptions/:account/all',
    { config: ofApp },
    (request) => {
      check(request.params.id);
      registry.unsubscribe(request.params.account);
      return { data: { subscribed: false } };
    },
  );
}

function activityRoutes(app: TwitterServer, { courier, knobs }: TwitterWorld): void {
  const config = { limit: 'webhooks', scopes: ['dm.read', 'tweet.read', 'users.read'] } as const;
  const { registry } = courier;
  const check = () => {
    if (knobs.current.webhooks.products === 'aaa') throw problems.forbidden('X Activity is not part of this plan.');
  };

  app.get('/2/activity/subscriptions', { config }, () => {
    check();
    const data = registry.subscriptions();
    return { ...(data.length > 0 ? { data } : {}), meta: { total_subscriptions: data.length } };
  });

  app.post('/2/activity/subscriptions', { config }, (request) => {
    check();
    const body = read(ActivityBody, request.body);
    if (body.webhook_id !== registry.registration.id)
      throw refusal('WebhookIdInvalid', `no webhook ${body.webhook_id}`);
    if (body.filter.user_id !== request.caller)
      throw problems.forbidden('You are not permitted to perform this action.');
    const made = registry.subscribeActivity({ ...body, filter: { user_id: body.filter.user_id } });
    if (!made) throw refusal('DuplicateSubscriptionFailed', 'subscribed already');
    return { data: { subscription: made } };
  });
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw problems.invalidRequest(issue?.message ?? 'invalid', issue?.path.join('.') ?? 'body');
}
