import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import type { CaseDetail, CaseView, RejectQuery, TimelineFilter } from '#contracts';
import { isUnreachable } from './http.js';
import * as requests from './requests.js';

/** What the screens read, by key. The doorbell refreshes by the same keys. */

interface ListAsked {
  view?: CaseView;
  q?: string;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => requests.readSession({ signal }),
  staleTime: Infinity,
  gcTime: Infinity,
});

export const casesQuery = (asked: ListAsked) =>
  infiniteQueryOptions({
    queryKey: ['cases', asked],
    queryFn: ({ pageParam, signal }) =>
      requests.readCases({ ...asked, limit: 50, cursor: pageParam ?? undefined }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => requests.readCounts({ signal }),
});

/** A case; opened for the first time it brings its timeline along, for `timelineQuery` to find. */
export const caseQuery = (idOrReference: string) =>
  queryOptions({
    queryKey: ['case', idOrReference],
    queryFn: ({ signal, client }) =>
      client.getQueryData(['case', idOrReference])
        ? requests.readCase(idOrReference, { signal })
        : openCase(client, idOrReference, signal),
  });

const openCase = async (client: QueryClient, idOrReference: string, signal: AbortSignal): Promise<CaseDetail> => {
  const { timeline, ...detail } = await requests.readCaseWithTimeline(idOrReference, { signal });
  // Of a timeline that is held already there may be more pages than this one: it is asked for again as a whole.
  const { queryKey } = timelineQuery(detail.id);
  if (client.getQueryData(queryKey)) await client.invalidateQueries({ queryKey });
  else if (timeline) client.setQueryData(queryKey, { pages: [timeline], pageParams: [null] });
  return detail;
};

/** Pages run from the newest to older ones; each is oldest first in itself. */
export const timelineQuery = (caseId: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', caseId],
    queryFn: ({ pageParam, signal }) => requests.readTimeline(caseId, { cursor: pageParam ?? undefined }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });

/** What a filter shows of what is older than the pages that are held, which end at `cursor`; null: they are all there is. */
export const olderEntriesQuery = (caseId: string, filter: TimelineFilter, cursor: string | null) =>
  infiniteQueryOptions({
    queryKey: ['timeline', caseId, filter, cursor],
    queryFn: ({ pageParam, signal }) =>
      requests.readTimeline(caseId, { filter, cursor: pageParam ?? undefined }, { signal }),
    initialPageParam: cursor,
    getNextPageParam: (last) => last.nextCursor,
    enabled: filter !== 'all' && cursor !== null,
  });

export const customersQuery = (q: string) =>
  queryOptions({
    queryKey: ['customers', q],
    queryFn: ({ signal }) => requests.findCustomers(q, { signal }),
    enabled: q.length >= 2,
    staleTime: 10_000,
  });

const seldom = 5 * 60_000;
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => requests.readPeople({ signal }),
  staleTime: seldom,
});
export const storesQuery = queryOptions({
  queryKey: ['stores'],
  queryFn: ({ signal }) => requests.readStores({ signal }),
  staleTime: seldom,
});
export const rejectsQuery = (state: RejectQuery['state']) =>
  infiniteQueryOptions({
    queryKey: ['rejects', state],
    queryFn: ({ pageParam, signal }) => requests.readRejects(state, pageParam ?? undefined, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
export const reviewsQuery = infiniteQueryOptions({
  queryKey: ['reviews'],
  queryFn: ({ pageParam, signal }) => requests.readReviews(pageParam ?? undefined, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** Rung for when a channel changes; the self-test and what waits change unheard, so it is asked again and again as well. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => requests.readHealth({ signal }),
  refetchInterval: 30_000,
  refetchOnWindowFocus: true,
  staleTime: 15_000,
});
export const mailboxesQuery = queryOptions({
  queryKey: ['mailboxes'],
  queryFn: ({ signal }) => requests.readMailboxes({ signal }),
});
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => requests.readAccounts({ signal }),
});
export const callerQuery = (phone: string) =>
  queryOptions({
    queryKey: ['caller', phone],
    queryFn: ({ signal }) => requests.readCaller(phone, { signal }),
    enabled: phone.replace(/\D/g, '').length >= 3,
    staleTime: 10_000,
  });
/** Of the person, whatever they sit at: also changed elsewhere. */
export const ownSettingsQuery = queryOptions({
  queryKey: ['own'],
  queryFn: ({ signal }) => requests.readOwnSettings({ signal }),
});

/** Asks again only where asking again can help: no answer, or the server's own trouble. */
const worthRepeating = (failures: number, error: unknown): boolean => failures < 2 && isUnreachable(error);

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // The doorbell says when something changed; a focus or a visit alone is no reason to ask.
      queries: { staleTime: 60_000, retry: worthRepeating, networkMode: 'always', refetchOnWindowFocus: false },
      mutations: { networkMode: 'always', retry: false },
    },
  });
