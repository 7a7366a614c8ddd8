import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Language } from '#contracts';
import { sessionQuery } from '../api/queries.js';
import { setLanguage } from '../api/requests.js';
import { useLanguage } from '../i18n/Words.js';

export const LANGUAGE_NAMES: Record<Language, string> = { es: 'Español', en: 'English' };

/** Changes the interface at once and remembers it with the person, so that it follows them to another machine. */
export const useLanguageSwitch = () => {
  const client = useQueryClient();
  const { language, choose } = useLanguage();
  const change = useCallback(
    async (next: Language) => {
      // Said before its words are fetched: whoever leaves at once finds the next page in it too.
      const saved = client.getQueryData(sessionQuery.queryKey) ? setLanguage(next) : null;
      const [session] = await Promise.all([saved, choose(next)]);
      if (session) client.setQueryData(sessionQuery.queryKey, session);
    },
    [client, choose],
  );
  return { language, change };
};
