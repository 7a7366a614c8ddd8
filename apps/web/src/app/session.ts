import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Permission, SessionUser } from '#contracts';
import { sessionQuery } from '../api/queries.js';
import { logOut } from '../api/requests.js';

/** Who is signed in; only used inside, where the route has made sure of it. */
export const useUser = (): SessionUser => useSuspenseQuery(sessionQuery).data.user;

/** Whether the person signed in may do this. The server decides; the screen only says so beforehand. */
export const useMay = (): ((permission: Permission) => boolean) => {
  const { permissions } = useUser();
  return useCallback((permission) => permissions.includes(permission), [permissions]);
};

/** Ends the session and starts from nothing, so that the next person sees none of this one's data. */
export const useLogOut = (): (() => Promise<void>) => {
  const client = useQueryClient();
  return useCallback(async () => {
    await logOut();
    client.clear();
    window.location.assign('/login');
  }, [client]);
};
