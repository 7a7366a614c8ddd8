import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CaseView, Permission, Role, SessionUser } from '#contracts';
import { sessionQuery } from '../api/queries.js';
import { signOut } from '../offline/sessionHere.js';

/** Who is signed in; only used inside, where the route has made sure of it. */
export const useUser = (): SessionUser => useSuspenseQuery(sessionQuery).data.user;

/** Where each role begins: who answers, at what is next for them; who looks after others, at what nobody has; a shop, at its own. */
const HOME_VIEWS: Record<Role, CaseView> = { agent: 'next', admin: 'next', supervisor: 'unassigned', store: 'open' };
const HOMES: Record<Role, '/inbox' | '/dashboard' | '/visit'> = {
  ...{ agent: '/inbox', admin: '/inbox', supervisor: '/dashboard', store: '/visit' },
};
/** The screen each role begins at. */
export const homeOf = (role: Role): (typeof HOMES)[Role] => HOMES[role];
export const homeViewOf = (role: Role): CaseView => HOME_VIEWS[role];
export const useHomeView = (): CaseView => homeViewOf(useUser().role);

/** The zone of the workspace. */
export const useTimeZone = (): string => useSuspenseQuery(sessionQuery).data.timeZone;

/** Bytes a mail carries in files at most; undefined: the usual. */
export const useMailAttachBytes = (): number | undefined => useSuspenseQuery(sessionQuery).data.mailAttachBytes;

/** Whether the person signed in may do this. The server decides; the screen only says so beforehand. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { permissions } = useUser();
  return useCallback((permission) => permissions.includes(permission), [permissions]);
};

/** Ends the session and starts from nothing, so that the next person sees none of this one's data. */
export const useLogOut = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return useCallback(async () => {
    const { id } = client.getQueryData(sessionQuery.queryKey)?.user ?? {};
    const told = await signOut();
    try {
      if (id) await (await import('../counter/keep/shelf.js')).dropSaved(id);
    } catch (error) {
      // Nobody stays on the screen because a tablet keeps nothing, or because that part of the page cannot be had.
      reportError(error);
    } finally {
      client.clear();
      // What is kept of the app without a network begins there, and asks who it is.
      window.location.assign(told ? '/login' : '/visit');
    }
  }, [client]);
};
