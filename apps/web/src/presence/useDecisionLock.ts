import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { DECISION_LEASE_SECONDS, type Decision, type DecisionLock } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { releaseLock, takeLock } from './presenceRequests.js';

const RENEW_MS = (DECISION_LEASE_SECONDS / 3) * 1000;

/** Who else has the decision before them; null when it is ours, or nobody can say. */
export interface HeldLock {
  other: DecisionLock | null;
  takeOver: () => void;
}

/** Takes it, or goes on having it. @returns who has it instead; null also without a line: the server refuses the deed itself */
const otherHolder = async (caseId: string, decision: Decision, takeOver: boolean): Promise<DecisionLock | null> => {
  try {
    await takeLock(caseId, decision, takeOver);
    return null;
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return error.code === 'case.decision_locked' ? (error.details as DecisionLock) : null;
  }
};

/**
 * Has a decision in hand while the dialog that asks for it is open, and says so again before the lease runs out. Others are
 * told, and whoever loses it to somebody is told as well.
 * @param caseId null: there is no case to decide on
 */
export const useDecisionLock = (caseId: string | null, decision: Decision): HeldLock => {
  const client = useQueryClient();
  const queryKey = ['lock', caseId, decision];
  const { data } = useQuery({
    queryKey,
    queryFn: () => otherHolder(caseId ?? '', decision, false),
    enabled: caseId !== null,
    refetchInterval: RENEW_MS,
    refetchIntervalInBackground: true,
    gcTime: 0,
    staleTime: 0,
  });
  useEffect(() => {
    if (!caseId) return;
    // A lease that cannot be given back runs out.
    return () => void releaseLock(caseId, decision).catch(() => undefined);
  }, [caseId, decision]);
  const takeOver = async () => {
    if (caseId) client.setQueryData(queryKey, await otherHolder(caseId, decision, true));
  };
  return { other: data ?? null, takeOver: () => void takeOver() };
};
