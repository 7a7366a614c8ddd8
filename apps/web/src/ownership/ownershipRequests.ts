import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CaseDetail,
  Handover,
  HandoverBody,
  HandoverList,
  NearbyStores,
  NextActionBody,
  Ownership,
  PatchStoreBody,
  Queue,
  StoreWithFacts,
  WarmRedirect,
  WarmRedirectBody,
  WarmRedirectList,
} from '#contracts';
import { request } from '../api/http.js';
import { newKey } from '../api/requests.js';

/** Every call about who has a case, what they do next, and who is on their way to a store. */

export const planNext = (caseId: string, body: z.input<typeof NextActionBody>) =>
  request<CaseDetail>('PATCH', `/cases/${caseId}/next-action`, { body });
export const handOver = (caseId: string, body: HandoverBody) =>
  request<Handover>('POST', `/cases/${caseId}/handovers`, { body, idempotencyKey: newKey() });
export const acknowledgeHandover = (id: string) =>
  request<Handover>('POST', `/handovers/${id}/acknowledge`, { body: {} });
export const sendRedirect = (caseId: string, body: z.input<typeof WarmRedirectBody>, idempotencyKey: string) =>
  request<WarmRedirect>('POST', `/cases/${caseId}/warm-redirects`, { body, idempotencyKey });
export const acknowledgeRedirect = (id: string) =>
  request<WarmRedirect>('POST', `/warm-redirects/${id}/acknowledge`, { body: {} });
export const tellOfStore = (id: string, body: PatchStoreBody) =>
  request<StoreWithFacts>('PATCH', `/stores/${id}`, { body });

/** Asked again when the case has changed. */
export const ownershipQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['ownership', caseId],
    queryFn: ({ signal }) => request<Ownership>('GET', `/cases/${caseId}/ownership`, { signal }),
  });
export const handoversQuery = queryOptions({
  queryKey: ['handovers'],
  queryFn: ({ signal }) => request<z.infer<typeof HandoverList>>('GET', '/handovers', { signal }),
});
export const onTheirWayQuery = queryOptions({
  queryKey: ['on-their-way'],
  queryFn: ({ signal }) => request<z.infer<typeof WarmRedirectList>>('GET', '/warm-redirects', { signal }),
});
export const nearbyQuery = (caseId: string, near: string) =>
  queryOptions({
    queryKey: ['nearby', caseId, near],
    queryFn: ({ signal }) =>
      request<NearbyStores>('GET', `/cases/${caseId}/nearby-stores`, { query: { near: near || undefined }, signal }),
    staleTime: 30_000,
  });
export const storeFactsQuery = queryOptions({
  queryKey: ['store-facts'],
  queryFn: ({ signal }) => request<{ items: StoreWithFacts[] }>('GET', '/stores', { signal }),
});
export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => request<{ items: Queue[] }>('GET', '/queues', { signal }),
  staleTime: 5 * 60_000,
});
