import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseDetail } from '#contracts';
import { useDeed } from '../app/useDeed.js';

/** Does something about a repair; the case and all that is told of it is read anew. */
export const useRepairDeed = ({ id, reference }: Pick<CaseDetail, 'id' | 'reference'>) => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  /** @returns whether it worked; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    async (deed: () => Promise<unknown>, inForm = true): Promise<boolean> => {
      const done = await attempt(async () => {
        await deed();
        return true;
      }, inForm);
      if (done === null) return false;
      const stale = [
        ['repairs', id],
        ['case', reference],
        ['timeline', id],
        ['closing', id],
        ['facts', id],
      ];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      return true;
    },
    [attempt, client, id, reference],
  );
  return { run, busy, problem };
};
