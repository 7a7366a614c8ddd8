import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { createIntl, RawIntlProvider, useIntl } from 'react-intl';
import type { Language } from '#contracts';
import { loadMessages, LOCALES } from './Words.js';

/** Words inside are in the language of whoever gets them, not of whoever works here; nothing is shown until they are there. */
export const InLanguage = ({ language, children }: { language: Language; children: ReactNode }) => {
  const { timeZone, formats, onError } = useIntl();
  const { data: messages } = useQuery({
    queryKey: ['messages', language],
    queryFn: () => loadMessages(language),
    staleTime: Infinity,
  });
  const intl = useMemo(
    () => (messages ? createIntl({ locale: LOCALES[language], messages, formats, onError, timeZone }) : null),
    [language, messages, formats, onError, timeZone],
  );
  return intl ? (
    <RawIntlProvider value={intl}>
      <div lang={language}>{children}</div>
    </RawIntlProvider>
  ) : null;
};
