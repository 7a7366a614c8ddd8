import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { ConfirmedSuggestion, MergeChoices, Suggestion, SuggestionList, SuggestionPage } from '#contracts';
import { request } from '../api/http.js';
import { refreshPeople } from '../merge/mergeRequests.js';

/** Of a case, asked for again with each version of it: what comes and goes is told on the case. */
export const suggestionsOfCase = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['suggestions', caseId, version],
    queryFn: ({ signal }) => request<SuggestionList>('GET', `/cases/${caseId}/suggestions`, { signal }),
    placeholderData: keepPreviousData,
  });

export const suggestionsQuery = infiniteQueryOptions({
  queryKey: ['suggestions', 'open'],
  queryFn: ({ pageParam, signal }) =>
    request<SuggestionPage>('GET', '/suggestions', { query: { cursor: pageParam ?? undefined, limit: 50 }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

export const confirmSuggestion = (id: string, choices: MergeChoices, idempotencyKey: string) =>
  request<ConfirmedSuggestion>('POST', `/suggestions/${id}/confirm`, { body: { choices }, idempotencyKey });
export const dismissSuggestion = (id: string) =>
  request<Suggestion>('POST', `/suggestions/${id}/dismiss`, { body: {} });
export const reopenSuggestion = (id: string) => request<Suggestion>('POST', `/suggestions/${id}/reopen`, { body: {} });

/** What was decided is seen at once, wherever it is shown. */
export const refreshSuggestions = (client: QueryClient): Promise<unknown> =>
  client.invalidateQueries({ queryKey: ['suggestions'] });
export const refreshAfterMerge = (client: QueryClient): Promise<unknown> =>
  Promise.all([refreshSuggestions(client), refreshPeople(client)]);
