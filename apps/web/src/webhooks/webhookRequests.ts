import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { NewWebhook, Webhook, WebhookBody, WebhookMessage, WebhookMessageState } from '#contracts';
import { request } from '../api/http.js';

/** Every call about other systems that are told of what happens. */

export type MessageState = z.infer<typeof WebhookMessageState>;

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => request<{ items: Webhook[] }>('GET', '/webhooks', { signal }),
});
export const webhookLogQuery = (id: string, state: MessageState | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', id, 'log', state ?? null],
    queryFn: ({ pageParam, signal }) =>
      request<{ items: WebhookMessage[]; nextCursor: string | null }>('GET', `/webhooks/${id}/messages`, {
        query: { state, limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const addWebhook = (body: WebhookBody, idempotencyKey: string) =>
  request<NewWebhook>('POST', '/webhooks', { body, idempotencyKey });
export const changeWebhook = (id: string, body: WebhookBody) => request<Webhook>('PUT', `/webhooks/${id}`, { body });
export const removeWebhook = (id: string) => request<undefined>('DELETE', `/webhooks/${id}`);
export const rotateSecret = (id: string) => request<NewWebhook>('POST', `/webhooks/${id}/secret`);
export const replayDead = (id: string) => request<{ messages: number }>('POST', `/webhooks/${id}/replay`);
export const replayOne = (id: string, messageId: string) =>
  request<{ messages: number }>('POST', `/webhooks/${id}/messages/${messageId}/replay`);
