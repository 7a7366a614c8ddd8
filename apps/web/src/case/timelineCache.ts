import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { TimelineEntry, TimelinePage } from '#contracts';
import { timelineQuery } from '../api/queries.js';

/** Changes to the timeline the browser holds, before the server's own version of it arrives. */

type Pages = InfiniteData<TimelinePage, string | null>;

const edit = (
  client: QueryClient,
  caseId: string,
  change: (items: TimelineEntry[], newest: boolean) => TimelineEntry[],
) =>
  client.setQueryData<Pages>(timelineQuery(caseId).queryKey, (held) =>
    held
      ? { ...held, pages: held.pages.map((page, index) => ({ ...page, items: change(page.items, index === 0) })) }
      : held,
  );

/** Adds at the end, where the newest stand. */
export const appendEntry = (client: QueryClient, caseId: string, entry: TimelineEntry): void => {
  edit(client, caseId, (items, newest) => (newest ? [...items, entry] : items));
};

export const removeEntry = (client: QueryClient, caseId: string, id: string): void => {
  edit(client, caseId, (items) => items.filter((entry) => entry.id !== id));
};

/** Puts what the server made of an entry in its place, whether or not a refetch brought it already. */
export const settleEntry = (client: QueryClient, caseId: string, id: string, entry: TimelineEntry): void => {
  edit(client, caseId, (items, newest) => {
    const others = items.filter((held) => held.id !== id);
    const known = others.some((held) => held.id === entry.id);
    if (known) return others.map((held) => (held.id === entry.id ? entry : held));
    return newest ? [...others, entry] : others;
  });
};
