import type { CaseDetail } from '#contracts';
import { notify } from '../app/notices.js';
import { day, moment } from '../i18n/moments.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { handoverOf } from './story.rules.js';

/** Copies the story as text, in the language of whoever copies it. */
export const useHandover = (detail: CaseDetail) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  return async () => {
    const moments = { day: (at: string) => day(intl, at), moment: (at: string) => moment(intl, at) };
    await navigator.clipboard.writeText(handoverOf(detail, language, moments));
    notify(t('story.copied'));
  };
};
