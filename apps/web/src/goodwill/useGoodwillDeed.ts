import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDeed } from '../app/useDeed.js';

const STALE = ['benefits', 'compensations', 'case', 'timeline', 'goodwill'];

/** Does something about what somebody is given; what it changes is asked for again. */
export const useGoodwillDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, failure, problem } = useDeed();
  const run = useCallback(
    <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> =>
      attempt(async () => {
        const done = await deed();
        await Promise.all(STALE.map((key) => client.invalidateQueries({ queryKey: [key] })));
        return done;
      }, inForm),
    [attempt, client],
  );
  return { run, busy, failure, problem };
};
