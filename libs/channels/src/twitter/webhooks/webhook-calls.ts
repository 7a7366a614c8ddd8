import { Injectable } from '@nestjs/common';
import { TwitterApi } from 'twitter-api-v2';
import { z } from 'zod';
import { TwitterAccounts } from '../accounts/index.js';
import { callFailure } from '../call-failure.js';
import { TwitterClient } from '../twitter-client.js';
import type { RegisteredWebhook } from './address.rules.js';
import { WebhookRegistry } from './webhook-registry.js';

const Webhook = z.object({ id: z.string(), url: z.string(), valid: z.boolean() });
const Listed = z.object({ data: z.array(Webhook).default([]) });
/** Documents and API disagree on whether it is wrapped. */
const Created = z.union([z.object({ data: Webhook }).transform(({ data }) => data), Webhook]);
const Subscribed = z.object({ data: z.object({ subscribed: z.boolean() }) });
const Subscription = z.looseObject({
  event_type: z.string(),
  filter: z.looseObject({ user_id: z.string().optional() }).default({}),
  webhook_id: z.string().optional(),
});
const Subscriptions = z.object({ data: z.array(Subscription).default([]) });

/** X's calls about webhooks and what they bring (X API v2, 2026). Webhooks are the application's, subscriptions an account's. */
@Injectable()
export class WebhookCalls {
  private bearer: TwitterApi | null = null;

  constructor(
    private readonly client: TwitterClient,
    private readonly accounts: TwitterAccounts,
    readonly registry: WebhookRegistry,
  ) {}

  async list(): Promise<RegisteredWebhook[]> {
    return Listed.parse(await this.asApplication((api) => api.v2.get<unknown>('webhooks'))).data;
  }

  /** X checks the address before it answers. */
  async create(url: string): Promise<RegisteredWebhook> {
    const created = Created.parse(await this.asApplication((api) => api.v2.post<unknown>('webhooks', { url })));
    await this.registry.remember(created.id, url);
    return created;
  }

  /** X checks the address again and, when it proves itself, delivers again. */
  async revalidate(id: string): Promise<void> {
    await this.asApplication((api) => api.v2.put<unknown>('webhooks/:id', undefined, { params: { id } }));
  }

  async remove(id: string): Promise<void> {
    await this.asApplication((api) => api.v2.delete<unknown>('webhooks/:id', undefined, { params: { id } }));
    await this.registry.forget(id);
  }

  /** Account Activity of an account. */
  async isSubscribed(userId: string, id: string): Promise<boolean> {
    const path = 'account_activity/webhooks/:id/subscriptions/all';
    const answer = await this.accounts.call(userId, (api) => api.v2.get<unknown>(path, undefined, { params: { id } }));
    return Subscribed.safeParse(answer).data?.data.subscribed ?? false;
  }

  async subscribe(userId: string, id: string): Promise<void> {
    const path = 'account_activity/webhooks/:id/subscriptions/all';
    await this.accounts.call(userId, (api) => api.v2.post<unknown>(path, undefined, { params: { id } }));
  }

  /** Which kinds of events X Activity brings of an account to a webhook. */
  async activityOf(userId: string, id: string): Promise<string[]> {
    const answer = await this.accounts.call(userId, (api) => api.v2.get<unknown>('activity/subscriptions'));
    return Subscriptions.parse(answer)
      .data.filter(({ filter, webhook_id: at }) => filter.user_id === userId && at === id)
      .map(({ event_type: type }) => type);
  }

  async subscribeActivity(userId: string, id: string, eventType: string): Promise<void> {
    const body = { event_type: eventType, filter: { user_id: userId }, tag: 'hilo', webhook_id: id };
    await this.accounts.call(userId, (api) => api.v2.post<unknown>('activity/subscriptions', body));
  }

  /** With the application's own key, fetched once and again when X refuses it. */
  private async asApplication<T>(work: (api: TwitterApi) => Promise<T>): Promise<T> {
    const known = this.bearer;
    try {
      return await work(known ?? (await this.login()));
    } catch (error) {
      const failure = callFailure(error);
      if (known === null || failure?.kind !== 'refused' || failure.status !== 401) throw error;
      return work(await this.login());
    }
  }

  private async login(): Promise<TwitterApi> {
    const { account, agent } = this.client;
    if (!account) throw new Error('the HILO_TWITTER keys are not set');
    const { consumerKey: appKey, consumerSecret: appSecret } = account;
    this.bearer = await new TwitterApi({ appKey, appSecret }, { httpAgent: agent }).appLogin();
    return this.bearer;
  }
}
