import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CaseRow, CaseView } from '#contracts';
import { casesQuery } from '../api/queries.js';

/** The rows of a view, page after page. A case that moved between two pages while they were read is shown once. */
export const useCases = (view: CaseView) => {
  const query = useInfiniteQuery(casesQuery({ view }));
  const rows = useMemo(() => {
    const seen = new Map<string, CaseRow>();
    for (const page of query.data?.pages ?? [])
      for (const row of page.items) if (!seen.has(row.id)) seen.set(row.id, row);
    return [...seen.values()];
  }, [query.data]);
  return { ...query, rows };
};
export type Cases = ReturnType<typeof useCases>;
