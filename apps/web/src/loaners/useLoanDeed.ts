import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDeed } from '../app/useDeed.js';

/** Does something about loaners; what it changes is asked for again. */
export const useLoanDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  /** @returns what came of it, or null; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> =>
      attempt(async () => {
        const stale = ['loaners', 'case', 'timeline', 'cases', 'counts', 'stores'];
        const renew = () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey: [queryKey] })));
        const done = await deed().catch((cause: unknown) => {
          // Who is refused may have looked at what is no more.
          void renew();
          throw cause;
        });
        await renew();
        return done;
      }, inForm),
    [attempt, client],
  );
  return { run, busy, problem };
};
