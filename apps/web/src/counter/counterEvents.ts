import type { Sentences } from '../case/eventSentence.js';
import type { Key, Translate } from '../i18n/Words.js';

const ways = (channels: readonly string[], t: Translate): string =>
  channels.map((channel) => t(`channel.${channel}` as Key)).join(', ');

/** How what was done at a counter reads on the timeline. */
export const counterSentences: Sentences = {
  'intake.finished': ({ kind, storeName, waived }, author, t) => {
    const reasons = Object.values(waived).join('; ');
    return t(`event.intake.finished.${kind}`, { author, store: storeName, waived: reasons === '' ? 'none' : reasons });
  },
  'receipt.sent': ({ by, unreachable }, _author, t) => {
    if (unreachable.length === 0) return t('event.receipt.sent', { by: ways(by, t) });
    if (by.length === 0) return t('event.receipt.unreachable', { by: ways(unreachable, t) });
    return t('event.receipt.part', { by: ways(by, t), not: ways(unreachable, t) });
  },
};
