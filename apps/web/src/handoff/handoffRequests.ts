import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  CaseHandoff,
  CaseHandoffs,
  ChangeHandoffBody,
  DeadLetterRow,
  GoOnBody,
  HandoffMeasure,
  HandoffPreview,
  HandoffRow,
  HandoffsQuery,
  HandoffWord,
  NewHandoffBody,
  Partner,
  SettleLetterBody,
} from '#contracts';
import { request } from '../api/http.js';

/** Every call about handoffs; each deed answers with its handoff. */

/** Of the case as it is at this version: another one is another question. */
export const handoffsQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['handoffs', 'of', caseId, version],
    queryFn: ({ signal }) => request<CaseHandoffs>('GET', `/cases/${caseId}/handoffs`, { signal }),
    placeholderData: (before: CaseHandoffs | undefined, query) => (query?.queryKey[2] === caseId ? before : undefined),
  });

export type HandoffView = z.infer<typeof HandoffsQuery>['view'];
export interface HandoffRows {
  items: HandoffRow[];
  nextCursor: string | null;
}
/** Those a figure of a scorecard counts. */
export interface Counted {
  measure: HandoffMeasure;
  days: number;
}
export const handoffRowsQuery = (view: HandoffView, partnerId: string | undefined, counted?: Counted) =>
  infiniteQueryOptions({
    queryKey: ['handoffs', 'rows', view, partnerId ?? null, counted ?? null],
    queryFn: ({ pageParam, signal }) =>
      request<HandoffRows>('GET', '/handoffs', {
        query: { view, partnerId, ...counted, limit: 50, cursor: pageParam ?? undefined },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/**
 * What came from partners and could not be taken, oldest first. Most of it belongs to no case, so nobody rings for it: it is
 * asked again and again while somebody looks.
 */
export const lettersQuery = infiniteQueryOptions({
  queryKey: ['handoffs', 'letters'],
  queryFn: ({ pageParam, signal }) =>
    request<{ items: DeadLetterRow[]; nextCursor: string | null }>('GET', '/handoff-letters', {
      query: { limit: 50, cursor: pageParam ?? undefined },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
  refetchInterval: 15_000,
});
/** Reads it again, or puts it away. */
export const settleLetter = (id: string, how: z.infer<typeof SettleLetterBody>['how']) =>
  request<undefined>('POST', `/handoff-letters/${id}/settle`, { body: { how } });

export const partnersQuery = queryOptions({
  queryKey: ['partners'],
  queryFn: ({ signal }) => request<{ items: Partner[] }>('GET', '/partners', { signal }),
  gcTime: Infinity,
});

export const draftHandoff = (caseId: string, body: z.input<typeof NewHandoffBody>, idempotencyKey: string) =>
  request<CaseHandoff>('POST', `/cases/${caseId}/handoffs`, { body, idempotencyKey });
export const changeHandoff = (id: string, body: ChangeHandoffBody) =>
  request<CaseHandoff>('PATCH', `/handoffs/${id}`, { body });
export const previewHandoff = (id: string) => request<HandoffPreview>('GET', `/handoffs/${id}/preview`);
export const sendHandoff = (id: string, idempotencyKey: string) =>
  request<CaseHandoff>('POST', `/handoffs/${id}/send`, { body: {}, idempotencyKey });
export const sayWord = (id: string, word: HandoffWord, idempotencyKey: string) =>
  request<CaseHandoff>('POST', `/handoffs/${id}/words`, { body: { word }, idempotencyKey });
export const goOnWithout = (id: string, body: GoOnBody, idempotencyKey: string) =>
  request<CaseHandoff>('POST', `/handoffs/${id}/go-on`, { body, idempotencyKey });
/** Tries again what could not be brought to them. */
export const resendDelivery = (id: string) =>
  request<undefined>('POST', `/handoff-deliveries/${id}/send-again`, { body: {} });
/** Gives up what could not be brought to them: what was said after it goes on without it. */
export const dropDelivery = (id: string) => request<undefined>('POST', `/handoff-deliveries/${id}/drop`, { body: {} });
