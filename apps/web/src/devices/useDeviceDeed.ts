import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDeed } from '../app/useDeed.js';

/** Does something about the phones of a case; the panel and the story are read anew. */
export const useDeviceDeed = (detail: { id: string; reference: string }) => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  const run = useCallback(
    async <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> => {
      const done = await attempt(deed, inForm);
      if (done === null) return null;
      const stale = [['devices'], ['case', detail.reference], ['timeline', detail.id]];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      return done;
    },
    [attempt, client, detail.id, detail.reference],
  );
  return { run, busy, problem };
};
