import { useQuery } from '@tanstack/react-query';
import { benefitText, Condition, INTAKE_FIELDS } from '#contracts';
import { partnersQuery } from '../handoff/handoffRequests.js';
import { moment } from '../i18n/moments.js';
import { useLanguage, useWords, type Translate } from '../i18n/Words.js';
import { useConditionWords } from './steps/useConditionWords.js';
import { useGifts } from './steps/useGifts.js';

/** A value as somebody reads it who has to choose between two. */
const worded = (value: unknown, t: Translate): string => {
  if (value === null || value === undefined || value === '') return t('clash.nothing');
  if (typeof value === 'boolean') return t(value ? 'answer.yes' : 'answer.no');
  if (Array.isArray(value))
    return value.length === 0 ? t('clash.nothing') : value.map((one) => worded(one, t)).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, part]) => `${key}: ${worded(part, t)}`)
      .join(' · ');
  return String(value);
};

/** What stands in a field, in words: what a person is given by its name, how a phone looks in a line, photos by their number. */
export const useFieldWords = (): ((path: string, value: unknown) => string) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const conditionWords = useConditionWords();
  const partners = useQuery(partnersQuery).data?.items ?? [];
  const known = useGifts()?.benefits.items ?? [];

  const gifts = (value: unknown): string | null => {
    const taken = INTAKE_FIELDS['give.benefits'].safeParse(value).data ?? [];
    const named = taken.flatMap(({ id }) => known.find((one) => one.id === id) ?? []);
    if (taken.length === 0) return null;
    if (named.length < taken.length) return t('clash.gifts', { count: taken.length });
    return named.map(({ kind, values }) => benefitText(kind, values, language)).join(' · ');
  };

  return (path, value) => {
    if (value === null || value === undefined) return t('clash.nothing');
    if (path === 'take.partnerId') return partners.find(({ id }) => id === value)?.name ?? String(value);
    if (path === 'give.benefits') return gifts(value) ?? t('clash.nothing');
    if (/\.condition(?:In|Out)?$/u.test(path)) {
      const condition = Condition.safeParse(value).data;
      if (condition) return conditionWords(condition);
    }
    if (path.endsWith('.photoIds') && Array.isArray(value)) return t('clash.photos', { count: value.length });
    if (path.startsWith('promise.') && path.endsWith('At')) return moment(intl, String(value));
    return worded(value, t);
  };
};
