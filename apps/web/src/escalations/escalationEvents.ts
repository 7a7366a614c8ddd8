import { clockName } from '../clocks/clock.rules.js';
import type { Sentences } from '../case/eventSentence.js';

/** How what is escalated reads on the timeline. */
export const escalationSentences: Sentences = {
  'escalation.raised': ({ metric, partnerName, reason, accountableName }, _author, t) =>
    t(accountableName === null ? 'event.escalation.raised.nobody' : 'event.escalation.raised', {
      what: clockName(t, metric, partnerName),
      why: t(`escalation.reason.${reason}`),
      who: accountableName ?? '',
    }),
  'escalation.acknowledged': (_data, author, t) => t('event.escalation.acknowledged', { who: author }),
  'escalation.reopened': ({ metric, partnerName }, _author, t) =>
    t('event.escalation.reopened', { what: clockName(t, metric, partnerName) }),
  'escalation.ended': ({ why }, _author, t) => t(`event.escalation.ended.${why}`),
};
