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
      await choose(next);
      if (client.getQueryData(sessionQuery.queryKey))
        client.setQueryData(sessionQuery.queryKey, await setLanguage(next));
    },
    [client, choose],
  );
  return { language, change };
};
