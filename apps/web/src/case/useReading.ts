import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { markRead } from '../api/requests.js';
import { placeRow } from '../live/doorbell.js';
import { firstUnseen } from './timeline.rules.js';
import type { Shown } from './useShown.js';

const watchVisibility = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};
/** Whether the page is before somebody's eyes. */
export const useVisible = (): boolean =>
  useSyncExternalStore(watchVisibility, () => document.visibilityState === 'visible');

/**
 * Marks as read what is on the screen of somebody who looks at it, unless a filter hides what the customer says, and remembers where the unseen began when the case was
 * opened: the line "New" must not vanish because it was read.
 */
export const useReading = (
  detail: CaseDetail,
  entries: TimelineEntry[],
  loaded: boolean,
  { filter, seenId }: Shown,
): { unseenId: string | null } => {
  const client = useQueryClient();
  const visible = useVisible();
  const [opening, setOpening] = useState<{ unseenId: string | null } | null>(null);
  if (loaded && !opening) setOpening({ unseenId: firstUnseen(entries, detail.unread) });
  // That something came is known before what it was: only a filter that shows all the customer says reads it.
  const shows = filter === 'all' || filter === 'conversation';
  const { id, unread, reference } = detail;
  useEffect(() => {
    if (!visible || !loaded || unread === 0 || !shows || !seenId) return;
    const read = async () => {
      await markRead(id, seenId);
      const known = client.getQueryData<CaseDetail>(['case', reference]);
      if (!known) return;
      client.setQueryData<CaseDetail>(['case', reference], { ...known, unread: 0 });
      placeRow(client, { ...known, unread: 0 });
    };
    // No trouble of the reader: the next entry or visit notes it again.
    read().catch(reportError);
  }, [client, id, reference, unread, shows, seenId, visible, loaded]);
  return { unseenId: opening?.unseenId ?? null };
};
