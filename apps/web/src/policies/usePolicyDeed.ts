import { useQueryClient } from '@tanstack/react-query';
import { useDeed } from '../app/useDeed.js';
import { policiesQuery } from './policyRequests.js';

/** Changes something about policies; the list is read anew before the deed is over, so that nothing jumps afterwards. */
export const usePolicyDeed = () => {
  const client = useQueryClient();
  const { run, ...rest } = useDeed();
  return {
    ...rest,
    run: <T>(deed: () => Promise<T>, inForm = true): Promise<T | null> =>
      run(async () => {
        const done = await deed();
        await client.invalidateQueries({ queryKey: policiesQuery.queryKey });
        return done;
      }, inForm),
  };
};
