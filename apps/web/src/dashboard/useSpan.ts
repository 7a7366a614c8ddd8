import { spanOf } from '../inbox/due.rules.js';
import { useWords } from '../i18n/Words.js';

/** A length of time in words, from one moment to another, whichever comes first. */
export const useSpan = (): ((from: string, to: number) => string) => {
  const { t } = useWords();
  return (from, to) => {
    const { unit, ...values } = spanOf(Math.abs(to - Date.parse(from)));
    return t(`span.${unit}`, values);
  };
};
