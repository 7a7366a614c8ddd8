import { queryOptions } from '@tanstack/react-query';
import type { TakeNextAnswer, UpcomingAnswer } from '#contracts';
import { request } from '../api/http.js';

/** What I take up next. */

export const takeNext = (idempotencyKey: string) => request<TakeNextAnswer>('POST', '/next', { idempotencyKey });

export const upcomingQuery = queryOptions({
  queryKey: ['upcoming'],
  queryFn: ({ signal }) => request<UpcomingAnswer>('GET', '/next', { signal }),
  staleTime: 30_000,
});
