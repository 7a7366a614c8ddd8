import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { NotificationPage, NotificationPreferences, ReadNotificationsBody, UnreadNotifications } from '#contracts';
import { request } from '../api/http.js';

/** Every call about what the person at the screen is told. */

const PAGE = 20;
const HEAD = 10;

const readPage = (limit: number, cursor: string | null, signal: AbortSignal) =>
  request<NotificationPage>('GET', '/notifications', { query: { limit, cursor: cursor ?? undefined }, signal });

/** The list, as far as it was asked for. */
export const notificationsQuery = infiniteQueryOptions({
  queryKey: ['notifications', 'list'],
  queryFn: ({ pageParam, signal }) => readPage(PAGE, pageParam, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** The newest of it, for whoever is told by the desktop. */
export const newestQuery = queryOptions({
  queryKey: ['notifications', 'newest'],
  queryFn: ({ signal }) => readPage(HEAD, null, signal),
});

/** As they were chosen, wherever the person sits. */
export const preferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: ({ signal }) => request<NotificationPreferences>('GET', '/me/notification-preferences', { signal }),
  staleTime: 5 * 60_000,
});

export const readNotifications = (body: ReadNotificationsBody) =>
  request<UnreadNotifications>('POST', '/notifications/read', { body });
export const keepPreferences = (body: NotificationPreferences) =>
  request<NotificationPreferences>('PUT', '/me/notification-preferences', { body });
