import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  CustomerCard,
  CustomerCasePage,
  CustomerDetail,
  CustomerImportAnswer,
  CustomerImportPage,
  ImportOutcome,
  PreferencesBody,
} from '#contracts';
import { addressOf, request, sendFile } from '../api/http.js';

export const cardQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId, 'card'],
    queryFn: ({ signal }) => request<CustomerCard>('GET', `/customers/${customerId}/card`, { signal }),
  });
export const customerQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => request<CustomerDetail>('GET', `/customers/${customerId}`, { signal }),
  });
export const customerCasesQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: ['customer', customerId, 'cases'],
    queryFn: ({ pageParam, signal }) =>
      request<CustomerCasePage>('GET', `/customers/${customerId}/cases`, {
        query: { limit: 20, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
export const changePreferences = (customerId: string, body: PreferencesBody) =>
  request<CustomerCard>('PATCH', `/customers/${customerId}/preferences`, { body });

export const importCustomers = (file: File, dryRun: boolean) =>
  sendFile<CustomerImportAnswer>(`/customers/import?dryRun=${dryRun}`, file);
export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: ({ signal }) => request<CustomerImportPage>('GET', '/imports', { query: { limit: 10 }, signal }),
});
const SOON_MS = 1000;
/** Asked again while its rows are being taken. */
export const importQuery = (id: string, outcome: ImportOutcome | '') =>
  infiniteQueryOptions({
    queryKey: ['imports', id, outcome],
    queryFn: ({ pageParam, signal }) =>
      request<CustomerImportAnswer>('GET', `/imports/${id}`, {
        query: { limit: 50, outcome: outcome || undefined, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.results.nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.at(-1)?.state === 'running' ? SOON_MS : false),
  });
export const refusalsAddress = (id: string): string => addressOf(`/imports/${id}/refusals.csv`);
