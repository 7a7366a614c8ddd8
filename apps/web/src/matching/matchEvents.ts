import type { Sentences } from '../case/eventSentence.js';
import { rulesText } from './suggestionWords.js';

/** How suggestions and what became of them read on the timeline. */
export const matchSentences: Sentences = {
  'match.suggested': ({ otherName, rules }, _author, t) =>
    t('event.match.suggested', { name: otherName ?? t('event.match.somebody'), rules: rulesText(rules, t) }),
  'match.dismissed': ({ otherName }, author, t) =>
    t('event.match.dismissed', { author, name: otherName ?? t('event.match.somebody') }),
  'match.reopened': ({ otherName }, author, t) =>
    t('event.match.reopened', { author, name: otherName ?? t('event.match.somebody') }),
  'match.attached': ({ displayName, rules }, _author, t) =>
    t('event.match.attached', { name: displayName, rules: rulesText(rules, t) }),
};
