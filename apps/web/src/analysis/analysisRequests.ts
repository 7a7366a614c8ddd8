import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Analysis, AnalysisGroup, AnalysisMetric, MetricDetail, MetricRowPage } from '#contracts';
import { addressOf, request } from '../api/http.js';
import type { AnalysisSearch } from './period.rules.js';

/** Of which days, and of what. */
export interface AnalysisFilters {
  from: string;
  to: string;
  channel: string | undefined;
  queueId: string | undefined;
  /** Of money; else that of the limits. */
  currency?: string | undefined;
}

const FRESH_MS = 60_000;
const keyOf = ({ from, to, channel, queueId, currency }: AnalysisFilters) => [
  ...[from, to, channel ?? '', queueId ?? '', currency ?? ''],
];
const asked = (filters: AnalysisFilters) => ({ ...filters });

export const filtersOf = (period: { from: string; to: string }, search: AnalysisSearch): AnalysisFilters => ({
  ...period,
  channel: search.channel,
  queueId: search.queue,
});

/** Some metrics with their cards. */
export const cardsQuery = (metrics: readonly AnalysisMetric[], filters: AnalysisFilters) =>
  queryOptions({
    queryKey: ['analysis', 'cards', metrics.join(), ...keyOf(filters)],
    queryFn: ({ signal }) =>
      request<Analysis>('GET', '/analysis', { query: { ...asked(filters), metrics: metrics.join() }, signal }),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const metricQuery = (metric: AnalysisMetric, filters: AnalysisFilters, group: AnalysisGroup) =>
  queryOptions({
    queryKey: ['analysis', metric, group, ...keyOf(filters)],
    queryFn: ({ signal }) =>
      request<MetricDetail>('GET', `/analysis/${metric}`, { query: { ...asked(filters), group }, signal }),
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });

export const metricRowsQuery = (metric: AnalysisMetric, filters: AnalysisFilters) =>
  infiniteQueryOptions({
    queryKey: ['analysis', metric, 'rows', ...keyOf(filters)],
    queryFn: ({ pageParam, signal }) =>
      request<MetricRowPage>('GET', `/analysis/${metric}/rows`, {
        query: { ...asked(filters), limit: 25, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    staleTime: FRESH_MS,
  });

export const fileAddress = (metric: AnalysisMetric, filters: AnalysisFilters): string =>
  addressOf(`/analysis/${metric}/rows.csv`, asked(filters));
