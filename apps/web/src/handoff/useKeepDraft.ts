import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseHandoffs, Handoff } from '#contracts';

/** A draft as it was kept is the draft that is shown: no event tells of it, so nothing else would read it anew. */
export const useKeepDraft = (caseId: string) => {
  const client = useQueryClient();
  return useCallback(
    (kept: Handoff) => {
      const queryKey = ['handoffs', 'of', caseId];
      client.setQueriesData<CaseHandoffs>(
        { queryKey },
        (before) =>
          before && { ...before, items: before.items.map((one) => (one.id === kept.id ? { ...one, ...kept } : one)) },
      );
      // What is being read may have been looked up before it was kept.
      if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey });
    },
    [client, caseId],
  );
};
