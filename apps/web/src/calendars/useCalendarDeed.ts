import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Calendar } from '#contracts';
import { useDeed } from '../app/useDeed.js';
import { calendarQuery, calendarsQuery } from './calendarRequests.js';

/** Changes a calendar; what came of it is shown at once, and why it failed where it was asked for. */
export const useCalendarDeed = () => {
  const client = useQueryClient();
  const { run: attempt, busy, problem } = useDeed();
  /** What was typed and cannot be sent. */
  const [unread, setUnread] = useState<string | null>(null);
  const run = (deed: () => Promise<Calendar>): Promise<Calendar | null> => {
    setUnread(null);
    return attempt(async () => {
      const calendar = await deed();
      client.setQueryData(calendarQuery(calendar.id).queryKey, calendar);
      await client.invalidateQueries({ queryKey: calendarsQuery.queryKey, exact: true });
      return calendar;
    });
  };
  return { run, busy, problem: unread ?? problem, setProblem: setUnread };
};
