import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { isUnreachable } from '../api/http.js';
import { newKey } from '../api/requests.js';
import { useDeed } from '../app/useDeed.js';

/** A word changes more than the handoff: the repair, the clocks, what is said to the customer. */
const STALE = ['handoffs', 'case', 'timeline', 'repairs', 'custody', 'closing', 'facts', 'loaners'];

/** Does something about a handoff; all that is told of its case is read anew. */
export const useHandoffDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, failure, problem } = useDeed();
  const [key, setKey] = useState(newKey);
  const settled = useCallback(
    async <T>(done: T): Promise<T> => {
      setKey(newKey());
      await Promise.all(STALE.map((name) => client.invalidateQueries({ queryKey: [name] })));
      return done;
    },
    [client],
  );
  const run = useCallback(
    <T>(deed: (key: string) => Promise<T>, inForm = true): Promise<T | null> =>
      attempt(async () => {
        try {
          return await settled(await deed(key));
        } catch (error) {
          // Nobody knows whether it was done: tried again it is the same deed. What was refused is another one.
          if (!isUnreachable(error)) setKey(newKey());
          throw error;
        }
      }, inForm),
    [attempt, settled, key],
  );
  return { run, settled, busy, failure, problem };
};
