import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { createIntl, RawIntlProvider, useIntl, type IntlShape } from 'react-intl';
import type { Language } from '#contracts';
import { loadMessages, LOCALES, useLanguage, type Translate } from './Words.js';

/** How it is said in another language; null until its words are there. */
const useIntlIn = (language: Language): IntlShape | null => {
  const { timeZone, formats, onError } = useIntl();
  const { data: messages } = useQuery({
    queryKey: ['messages', language],
    queryFn: () => loadMessages(language),
    staleTime: Infinity,
  });
  return useMemo(
    () => (messages ? createIntl({ locale: LOCALES[language], messages, formats, onError, timeZone }) : null),
    [language, messages, formats, onError, timeZone],
  );
};

/** Words for whoever gets them, not for whoever works here; null until they are there. */
export const useWordsFor = (language: Language): Translate | null => {
  const { language: own } = useLanguage();
  const ours = useIntl();
  const theirs = useIntlIn(language);
  const intl = language === own ? ours : theirs;
  return useMemo(() => intl && ((key, values) => intl.formatMessage({ id: key }, values)), [intl]);
};

/** Words inside are in the language of whoever gets them, not of whoever works here; nothing is shown until they are there. */
export const InLanguage = ({ language, children }: { language: Language; children: ReactNode }) => {
  const intl = useIntlIn(language);
  return intl ? (
    <RawIntlProvider value={intl}>
      <div lang={language}>{children}</div>
    </RawIntlProvider>
  ) : null;
};
