import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { newKey } from '../api/requests.js';
import { failureText } from '../app/failureText.js';
import { notify } from '../app/notices.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { takeNext } from './nextRequests.js';

/** Takes the most urgent case that waits where I work, and opens it. One asking at a time. */
export const useTakeNext = () => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const take = useCallback(async () => {
    if (busy) return;
    setBusy(true);
    try {
      const { case: taken, upcoming } = await takeNext(newKey());
      if (taken) {
        notify(t('next_up.taken', { name: taken.customer.displayName }));
        await navigate({ to: '/cases/$reference', params: { reference: taken.reference }, search: { view: 'next' } });
        await Promise.all(['cases', 'counts'].map((name) => client.invalidateQueries({ queryKey: [name] })));
      } else if (upcoming)
        notify(t('next_up.nothing_due', { when: moment(intl, upcoming.dueAt), reference: upcoming.reference }));
      else notify(t('next_up.nothing'));
    } catch (error) {
      notify(failureText(error, language, t).message);
    } finally {
      setBusy(false);
    }
  }, [busy, client, intl, language, navigate, t]);
  return { takeNext: take, busy };
};
