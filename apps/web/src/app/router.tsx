import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { readSearch } from '../analysis/period.rules.js';
import { caseQuery } from '../api/queries.js';
import { readStep } from '../counter/steps.rules.js';
import { Desk } from '../inbox/Desk.js';
import { NothingOpen } from '../inbox/NothingOpen.js';
import { readDashboard, readIncidents, readLooked, readPhone, readRejects, readWayBack } from './addresses.js';
import { forSupervision, toAFullerView, toTheirHome } from './guards.js';
import { readDesk } from './views.js';
import { readTab } from '../goodwill/tabs.js';
import { readHandoffs } from '../handoff/search.js';
import { readLoaners } from '../loaners/search.js';
import { ScreenFailed } from './Fallbacks.js';
import { houseRoutes } from './houseRoutes.js';
import { inside, root } from './roots.js';

/** Every address of the app. Secondary screens are loaded when first visited. */

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: readWayBack,
  component: lazyRouteComponent(() => import('../login/Login.js'), 'Login'),
});

const home = createRoute({
  getParentRoute: () => inside,
  path: '/',
  beforeLoad: toTheirHome,
});

const desk = createRoute({
  getParentRoute: () => inside,
  id: 'desk',
  validateSearch: readDesk,
  component: Desk,
});

const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/inbox',
  beforeLoad: toAFullerView,
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

/** The counter between two people; `q`: whoever is looked for. */
const visit = createRoute({
  getParentRoute: () => inside,
  path: '/visit',
  validateSearch: readLooked,
  component: lazyRouteComponent(() => import('../counter/CounterPage.js'), 'CounterPage'),
});
const intake = createRoute({
  getParentRoute: () => inside,
  path: '/visit/$id',
  validateSearch: readStep,
  component: lazyRouteComponent(() => import('../counter/IntakePage.js'), 'IntakePage'),
});
const device = createRoute({
  getParentRoute: () => inside,
  path: '/devices/$id',
  component: lazyRouteComponent(() => import('../devices/DevicePage.js'), 'DevicePage'),
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
const goodwill = createRoute({
  getParentRoute: () => inside,
  path: '/goodwill',
  validateSearch: readTab,
  component: lazyRouteComponent(() => import('../goodwill/GoodwillPage.js'), 'GoodwillPage'),
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
  validateSearch: readIncidents,
  component: lazyRouteComponent(() => import('../incident/IncidentsPage.js'), 'IncidentsPage'),
});
const incident = createRoute({
  getParentRoute: () => inside,
  path: '/incidents/$id',
  component: lazyRouteComponent(() => import('../incident/IncidentPage.js'), 'IncidentPage'),
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
  validateSearch: readRejects,
  component: lazyRouteComponent(() => import('../rejects/RejectsPage.js'), 'RejectsPage'),
});
/** A softphone opens it when somebody calls. */
const call = createRoute({
  getParentRoute: () => inside,
  path: '/call',
  validateSearch: readPhone,
  component: lazyRouteComponent(() => import('../calls/CallPage.js'), 'CallPage'),
});

const loaners = createRoute({
  getParentRoute: () => inside,
  path: '/loaners',
  validateSearch: readLoaners,
  component: lazyRouteComponent(() => import('../loaners/LoanersPage.js'), 'LoanersPage'),
});

const handoffs = createRoute({
  getParentRoute: () => inside,
  path: '/handoffs',
  validateSearch: readHandoffs,
  component: lazyRouteComponent(() => import('../handoff/HandoffsPage.js'), 'HandoffsPage'),
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

const tree = root.addChildren([
  login,
  wall,
  inside.addChildren([
    home,
    desk.addChildren([inbox, openedCase]),
    visit,
    intake,
    rejects,
    customer,
    imports,
    loaners,
    handoffs,
    incidents,
    incident,
    brokenGlass,
    dashboard,
    analysis,
    analysedMetric,
    escalations,
    goodwill,
    device,
    receipt,
    call,
    ...houseRoutes,
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
