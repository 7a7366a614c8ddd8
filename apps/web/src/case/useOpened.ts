import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { caseQuery, timelineQuery } from '../api/queries.js';
import { heldCaseId } from '../inbox/heldRows.js';
import { entriesOf } from './timeline.rules.js';

/** The opened case and its timeline; both are asked at once where a list already knows the id. */
export const useOpened = (reference: string) => {
  const client = useQueryClient();
  const opened = useQuery(caseQuery(reference));
  const id = opened.data?.id ?? heldCaseId(client, reference) ?? '';
  const timeline = useInfiniteQuery({ ...timelineQuery(id), enabled: id !== '' });
  const entries = useMemo(() => entriesOf(timeline.data?.pages ?? []), [timeline.data]);
  return { opened, timeline, entries };
};
export type OpenedTimeline = ReturnType<typeof useOpened>['timeline'];
