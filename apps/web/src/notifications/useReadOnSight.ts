import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { countsQuery } from '../api/queries.js';
import { useVisible } from '../case/useReading.js';
import { readNotifications } from './notificationRequests.js';
import { refreshNotifications } from './notificationsBell.js';

/** Whoever has a case before their eyes, and nothing of it out of sight, knows what they were told of it. */
export const useReadOnSight = (caseId: string, isWhole: boolean): void => {
  const client = useQueryClient();
  const visible = useVisible();
  const unread = useQuery(countsQuery).data?.notifications ?? 0;
  useEffect(() => {
    if (!visible || !isWhole || unread === 0) return;
    const read = async () => {
      const left = await readNotifications({ caseId });
      if (left.unread !== unread) await refreshNotifications(client);
    };
    // No trouble of the reader: the next thing they are told, or the next visit, says it again.
    read().catch(reportError);
  }, [client, caseId, visible, isWhole, unread]);
};
