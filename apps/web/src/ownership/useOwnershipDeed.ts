import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useDeed } from '../app/useDeed.js';
import { refreshOwnership } from './ownershipBell.js';

/** Does something about who has a case; what it changes is asked for again. */
export const useOwnershipDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  /** @returns what came of it, or null; a failure without a form to stand in is told at the foot of the screen */
  const run = useCallback(
    <T>(deed: () => Promise<T>, inForm = false): Promise<T | null> =>
      attempt(async () => {
        const done = await deed();
        const stale = ['case', 'timeline', 'cases', 'counts'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        );
        await Promise.all([...stale, refreshOwnership(client)]);
        return done;
      }, inForm),
    [attempt, client],
  );
  return { run, busy, problem };
};
