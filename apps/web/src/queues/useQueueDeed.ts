import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDeed } from '../app/useDeed.js';

/** Changes a queue or a person; lists of both are asked for again. */
export const useQueueDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  const run = useCallback(
    <T>(deed: () => Promise<T>): Promise<T | null> =>
      attempt(async () => {
        const done = await deed();
        await Promise.all(['queues', 'workers'].map((name) => client.invalidateQueries({ queryKey: [name] })));
        return done;
      }),
    [attempt, client],
  );
  return { run, busy, problem };
};
