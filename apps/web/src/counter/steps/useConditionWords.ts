import type { Condition } from '#contracts';
import { useWords } from '../../i18n/Words.js';

/** How a phone looks, in a line: how many marks, and what else was seen. */
export const useConditionWords = (): ((condition: Condition) => string) => {
  const { t } = useWords();
  return ({ marks, note }) => {
    const counted = marks.length > 0 || note === '' ? t('summary.marks', { count: marks.length }) : '';
    return [counted, note].filter(Boolean).join(', ');
  };
};
