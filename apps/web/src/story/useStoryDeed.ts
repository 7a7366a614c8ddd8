import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseDetail } from '#contracts';
import { useDeed } from '../app/useDeed.js';
import { placeRow } from '../live/doorbell.js';

/** Does something about the story; what the server answers is on the screen at once. */
export const useStoryDeed = ({ id, reference }: Pick<CaseDetail, 'id' | 'reference'>) => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  /** @returns whether it worked; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    async (deed: () => Promise<CaseDetail>, inForm = false): Promise<boolean> => {
      const changed = await attempt(deed, inForm);
      if (!changed) return false;
      client.setQueryData(['case', reference], changed);
      placeRow(client, changed);
      const stale = [['timeline', id], ['cases'], ['counts'], ['facts', id], ['closing', id], ['re-explanations', id]];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      return true;
    },
    [attempt, client, id, reference],
  );
  return { run, busy, problem };
};
