import { useQuery } from '@tanstack/react-query';
import type { PolicyCondition, PolicyConditions, TargetCalendar } from '#contracts';
import { calendarsQuery } from '../calendars/calendarRequests.js';
import { useWords, type Key } from '../i18n/Words.js';
import { CONDITIONS } from './policy.rules.js';

/** What the words of a condition are called, each in its own list. */
const WORD: Record<PolicyCondition, (word: string) => string> = {
  priorities: (word) => `priority.${word}`,
  tiers: (word) => `tier.${word}`,
  channels: (word) => `channel.${word}`,
  lacks: (word) => `impact.${word}`,
};
/** Those that are written small inside a sentence. */
const SMALL: readonly PolicyCondition[] = ['priorities', 'lacks'];

const firstLetter = (words: string, change: 'toLocaleUpperCase' | 'toLocaleLowerCase'): string =>
  words.slice(0, 1)[change]() + words.slice(1);

/** Policies in plain words. */
export const usePolicyWords = () => {
  const { t, intl } = useWords();
  const calendars = useQuery(calendarsQuery).data?.items ?? [];
  const inSentence = (key: PolicyCondition, word: string): string => {
    const words = t(WORD[key](word) as Key);
    return SMALL.includes(key) ? words.toLocaleLowerCase(intl.locale) : words;
  };
  return {
    calendars,
    /** As it stands by itself. */
    wordOf: (key: PolicyCondition, word: string) => firstLetter(t(WORD[key](word) as Key), 'toLocaleUpperCase'),
    /** "Prioridad crítica o alta · sin llamadas". */
    conditionsText: (conditions: PolicyConditions): string =>
      CONDITIONS.flatMap((key) => {
        const words = conditions[key];
        if (!words) return [];
        const list = intl.formatList(
          words.map((word) => inSentence(key, word)),
          { type: 'disjunction' },
        );
        return [t(`policies.if.${key}`, { list })];
      })
        .map((part, at) => firstLetter(part, at === 0 ? 'toLocaleUpperCase' : 'toLocaleLowerCase'))
        .join(' · ') || t('policies.if.none'),
    calendarText: (calendar: TargetCalendar): string =>
      calendar === 'house' || calendar === 'always'
        ? t(`policies.calendar.${calendar}`)
        : (calendars.find(({ id }) => id === calendar)?.name ?? t('policies.calendar.other')),
  };
};
