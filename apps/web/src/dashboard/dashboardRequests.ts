import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  DashboardPanels,
  DashboardRows,
  DashboardTile,
  DashboardTiles,
  MetricDetail,
  NewWallLink,
  NewWallLinkBody,
  Queue,
  WallLink,
} from '#contracts';
import { request } from '../api/http.js';

const EVERY_MS = 15_000;
const SOON_MS = 1000;

/** When to look again unasked: what time alone changes, the bell does not ring for. */
export const nextLook = (nextChangeAt: string | null | undefined, now: number): number =>
  nextChangeAt ? Math.min(EVERY_MS, Math.max(SOON_MS, Date.parse(nextChangeAt) - now + 250)) : EVERY_MS;

/** Rung for as `dashboard`, with all that is below. */
export const tilesQuery = (queueId: string | undefined) =>
  queryOptions({
    queryKey: ['dashboard', 'tiles', queueId ?? ''],
    queryFn: ({ signal }) => request<DashboardTiles>('GET', '/dashboard/tiles', { query: { queueId }, signal }),
    refetchInterval: ({ state }) => nextLook(state.data?.nextChangeAt, Date.now()),
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  });

export const panelsQuery = (queueId: string | undefined) =>
  queryOptions({
    queryKey: ['dashboard', 'panels', queueId ?? ''],
    queryFn: ({ signal }) => request<DashboardPanels>('GET', '/dashboard/panels', { query: { queueId }, signal }),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  });

export const rowsQuery = (tile: DashboardTile, queueId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['dashboard', 'rows', tile, queueId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      request<DashboardRows>('GET', '/dashboard/rows', {
        query: { tile, queueId, cursor: pageParam ?? undefined, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** The last seven days, by channel; what is met or not changes slowly. */
export const slaQuery = (queueId: string | undefined) =>
  queryOptions({
    queryKey: ['dashboard-sla', queueId ?? ''],
    queryFn: ({ signal }) => request<MetricDetail>('GET', '/analysis/sla_met', { query: { queueId }, signal }),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => request<{ items: Queue[] }>('GET', '/queues', { signal }),
  staleTime: 5 * 60_000,
});

export const wallLinksQuery = queryOptions({
  queryKey: ['wall-links'],
  queryFn: ({ signal }) => request<{ items: WallLink[] }>('GET', '/wall-links', { signal }),
  refetchInterval: EVERY_MS,
});
export const addWallLink = (body: NewWallLinkBody) => request<NewWallLink>('POST', '/wall-links', { body });
export const revokeWallLink = (id: string) => request<void>('DELETE', `/wall-links/${id}`);
