import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '#contracts';
import { isUnreachable } from '../../api/http.js';
import { caseQuery } from '../../api/queries.js';

const worthIt = (failures: number, error: unknown): boolean => failures < 2 && isUnreachable(error);

/** A case as far as this shop may read it; null: it may not, or it is being read. */
export const useKnownCase = (reference: string | null | undefined): CaseDetail | null =>
  useQuery({ ...caseQuery(reference ?? ''), enabled: Boolean(reference), retry: worthIt }).data ?? null;
