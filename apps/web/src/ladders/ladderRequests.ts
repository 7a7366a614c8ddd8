import { queryOptions } from '@tanstack/react-query';
import type { Ladder, LadderBody, LadderChange, LadderPage } from '#contracts';
import { request } from '../api/http.js';

export const laddersQuery = queryOptions({
  queryKey: ['ladders'],
  queryFn: ({ signal }) => request<LadderPage>('GET', '/ladders', { query: { limit: 200 }, signal }),
});

export const addLadder = (body: LadderBody, idempotencyKey: string) =>
  request<Ladder>('POST', '/ladders', { body, idempotencyKey });

export const changeLadder = (id: string, body: LadderChange) => request<Ladder>('PUT', `/ladders/${id}`, { body });
