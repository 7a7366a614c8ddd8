import type { Sentences } from '../case/eventSentence.js';

/** How what happens to the links of partners reads on the timeline. */
export const deskSentences: Sentences = {
  'handoff.link_issued': ({ partnerName }, author, t) =>
    t('event.handoff.link_issued', { author, partner: partnerName }),
  'handoff.link_opened': ({ partnerName }, _author, t) => t('event.handoff.link_opened', { partner: partnerName }),
  'handoff.link_revoked': ({ partnerName }, author, t) =>
    t('event.handoff.link_revoked', { author, partner: partnerName }),
};
