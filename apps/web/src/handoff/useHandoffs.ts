import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '#contracts';
import { lookEvery, type WholeHandoff } from './handoff.rules.js';
import { handoffsQuery } from './handoffRequests.js';

const NONE: WholeHandoff[] = [];

/** The handoffs of a case; of one that has none nothing is asked. `isKnown`: these are all there are. */
export const useHandoffs = ({ id, version, handoffs }: CaseDetail) => {
  const has = handoffs.length > 0;
  const { data, isError, error, refetch } = useQuery({
    ...handoffsQuery(id, version),
    enabled: has,
    refetchInterval: ({ state }) => lookEvery(state.data?.items ?? NONE),
  });
  return { items: data?.items ?? NONE, isKnown: !has || data !== undefined, isError: isError && !data, error, refetch };
};
