import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet } from '@tanstack/react-router';
import { NotFound } from './Fallbacks.js';
import { forSession } from './guards.js';
import { Inside } from './Inside.js';

/** What every address hangs on. */

export const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

/** For whoever is logged in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: forSession,
  component: Inside,
});
