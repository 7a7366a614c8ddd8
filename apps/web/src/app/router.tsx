import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type { CaseView } from '#contracts';
import { readSearch } from '../analysis/period.rules.js';
import { ApiFailure } from '../api/http.js';
import { caseQuery, countsQuery, sessionQuery } from '../api/queries.js';
import { draftsAreOf } from '../case/drafts.js';
import { Desk } from '../inbox/Desk.js';
import { NothingOpen } from '../inbox/NothingOpen.js';
import { Inside } from './Inside.js';
import { readAnswerOfX, readDashboard, readId, readPhone } from './addresses.js';
import { homeViewOf } from './session.js';
import { NotFound, ScreenFailed } from './Fallbacks.js';

/** Every address of the app. Secondary screens are loaded when first visited. */

const VIEWS: Record<CaseView, true> = {
  ...{ next: true, mine: true, unassigned: true, open: true, update_due: true, without_service: true },
  ...{ waiting_partner: true, quiet: true, failed: true, closed: true },
};
interface DeskSearch {
  view?: CaseView;
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet, notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search['to'] === 'string' && /^\/(?!\/)/.test(search['to']) ? { to: search['to'] } : {},
  component: lazyRouteComponent(() => import('../login/Login.js'), 'Login'),
});

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    try {
      const { user } = await context.client.ensureQueryData(sessionQuery);
      draftsAreOf(user.id);
    } catch (error) {
      if (!(error instanceof ApiFailure && error.status === 401)) throw error;
      throw redirect({ to: '/login', search: location.pathname === '/' ? {} : { to: location.href }, replace: true });
    }
  },
  component: Inside,
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: ({ context }) => {
    const role = context.client.getQueryData(sessionQuery.queryKey)?.user.role;
    throw redirect({ to: role === 'store' ? '/visit' : '/inbox', replace: true });
  },
});

const desk = createRoute({
  getParentRoute: () => inside,
  id: 'desk',
  validateSearch: (search: Record<string, unknown>): DeskSearch =>
    Object.hasOwn(VIEWS, String(search['view'])) ? { view: search['view'] as CaseView } : {},
  component: Desk,
});
/** Nobody begins at an empty list while there is a full one; who cannot be told the counts begins at the usual one. */
const fullerView = async (client: QueryClient): Promise<CaseView> => {
  try {
    const { counts } = await client.ensureQueryData(countsQuery);
    return counts.some(({ view, count }) => view === 'unassigned' && count === 0) ? 'open' : 'unassigned';
  } catch (error) {
    if (error instanceof ApiFailure) return 'unassigned';
    throw error;
  }
};

const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/inbox',
  beforeLoad: async ({ context: { client }, search }) => {
    const role = client.getQueryData(sessionQuery.queryKey)?.user.role;
    if (search.view || !role || homeViewOf(role) !== 'unassigned') return;
    throw redirect({ to: '/inbox', search: { view: await fullerView(client) }, replace: true });
  },
  component: NothingOpen,
});
const openedCase = createRoute({
  getParentRoute: () => desk,
  path: '/cases/$reference',
  loader: ({ context: { client }, params: { reference } }) => {
    void client.prefetchQuery(caseQuery(reference));
  },
  component: lazyRouteComponent(() => import('../case/CasePane.js'), 'CasePane'),
});

