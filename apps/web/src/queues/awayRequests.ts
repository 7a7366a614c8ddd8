import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { AwayAnswer, AwayBody, WentAway } from '#contracts';
import { request } from '../api/http.js';

/** I am not there for a while. */

/** @param until when I would be back; of it depends which cases should not wait */
export const awayQuery = (until?: string) =>
  queryOptions({
    queryKey: ['away', until ?? ''],
    queryFn: ({ signal }) => request<AwayAnswer>('GET', '/me/away', { query: { until }, signal }),
    staleTime: 30_000,
  });

export const goAway = (body: z.input<typeof AwayBody>) => request<WentAway>('POST', '/me/away', { body });
export const comeBack = () => request<AwayAnswer>('DELETE', '/me/away');
