import type { Sentences } from '../case/eventSentence.js';

/** How what is escalated reads on the timeline. */
export const escalationSentences: Sentences = {
  'escalation.raised': ({ metric, reason, accountableName }, _author, t) =>
    t(accountableName === null ? 'event.escalation.raised.nobody' : 'event.escalation.raised', {
      what: t(`clock.${metric}`),
      why: t(`escalation.reason.${reason}`),
      who: accountableName ?? '',
    }),
  'escalation.acknowledged': (_data, author, t) => t('event.escalation.acknowledged', { who: author }),
  'escalation.reopened': ({ metric }, _author, t) => t('event.escalation.reopened', { what: t(`clock.${metric}`) }),
  'escalation.ended': ({ why }, _author, t) => t(`event.escalation.ended.${why}`),
};
