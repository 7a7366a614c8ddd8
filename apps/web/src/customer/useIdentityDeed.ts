import { useQueryClient } from '@tanstack/react-query';
import { useDeed } from '../app/useDeed.js';
import { identityQuery, proofQuery } from './identityRequests.js';

/** Runs a deed on who somebody is; what is shown of them is read again, also when it failed. */
export const useIdentityDeed = (caseId: string, customerId: string) => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: identityQuery(caseId, customerId).queryKey }),
      client.invalidateQueries({ queryKey: proofQuery(caseId).queryKey }),
      client.invalidateQueries({ queryKey: ['timeline', caseId] }),
    ]);
  const run = async <T>(deed: () => Promise<T>): Promise<T | null> => {
    const done = await attempt(deed);
    await refresh();
    return done;
  };
  return { busy, problem, run, refresh };
};
