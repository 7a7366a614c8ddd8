import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TimelineEntry, TimelineFilter } from '#contracts';
import { olderEntriesQuery } from '../api/queries.js';
import { entriesOf, slidOut } from './timeline.rules.js';
import type { OpenedTimeline } from './useOpened.js';

/**
 * The entries of a case through a filter. Of the pages that are held the screen shows what is of it; of all that is older the
 * server finds it, so that a filter is about the whole case. `isKnown`: what is newest of it is there.
 *
 * What comes moves the end of the held pages. What is older is read on from where it was when the filter was chosen, and
 * what slid out of the held pages since is kept, so that the pages that were read stay where they are.
 */
export const useFiltered = (
  caseId: string,
  timeline: OpenedTimeline,
  held: readonly TimelineEntry[],
  filter: TimelineFilter,
) => {
  const now = { filter, end: timeline.data?.pages.at(-1)?.nextCursor ?? null, held };
  const [begun, setBegun] = useState(now);
  if (begun.filter !== filter || (begun.end === null && now.end !== null)) setBegun(now);
  const end = filter === 'all' ? now.end : begun.end;
  const rest = useInfiniteQuery(olderEntriesQuery(caseId, filter, end));
  const found = rest.data?.pages;
  const entries = useMemo(
    () =>
      entriesOf([
        { items: [...held], nextCursor: null },
        { items: filter === 'all' ? [] : slidOut(begun.held, held), nextCursor: null },
        ...(found ?? []),
      ]),
    [filter, begun, held, found],
  );
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
