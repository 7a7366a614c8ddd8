import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TimelineFilter } from '#contracts';
import { olderEntriesQuery } from '../api/queries.js';
import { jumpTo } from './jump.js';
import { entriesOf } from './timeline.rules.js';
import type { OpenedTimeline } from './useOpened.js';

/**
 * The entries of a case through a filter. Of the pages that are held the screen shows what is of it; of all that is older the
 * server finds it, so that a filter is about the whole case. `isKnown`: what is newest of it is there.
 */
export const useFiltered = (caseId: string, timeline: OpenedTimeline) => {
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const end = timeline.data?.pages.at(-1)?.nextCursor ?? null;
  const rest = useInfiniteQuery(olderEntriesQuery(caseId, filter, end));
  const found = rest.data?.pages;
  const entries = useMemo(() => entriesOf([...(timeline.data?.pages ?? []), ...(found ?? [])]), [timeline.data, found]);
  const isElsewhere = filter !== 'all' && end !== null;
  const { isPending, isError, hasNextPage } = rest;

  // What the address names is shown, whatever was looked for before.
  const reveal = useEffectEvent(() => {
    const { hash } = window.location;
    if (filter === 'all' || !hash.startsWith('#entry-') || document.getElementById(hash.slice(1))) return;
    flushSync(() => setFilter('all'));
    jumpTo(hash.slice('#entry-'.length));
  });
  useEffect(() => {
    const onHash = () => reveal();
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);

  return {
    filter,
    setFilter,
    entries,
    older: isElsewhere ? rest : timeline,
    hasOlder: isElsewhere ? isPending || isError || hasNextPage : timeline.hasNextPage,
    isKnown: !isElsewhere || !isPending,
  };
};
export type Filtered = ReturnType<typeof useFiltered>;
