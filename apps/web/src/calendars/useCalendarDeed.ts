import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Calendar } from '#contracts';
import { failureText } from '../app/failureText.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { calendarQuery, calendarsQuery } from './calendarRequests.js';

/** Changes a calendar; what came of it is shown at once, and why it failed where it was asked for. */
export const useCalendarDeed = () => {
  const client = useQueryClient();
  const { t } = useWords();
  const { language } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (deed: () => Promise<Calendar>): Promise<Calendar | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const calendar = await deed();
      client.setQueryData(calendarQuery(calendar.id).queryKey, calendar);
      await client.invalidateQueries({ queryKey: calendarsQuery.queryKey, exact: true });
      return calendar;
    } catch (error) {
      setProblem(failureText(error, language, t).message);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, problem, setProblem };
};
