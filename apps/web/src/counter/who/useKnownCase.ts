import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '#contracts';
import { isUnreachable } from '../../api/http.js';
import { caseQuery } from '../../api/queries.js';

type Reference = string | null | undefined;

const worthIt = (failures: number, error: unknown): boolean => failures < 2 && isUnreachable(error);
const knownQuery = (reference: Reference) => ({
  ...caseQuery(reference ?? ''),
  enabled: Boolean(reference),
  retry: worthIt,
});

/** A case as far as this shop may read it; null: it may not, or it is being read. */
export const useKnownCase = (reference: Reference): CaseDetail | null => useQuery(knownQuery(reference)).data ?? null;

/** Whether nobody knows yet what this shop may read of it. */
export const useIsCaseUnread = (reference: Reference): boolean =>
  useQuery(knownQuery(reference)).isPending && Boolean(reference);
