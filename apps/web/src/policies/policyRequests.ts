import { queryOptions } from '@tanstack/react-query';
import type {
  NewPolicyBody,
  PatchPolicyBody,
  Policy,
  PolicyPage,
  PolicyPreview,
  PolicyPreviewBody,
  PolicyReapply,
  PolicyVersionPage,
  PutPolicyBody,
  ReapplyPreview,
} from '#contracts';
import { request } from '../api/http.js';

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => request<PolicyPage>('GET', '/policies', { query: { limit: 200 }, signal }),
});

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['policies', id, 'versions'],
    queryFn: ({ signal }) =>
      request<PolicyVersionPage>('GET', `/policies/${id}/versions`, { query: { limit: 50 }, signal }),
  });

/** How far it is, every second until it is done. */
export const reapplyQuery = (id: string) =>
  queryOptions({
    queryKey: ['policy-reapply', id],
    queryFn: ({ signal }) => request<PolicyReapply>('GET', `/policies/reapplies/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : 1000),
  });

/** What it would do now; asked anew whenever somebody looks. */
export const reapplyPreviewQuery = ({ id, version }: Pick<Policy, 'id' | 'version'>) =>
  queryOptions({
    queryKey: ['policies', id, 'reapply', version],
    queryFn: ({ signal }) =>
      request<ReapplyPreview>('POST', `/policies/${id}/reapply`, { body: { preview: true, version }, signal }),
    staleTime: 0,
    gcTime: 0,
  });

export const startReapply = ({ id, version }: Pick<Policy, 'id' | 'version'>, idempotencyKey: string) =>
  request<PolicyReapply>('POST', `/policies/${id}/reapply`, { body: { version }, idempotencyKey });

export const addPolicy = (body: NewPolicyBody, idempotencyKey: string) =>
  request<Policy>('POST', '/policies', { body, idempotencyKey });

export const putPolicy = (id: string, body: PutPolicyBody) => request<Policy>('PUT', `/policies/${id}`, { body });

export const arrangePolicy = (id: string, body: PatchPolicyBody) =>
  request<Policy>('PATCH', `/policies/${id}`, { body });

export const tryPolicies = (body: PolicyPreviewBody) => request<PolicyPreview>('POST', '/policies/preview', { body });
