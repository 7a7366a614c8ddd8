import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl, type IntlShape } from 'react-intl';
import type { Language } from '#contracts';
import type { Key } from './es.js';
import { FORMATS } from './moments.js';

export type { Key } from './es.js';
type Messages = Record<Key, string>;
type Values = Record<string, string | number | boolean | Date>;

const CHOSEN = 'hilo.language';
/** The day comes before the month in both. */
export const LOCALES: Record<Language, string> = { es: 'es-ES', en: 'en-GB' };
const catalogues: Record<Language, () => Promise<Messages>> = {
  es: async () => (await import('./es.js')).es,
  en: async () => (await import('./en.js')).en,
};

/** The language chosen on this machine, else the browser's, else Spanish. */
export const firstLanguage = (): Language => {
  const chosen = localStorage.getItem(CHOSEN);
  if (chosen === 'es' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'es';
};

/** Messages of a language, loaded when first needed. */
export const loadMessages = (language: Language): Promise<Messages> => catalogues[language]();

interface LanguageChoice {
  language: Language;
  choose: (language: Language) => Promise<void>;
}
const LanguageContext = createContext<LanguageChoice | null>(null);

interface Props {
  language: Language;
  messages: Messages;
  children: ReactNode;
}

/** Gives the screens their words. Starts with messages already loaded, so nothing is ever shown without words. */
export const Words = ({ language: initial, messages: first, children }: Props) => {
  const [current, setCurrent] = useState({ language: initial, messages: first });
  const choose = useCallback(async (language: Language) => {
    localStorage.setItem(CHOSEN, language);
    setCurrent({ language, messages: await loadMessages(language) });
  }, []);
  useEffect(() => {
    document.documentElement.lang = current.language;
  }, [current.language]);
  const choice = useMemo(() => ({ language: current.language, choose }), [current.language, choose]);
  return (
    <LanguageContext value={choice}>
      <IntlProvider locale={LOCALES[current.language]} messages={current.messages} formats={FORMATS} onError={refuse}>
        {children}
      </IntlProvider>
    </LanguageContext>
  );
};

/** A message that is missing or broken is a mistake of ours: it must be noticed, not painted over. */
const refuse = (error: Error): never => {
  throw error;
};

/** The language of the interface and how to change it. */
export const useLanguage = (): LanguageChoice => {
  const choice = use(LanguageContext);
  if (!choice) throw new Error('useLanguage needs <Words>');
  return choice;
};

export type Translate = (key: Key, values?: Values) => string;

/** `t('key', values)` in the language of the interface. */
export const useWords = (): { t: Translate; intl: IntlShape } => {
  const intl = useIntl();
  const t = useCallback<Translate>(
    (key, values) => intl.formatMessage({ id: key }, values as Record<string, string>),
    [intl],
  );
  return { t, intl };
};
