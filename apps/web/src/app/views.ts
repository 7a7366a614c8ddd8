import type { QueryClient } from '@tanstack/react-query';
import type { CaseView } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { countsQuery } from '../api/queries.js';

/** The lists of cases there are, as addresses name them. */

const VIEWS: Record<CaseView, true> = {
  ...{ next: true, mine: true, unassigned: true, open: true, update_due: true, without_service: true },
  ...{ waiting_partner: true, quiet: true, failed: true, closed: true },
};
interface DeskSearch {
  view?: CaseView;
}

export const readDesk = ({ view }: Record<string, unknown>): DeskSearch =>
  Object.hasOwn(VIEWS, String(view)) ? { view: view as CaseView } : {};

/** Nobody begins at an empty list while there is a full one; who cannot be told the counts begins at the usual one. */
export const fullerView = async (client: QueryClient): Promise<CaseView> => {
  try {
    const { counts } = await client.ensureQueryData(countsQuery);
    return counts.some(({ view, count }) => view === 'unassigned' && count === 0) ? 'open' : 'unassigned';
  } catch (error) {
    if (error instanceof ApiFailure) return 'unassigned';
    throw error;
  }
};
