import type { MatchRule, Suggestion, SuggestedPerson } from '#contracts';
import type { Translate } from '../i18n/Words.js';

/** What speaks for it, in words. */
export const rulesText = (rules: readonly MatchRule[], t: Translate): string =>
  rules.map((rule) => t(`suggestion.rule.${rule}`)).join(' · ');

/** The two as the case of one of them sees it. */
export const sidesFor = (
  { newcomer, known }: Pick<Suggestion, 'newcomer' | 'known'>,
  customerId: string,
): { here: SuggestedPerson; other: SuggestedPerson; hereIs: 'newcomer' | 'known' } =>
  newcomer.id === customerId
    ? { here: newcomer, other: known, hereIs: 'newcomer' }
    : { here: known, other: newcomer, hereIs: 'known' };
