import { amountText, benefitText, type Language } from '#contracts';
import type { Sentences } from '../case/eventSentence.js';

/** How what is given and owed reads on the timeline. */
export const goodwillSentences = (language: Language): Sentences => ({
  'benefit.proposed': ({ kind, values, ruleName }, author, t) =>
    t(ruleName === null ? 'event.benefit.asked' : 'event.benefit.proposed', {
      ...{ author, what: benefitText(kind, values, language), rule: ruleName ?? '' },
    }),
  'benefit.approved': ({ kind, values }, author, t) =>
    t('event.benefit.approved', { author, what: benefitText(kind, values, language) }),
  'benefit.refused': ({ kind, values, by, reason }, author, t) =>
    t(`event.benefit.refused.${by}`, { author, what: benefitText(kind, values, language), reason }),
  'benefit.cancelled': ({ kind, values, reason }, author, t) =>
    t('event.benefit.cancelled', { author, what: benefitText(kind, values, language), reason }),
  'benefit.started': ({ kind, values }, _author, t) =>
    t('event.benefit.started', { what: benefitText(kind, values, language) }),
  'benefit.issued': ({ kind, values }, _author, t) =>
    t('event.benefit.issued', { what: benefitText(kind, values, language) }),
  'benefit.code_shown': ({ kind, values }, author, t) =>
    t('event.benefit.code_shown', { author, what: benefitText(kind, values, language) }),
  'benefit.code_sent': ({ kind, values, channel }, _author, t) =>
    t(channel ? 'event.benefit.code_sent' : 'event.benefit.code_unsent', {
      ...{ what: benefitText(kind, values, language), channel: channel ? t(`channel.${channel}`) : '' },
    }),
  'benefit.stopped': ({ kind, values, totalCents, currency, days }, _author, t) =>
    t('event.benefit.stopped', {
      ...{ what: benefitText(kind, values, language), days },
      amount: amountText(totalCents, currency, language),
    }),
  'benefit.ended': ({ kind, values }, _author, t) =>
    t('event.benefit.ended', { what: benefitText(kind, values, language) }),
  'compensation.recorded': ({ service }, author, t) =>
    t('event.compensation.recorded', { author, service: t(`compensation.${service}`) }),
  'compensation.owed': ({ service, totalCents, currency }, _author, t) =>
    t('event.compensation.owed', {
      service: t(`compensation.${service}`),
      amount: amountText(totalCents, currency, language),
    }),
  'compensation.withdrawn': ({ service, reason }, author, t) =>
    t('event.compensation.withdrawn', { author, service: t(`compensation.${service}`), reason }),
});
