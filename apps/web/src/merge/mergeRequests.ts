import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Merge, MergeBody, MergePage, MergePreview, SplitAnswer, SplitBody } from '#contracts';
import { request } from '../api/http.js';

export const mergePreviewQuery = (kept: string, taken: string) =>
  queryOptions({
    queryKey: ['merge-preview', kept, taken],
    queryFn: ({ signal }) =>
      request<MergePreview>('GET', `/customers/${kept}/merge-preview`, { query: { with: taken }, signal }),
    staleTime: 0,
    gcTime: 0,
  });

export const mergesQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['merges', customerId],
    queryFn: ({ signal }) => request<MergePage>('GET', `/customers/${customerId}/merges`, { signal }),
  });

export const mergeCustomers = (customerId: string, body: MergeBody, idempotencyKey: string) =>
  request<Merge>('POST', `/customers/${customerId}/merge`, { body, idempotencyKey });

export const undoMerge = (mergeId: string, idempotencyKey: string) =>
  request<Merge>('POST', `/merges/${mergeId}/undo`, { body: {}, idempotencyKey });

export const splitCase = (caseId: string, body: SplitBody, idempotencyKey: string) =>
  request<SplitAnswer>('POST', `/cases/${caseId}/split`, { body, idempotencyKey });

/** Who is whom has changed: all that shows people or cases is asked for again. */
export const refreshPeople = (client: QueryClient): Promise<unknown> =>
  Promise.all(
    ['merges', 'case', 'timeline', 'cases', 'counts', 'customers', 'customer'].map((name) =>
      client.invalidateQueries({ queryKey: [name] }),
    ),
  );
