import type { QueryClient } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import type { CaseView } from '#contracts';
import { ApiFailure } from '../api/http.js';
import { sessionQuery } from '../api/queries.js';
import { draftsAreOf } from '../case/drafts.js';
import { sessionAt } from '../offline/sessionHere.js';
import { homeOf, homeViewOf } from './session.js';
import { fullerView } from './views.js';

/** Who may go where. */

interface Going {
  context: { client: QueryClient };
  location: { pathname: string; href: string };
}

/** Whoever has no session logs in first, and goes on to where they wanted. */
export async function forSession({ context, location }: Going): Promise<void> {
  try {
    const { user } = await sessionAt(context.client, location.pathname);
    draftsAreOf(user.id);
  } catch (error) {
    if (!(error instanceof ApiFailure && error.status === 401)) throw error;
    throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { to: location.href }, replace: true });
  }
}

/** Who may not see the work of all is taken to their own. */
export function forSupervision({ context: { client } }: Pick<Going, 'context'>): void {
  const permissions = client.getQueryData(sessionQuery.queryKey)?.user.permissions;
  if (permissions && !permissions.includes('supervise')) throw redirect({ to: '/', replace: true });
}

/** Everybody begins where their work is. */
export function toTheirHome({ context: { client } }: Pick<Going, 'context'>): void {
  const role = client.getQueryData(sessionQuery.queryKey)?.user.role;
  throw redirect({ to: role ? homeOf(role) : '/inbox', replace: true });
}

/** Who begins at what nobody has taken is taken to where there is something. */
export async function toAFullerView({
  context: { client },
  search,
}: Pick<Going, 'context'> & { search: { view?: CaseView } }): Promise<void> {
  const role = client.getQueryData(sessionQuery.queryKey)?.user.role;
  if (search.view || !role || homeViewOf(role) !== 'unassigned') return;
  throw redirect({ to: '/inbox', search: { view: await fullerView(client) }, replace: true });
}
