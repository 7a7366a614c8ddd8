import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { caseQuery, timelineQuery } from '../api/queries.js';
import { entriesOf } from './timeline.rules.js';

/** The opened case and its timeline, which comes with it. */
export const useOpened = (reference: string) => {
  const opened = useQuery(caseQuery(reference));
  const id = opened.data?.id ?? '';
  const timeline = useInfiniteQuery({ ...timelineQuery(id), enabled: id !== '' });
  const entries = useMemo(() => entriesOf(timeline.data?.pages ?? []), [timeline.data]);
  return { opened, timeline, entries };
};
export type OpenedTimeline = ReturnType<typeof useOpened>['timeline'];