const visit = createRoute({
  getParentRoute: () => inside,
  path: '/visit',
  component: lazyRouteComponent(() => import('../visit/VisitPage.js'), 'VisitPage'),
});
/** Who may not see the work of all is taken to their own. */
const forSupervision = ({ context: { client } }: { context: { client: QueryClient } }) => {
  const permissions = client.getQueryData(sessionQuery.queryKey)?.user.permissions;
  if (permissions && !permissions.includes('supervise')) throw redirect({ to: '/', replace: true });
};
const policies = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  component: lazyRouteComponent(() => import('../policies/PoliciesPage.js'), 'PoliciesPage'),
});
const calendars = createRoute({
  getParentRoute: () => inside,
  path: '/calendars',
  validateSearch: readId,
  component: lazyRouteComponent(() => import('../calendars/CalendarsPage.js'), 'CalendarsPage'),
});
const dashboard = createRoute({
  getParentRoute: () => inside,
  path: '/dashboard',
  beforeLoad: forSupervision,
  validateSearch: readDashboard,
  component: lazyRouteComponent(() => import('../dashboard/DashboardPage.js'), 'DashboardPage'),
});
const analysis = createRoute({
  getParentRoute: () => inside,
  path: '/analysis',
  beforeLoad: forSupervision,
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('../analysis/AnalysisPage.js'), 'AnalysisPage'),
});
const analysedMetric = createRoute({
  getParentRoute: () => inside,
  path: '/analysis/$metric',
  beforeLoad: forSupervision,
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('../analysis/MetricPage.js'), 'MetricPage'),
});
const ladders = createRoute({
  getParentRoute: () => inside,
  path: '/ladders',
  validateSearch: readId,
  component: lazyRouteComponent(() => import('../ladders/LaddersPage.js'), 'LaddersPage'),
});
const escalations = createRoute({
  getParentRoute: () => inside,
  path: '/escalations',
  component: lazyRouteComponent(() => import('../escalations/EscalationsPage.js'), 'EscalationsPage'),
});
/** By the token behind its `#`, without a session. */
const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('../wall/WallPage.js'), 'WallPage'),
});
const incidents = createRoute({
  getParentRoute: () => inside,
  path: '/incidents',
  validateSearch: (search: Record<string, unknown>): { state?: 'resolved' } =>
    search['state'] === 'resolved' ? { state: 'resolved' } : {},
  component: lazyRouteComponent(() => import('../incident/IncidentsPage.js'), 'IncidentsPage'),
});
const incident = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$id',
  component: lazyRouteComponent(() => import('../incident/IncidentPage.js'), 'IncidentPage'),
});
const queues = createRoute({
  getParentRoute: () => inside,
  path: '/queues',
  validateSearch: (search: Record<string, unknown>): { id?: string; show?: 'people' } => ({
    ...(typeof search['id'] === 'string' ? { id: search['id'] } : {}),
    ...(search['show'] === 'people' ? { show: 'people' as const } : {}),
  }),
  component: lazyRouteComponent(() => import('../queues/QueuesPage.js'), 'QueuesPage'),
});
const brokenGlass = createRoute({
  getParentRoute: () => inside,
  path: '/break-glass',
  component: lazyRouteComponent(() => import('../tracking/GlassPage.js'), 'GlassPage'),
});
const receipt = createRoute({
  getParentRoute: () => inside,
  path: '/receipt/$reference',
  component: lazyRouteComponent(() => import('../tracking/ReceiptPage.js'), 'ReceiptPage'),
});
const rejects = createRoute({
  getParentRoute: () => inside,
  path: '/rejects',
  validateSearch: (search: Record<string, unknown>): { show?: 'decided' | 'reviews' | 'suggestions' } => {
    const { show } = search;
    return show === 'decided' || show === 'reviews' || show === 'suggestions' ? { show } : {};
  },
  component: lazyRouteComponent(() => import('../rejects/RejectsPage.js'), 'RejectsPage'),
});
/** A softphone opens it when somebody calls. */
const call = createRoute({
  getParentRoute: () => inside,
  path: '/call',
  validateSearch: readPhone,
  component: lazyRouteComponent(() => import('../calls/CallPage.js'), 'CallPage'),
});

/** A customer by themselves. */
const customer = createRoute({
  getParentRoute: () => inside,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('../customer/CustomerPage.js'), 'CustomerPage'),
});
const imports = createRoute({
  getParentRoute: () => inside,
  path: '/imports',
  component: lazyRouteComponent(() => import('../customer/ImportPage.js'), 'ImportPage'),
});

const channels = createRoute({
  getParentRoute: () => inside,
  path: '/channels',
  component: lazyRouteComponent(() => import('../channels/ChannelsPage.js'), 'ChannelsPage'),
});
/** X sends whoever gave or refused its permission back here. */
const channelHealth = createRoute({
  getParentRoute: () => channels,
  path: '/',
  validateSearch: readAnswerOfX,
  beforeLoad: ({ search }) => {
    if (search.connected || search.refused) throw redirect({ to: '/channels/twitter', search, replace: true });
  },
  component: lazyRouteComponent(() => import('../channels/HealthPage.js'), 'HealthPage'),
});
const channelAccounts = createRoute({
  getParentRoute: () => channels,
  path: '/twitter',
  validateSearch: readAnswerOfX,
  component: lazyRouteComponent(() => import('../channels/AccountsPage.js'), 'AccountsPage'),
});
const channelMailboxes = createRoute({
  getParentRoute: () => channels,
  path: '/mailboxes',
  component: lazyRouteComponent(() => import('../channels/MailboxesPage.js'), 'MailboxesPage'),
});
const channelCalls = createRoute({
  getParentRoute: () => channels,
  path: '/calls',
  component: lazyRouteComponent(() => import('../channels/CallListPage.js'), 'CallListPage'),
});

const tree = root.addChildren([
  login,
  wall,
  inside.addChildren([
    home,
    desk.addChildren([inbox, openedCase]),
    visit,
    rejects,
    customer,
    imports,
    incidents,
    incident,
    brokenGlass,
    dashboard,
    analysis,
    analysedMetric,
    escalations,
    ladders,
    calendars,
    policies,
    queues,
    receipt,
    call,
    channels.addChildren([channelHealth, channelAccounts, channelMailboxes, channelCalls]),
  ]),
]);

export const makeRouter = (client: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ScreenFailed,
    scrollRestoration: false,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
