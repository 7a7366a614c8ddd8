import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { upcomingQuery } from '../queues/nextRequests.js';

/** What an empty list says: how it is, and what comes next. */
export const useEmptyWords = (view: CaseView, isEmpty: boolean): { title: string; lead: string } => {
  const { t, intl } = useWords();
  const upcoming = useQuery({ ...upcomingQuery, enabled: isEmpty && view === 'next' }).data?.upcoming;
  if (view === 'next' && upcoming)
    return {
      title: t('empty.next.due'),
      lead: t('empty.next.due.lead', { when: moment(intl, upcoming.dueAt), reference: upcoming.reference }),
    };
  return { title: t(`empty.${view}`), lead: t(`empty.${view}.lead`) };
};
