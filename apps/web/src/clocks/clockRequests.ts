import { queryOptions } from '@tanstack/react-query';
import type { CaseClocks } from '#contracts';
import { request } from '../api/http.js';

/** Of the case as it is at this version: another one is another question. */
export const clocksQuery = (caseId: string, version: number) =>
  queryOptions({
    queryKey: ['clocks', caseId, version],
    queryFn: ({ signal }) => request<CaseClocks>('GET', `/cases/${caseId}/clocks`, { signal }),
    // What was read stays until the next is there, of this case.
    placeholderData: (before: CaseClocks | undefined, query) => (query?.queryKey[1] === caseId ? before : undefined),
  });
