import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readPartner } from '../partners/tabs.js';
import { readAnswerOfX, readId, readPhones, readQueues } from './addresses.js';
import { inside } from './roots.js';

/** How the house is set up: loaded when first visited. */

const policies = createRoute({
  getParentRoute: () => inside,
  path: '/policies',
  component: lazyRouteComponent(() => import('../policies/PoliciesPage.js'), 'PoliciesPage'),
});
const phones = createRoute({
  getParentRoute: () => inside,
  path: '/phones',
  validateSearch: readPhones,
  component: lazyRouteComponent(() => import('../devices/PhonesPage.js'), 'PhonesPage'),
});
const calendars = createRoute({
  getParentRoute: () => inside,
  path: '/calendars',
  validateSearch: readId,
  component: lazyRouteComponent(() => import('../calendars/CalendarsPage.js'), 'CalendarsPage'),
});
const ladders = createRoute({
  getParentRoute: () => inside,
  path: '/ladders',
  validateSearch: readId,
  component: lazyRouteComponent(() => import('../ladders/LaddersPage.js'), 'LaddersPage'),
});
const partners = createRoute({
  getParentRoute: () => inside,
  path: '/partners',
  validateSearch: readPartner,
  component: lazyRouteComponent(() => import('../partners/PartnersPage.js'), 'PartnersPage'),
});
const queues = createRoute({
  getParentRoute: () => inside,
  path: '/queues',
  validateSearch: readQueues,
  component: lazyRouteComponent(() => import('../queues/QueuesPage.js'), 'QueuesPage'),
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

const channelWebhooks = createRoute({
  getParentRoute: () => channels,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../webhooks/WebhooksPage.js'), 'WebhooksPage'),
});

export const houseRoutes = [
  ladders,
  partners,
  calendars,
  policies,
  phones,
  queues,
  channels.addChildren([channelHealth, channelAccounts, channelMailboxes, channelCalls, channelWebhooks]),
] as const;
