import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AddCasesBody,
  AddedCases,
  CaseIncidents,
  FilterPreview,
  Incident,
  IncidentCasePage,
  IncidentFilter,
  IncidentPage,
  IncidentState,
  IncidentUpdate,
  IncidentUpdatePage,
  MembershipState,
  NewIncidentBody,
  PatchIncidentBody,
  UpdateBody,
  UpdateItemPage,
  UpdateItemState,
  UpdatePreview,
} from '#contracts';
import { request } from '../api/http.js';

/** Every call about incidents. What is asked for begins with `incidents`, so that one word refreshes all of it. */

const MINUTE = 60_000;
/** While something is being sent its progress is asked for so often. */
const LIVE_MS = 1500;

/** Those that go on, on every screen: asked again and again, for who opens one rings at no case. */
export const openIncidentsQuery = queryOptions({
  queryKey: ['incidents', 'open'],
  queryFn: ({ signal }) => request<IncidentPage>('GET', '/incidents', { query: { state: 'open', limit: 20 }, signal }),
  refetchInterval: MINUTE,
  staleTime: MINUTE / 2,
});

export const incidentsQuery = (state: IncidentState) =>
  infiniteQueryOptions({
    queryKey: ['incidents', 'list', state],
    queryFn: ({ pageParam, signal }) =>
      request<IncidentPage>('GET', '/incidents', { query: { state, cursor: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', id],
    queryFn: ({ signal }) => request<Incident>('GET', `/incidents/${id}`, { signal }),
  });

export const incidentCasesQuery = (id: string, state: MembershipState) =>
  infiniteQueryOptions({
    queryKey: ['incidents', id, 'cases', state],
    queryFn: ({ pageParam, signal }) =>
      request<IncidentCasePage>('GET', `/incidents/${id}/cases`, {
        query: { state, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const isGoing = ({ state, counts }: Pick<IncidentUpdate, 'state' | 'counts'>): boolean =>
  state === 'running' || state === 'stopping' || counts.queued > 0;

export const updatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', id, 'updates'],
    queryFn: ({ signal }) =>
      request<IncidentUpdatePage>('GET', `/incidents/${id}/updates`, { query: { limit: 20 }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? LIVE_MS : false),
  });

export const updateItemsQuery = (update: IncidentUpdate, state: UpdateItemState | null) =>
  infiniteQueryOptions({
    queryKey: ['incidents', update.incidentId, 'updates', update.id, 'items', state],
    queryFn: ({ pageParam, signal }) =>
      request<UpdateItemPage>('GET', `/incidents/${update.incidentId}/updates/${update.id}/items`, {
        query: { state: state ?? undefined, limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: isGoing(update) ? LIVE_MS : false,
    placeholderData: keepPreviousData,
  });

/** Asked again when the case has changed. */
export const caseIncidentsQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['incidents', 'of', caseId, version],
    queryFn: ({ signal }) => request<CaseIncidents>('GET', `/cases/${caseId}/incidents`, { signal }),
    placeholderData: keepPreviousData,
  });

export const refreshIncidents = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: ['incidents'] });

export const openIncident = (body: NewIncidentBody, idempotencyKey: string) =>
  request<Incident>('POST', '/incidents', { body, idempotencyKey });
export const changeIncident = (id: string, body: PatchIncidentBody) =>
  request<Incident>('PATCH', `/incidents/${id}`, { body });
export const previewFilter = (id: string | null, filter: IncidentFilter) =>
  request<FilterPreview>('POST', id === null ? '/incidents/preview' : `/incidents/${id}/cases/preview`, {
    body: { filter },
  });
export const addCases = (id: string, body: AddCasesBody, idempotencyKey: string) =>
  request<AddedCases>('POST', `/incidents/${id}/cases`, { body, idempotencyKey });
export const removeCases = (id: string, caseIds: string[]) =>
  request<Incident>('POST', `/incidents/${id}/cases/remove`, { body: { caseIds } });

type NewUpdate = z.input<typeof UpdateBody>;
export const previewUpdate = (id: string, body: NewUpdate) =>
  request<UpdatePreview>('POST', `/incidents/${id}/updates/preview`, { body });
export const sendUpdate = (id: string, body: NewUpdate, idempotencyKey: string) =>
  request<IncidentUpdate>('POST', `/incidents/${id}/updates`, { body, idempotencyKey });
export const stopUpdate = ({ incidentId, id }: IncidentUpdate) =>
  request<IncidentUpdate>('POST', `/incidents/${incidentId}/updates/${id}/stop`, { body: {} });
