import { infiniteQueryOptions } from '@tanstack/react-query';
import type { EscalationOutcomes, EscalationPage, EscalationReassign, EscalationState } from '#contracts';
import { request } from '../api/http.js';

const EVERY_MS = 15_000;

/** Rung for with the dashboard, of which it is a part. */
export const escalationsQuery = (state: EscalationState) =>
  infiniteQueryOptions({
    queryKey: ['dashboard', 'escalations', state],
    queryFn: ({ pageParam, signal }) =>
      request<EscalationPage>('GET', '/escalations', {
        query: { state, cursor: pageParam ?? undefined, limit: 30 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: EVERY_MS,
  });

export const acknowledge = (ids: string[]) =>
  request<EscalationOutcomes>('POST', '/escalations/acknowledge', { body: { ids } });
export const takeOver = (ids: string[]) => request<EscalationOutcomes>('POST', '/escalations/take', { body: { ids } });
export const reassign = (body: EscalationReassign) =>
  request<EscalationOutcomes>('POST', '/escalations/reassign', { body });
