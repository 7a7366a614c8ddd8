import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { isUnreachable } from '../api/http.js';
import { newKey } from '../api/requests.js';
import { useDeed } from '../app/useDeed.js';

/** Does something about where a phone is; the case, its repairs and what stores see of it are read anew. */
export const useCustodyDeed = (caseId: string) => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  const [key, setKey] = useState(newKey);
  /** @returns whether it worked */
  const run = useCallback(
    async (deed: (key: string) => Promise<unknown>): Promise<boolean> => {
      const done = await attempt(async () => {
        try {
          await deed(key);
        } catch (error) {
          // Nobody knows whether it was done: tried again it is the same deed. What was refused is another one.
          if (!isUnreachable(error)) setKey(newKey());
          throw error;
        }
        setKey(newKey());
        return true;
      });
      if (done === null) return false;
      const stale = [
        ['custody', caseId],
        ['repairs', caseId],
        ['timeline', caseId],
        ['case'],
        ['parcels'],
        ['store-board'],
      ];
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      return true;
    },
    [attempt, client, caseId, key],
  );
  return { run, busy, problem };
};
