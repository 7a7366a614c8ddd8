import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { CasePage, CaseRow } from '#contracts';

/** The row of a case, if any list in the browser holds it. */
export const heldRow = (client: QueryClient, reference: string): CaseRow | null =>
  client
    .getQueriesData<InfiniteData<CasePage>>({ queryKey: ['cases'] })
    .flatMap(([, lists]) => lists?.pages ?? [])
    .flatMap((page) => page.items)
    .find((row) => row.reference === reference) ?? null;
