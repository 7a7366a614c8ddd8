import { spanOf } from '../inbox/due.rules.js';
import { useWords } from '../i18n/Words.js';

/** The same in its largest unit, for narrow places. */
export const useShortSpan = (): ((from: string, to: number) => string) => {
  const { t } = useWords();
  return (from, to) => {
    const span = spanOf(Math.abs(to - Date.parse(from)));
    if (span.unit === 'minutes') return t('span.minutes', { count: span.count });
    return span.unit === 'hours'
      ? t('span.hours', { hours: span.hours, minutes: span.hours < 3 ? span.minutes : 0 })
      : t('span.days', { days: span.days, hours: 0 });
  };
};

/** A length of time in words, from one moment to another, whichever comes first. */
export const useSpan = (): ((from: string, to: number) => string) => {
  const { t } = useWords();
  return (from, to) => {
    const { unit, ...values } = spanOf(Math.abs(to - Date.parse(from)));
    return t(`span.${unit}`, values);
  };
};
