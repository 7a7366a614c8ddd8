import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TimelineFilter } from '#contracts';
import { olderEntriesQuery } from '../api/queries.js';
import { entriesOf } from './timeline.rules.js';
import type { OpenedTimeline } from './useOpened.js';

/**
 * The entries of a case through a filter. Of the pages that are held the screen shows what is of it; of all that is older the
 * server finds it, so that a filter is about the whole case. `isKnown`: what is newest of it is there.
 */
export const useFiltered = (caseId: string, timeline: OpenedTimeline, filter: TimelineFilter) => {
  const end = timeline.data?.pages.at(-1)?.nextCursor ?? null;
  const rest = useInfiniteQuery(olderEntriesQuery(caseId, filter, end));
  const found = rest.data?.pages;
  const entries = useMemo(() => entriesOf([...(timeline.data?.pages ?? []), ...(found ?? [])]), [timeline.data, found]);
  const isElsewhere = filter !== 'all' && end !== null;
  const { isPending, isError, hasNextPage } = rest;

  return {
    entries,
    older: isElsewhere ? rest : timeline,
    hasOlder: isElsewhere ? isPending || isError || hasNextPage : timeline.hasNextPage,
    isKnown: !isElsewhere || !isPending,
  };
};
export type Filtered = ReturnType<typeof useFiltered>;
