import type { QueryClient } from '@tanstack/react-query';

/** Something was told, or read: the list and the count are asked again. */
export const refreshNotifications = (client: QueryClient): Promise<unknown> =>
  Promise.all(['notifications', 'counts'].map((name) => client.invalidateQueries({ queryKey: [name] })));
