import { FAULT_WORDS, type Language } from '#contracts';
import type { Sentences } from '../case/eventSentence.js';

/** How what happens to phones and their warranties reads on the timeline. */
export const deviceSentences = (language: Language): Sentences => ({
  'device.presented': ({ name, known, another }, author, t) => {
    if (another) return t('event.device.another', { author, name });
    if (known && name) return t('event.device.known', { author, name });
    return t(name ? 'event.device.presented' : 'event.device.presented.nameless', { author, name });
  },
  'device.fault_stated': ({ fault }, author, t) =>
    t('event.device.fault_stated', { author, fault: FAULT_WORDS[fault][language] }),
  'device.fault_returned': ({ earlierReference, clause }, _author, t) =>
    t(clause ? 'event.device.fault_returned.free' : 'event.device.fault_returned', {
      reference: earlierReference,
      clause: clause ?? '',
    }),
  'device.owner_changed': ({ name }, author, t) => t('event.device.owner_changed', { author, name }),
  'device.replaced': ({ name, byName }, author, t) => t('event.device.replaced', { author, name, other: byName }),
  'device.joined': ({ name, reason }, author, t) => t('event.device.joined', { author, name, reason }),
  'device.purchase_set': ({ boughtOn }, author, t) =>
    t('event.device.purchase_set', { author, at: new Date(`${boughtOn}T12:00:00Z`) }),
  'device.term_added': ({ kind, provider, endsOn }, author, t) =>
    t('event.device.term_added', {
      author,
      kind: t(`device.term.${kind}`),
      provider,
      at: new Date(`${endsOn}T12:00:00Z`),
    }),
  'device.term_removed': ({ kind, provider }, author, t) =>
    t('event.device.term_removed', { author, kind: t(`device.term.${kind}`), provider }),
  'device.shown': ({ name }, author, t) => t('event.device.shown', { author, name }),
  'warranty.proposed': ({ outcome }, author, t) =>
    t('event.warranty.proposed', { author, outcome: t(`warranty.said.${outcome}`) }),
  'warranty.decided': ({ outcome }, author, t) =>
    t('event.warranty.decided', { author, outcome: t(`warranty.said.${outcome}`) }),
  'warranty.withdrawn': ({ outcome }, author, t) =>
    t('event.warranty.withdrawn', { author, outcome: t(`warranty.said.${outcome}`) }),
  'warranty.review_asked': ({ reason }, author, t) => t('event.warranty.review_asked', { author, reason }),
  'warranty.reviewed': ({ verdict, reason }, author, t) => t(`event.warranty.${verdict}`, { author, reason }),
  'warranty.told': ({ told }, _author, t) => t(told ? 'event.warranty.told' : 'event.warranty.untold'),
});
