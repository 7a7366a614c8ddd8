import type { Sentences } from '../case/eventSentence.js';

/** How what happens to clocks reads on the timeline. */
export const clockSentences: Sentences = {
  'clock.mismatched': ({ differences }, _author, t) => t('event.clock.mismatched', { what: differences.join(', ') }),
  'clock.breached': ({ metric, side, dueAt, partnerName }, _author, t) => {
    const values = { what: t(`clock.${metric}`), due: new Date(dueAt) };
    return partnerName
      ? t('event.clock.breached.handoff', { ...values, partner: partnerName })
      : t(`event.clock.breached.${side}`, values);
  },
  'policy.reapplied': ({ policyName, version, previousName, previousVersion }, author, t) =>
    t(previousName === null ? 'event.policy.given' : 'event.policy.reapplied', {
      ...{ author, name: policyName, version },
      ...{ previousName: previousName ?? '', previousVersion: previousVersion ?? 0 },
    }),
};
