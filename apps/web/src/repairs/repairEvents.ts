import { amountText, type Language } from '#contracts';
import type { Translate } from '../i18n/Words.js';
import type { Sentences } from '../case/eventSentence.js';

/** The language of the words at hand. */
const languageOf = (t: Translate): Language => (t('repair.language') === 'es' ? 'es' : 'en');

/** How what happens to repairs, quotes, data and relief reads on the timeline. */
export const repairSentences: Sentences = {
  'customer.untold': (_data, _author, t) => t('event.customer.untold'),
  'customer.told': ({ how }, author, t) => t(`event.customer.told.${how}`, { author }),
  'repair.opened': ({ name }, author, t) => t('event.repair.opened', { author, name }),
  'repair.moved': ({ to, reason }, author, t) =>
    t(reason ? 'event.repair.moved_because' : 'event.repair.moved', {
      author,
      stage: t(`repair.stage.${to}`),
      reason: reason ?? '',
    }),
  'repair.held': ({ to }, _author, t) => t('event.repair.held', { holder: t(`repair.holder.${to}`) }),
  'repair.promise_moved': ({ from, to, reason }, author, t) =>
    from === null
      ? t('event.repair.promised', { author, to: new Date(to) })
      : t('event.repair.promise_moved', { author, from: new Date(from), to: new Date(to), reason: reason ?? '' }),
  'repair.returned': (_data, _author, t) => t('event.repair.returned'),
  'repair.way_decided': ({ way, reason }, author, t) =>
    t('event.repair.way_decided', { author, way: t(`repair.way.${way}`), reason }),
  'quote.offered': ({ version, totalCents, customerCents, currency }, author, t) =>
    t('event.quote.offered', {
      author,
      version,
      total: amountText(totalCents, currency, languageOf(t)),
      customer: amountText(customerCents, currency, languageOf(t)),
    }),
  'quote.approved': ({ version, how, byName, customerCents, currency }, _author, t) =>
    t(`event.quote.approved.${how}`, {
      version,
      name: byName,
      customer: amountText(customerCents, currency, languageOf(t)),
    }),
  'quote.declined': ({ version, byName, reason }, _author, t) =>
    t('event.quote.declined', { version, name: byName, reason }),
  'quote.expired': ({ version }, _author, t) => t('event.quote.expired', { version }),
  'quote.withdrawn': ({ version }, author, t) => t('event.quote.withdrawn', { author, version }),
  'quote.nudged': ({ version }, _author, t) => t('event.quote.nudged', { version }),
  'data_recovery.asked': (_data, author, t) => t('event.data_recovery.asked', { author }),
  'data_recovery.agreed': ({ byName, categories, mayErase }, _author, t) =>
    t(mayErase ? 'event.data_recovery.agreed_erase' : 'event.data_recovery.agreed', {
      name: byName,
      count: categories.length,
      list: categories.map((category) => t(`data.category.${category}`).toLocaleLowerCase()).join(', '),
    }),
  'data_recovery.done': (_data, author, t) => t('event.data_recovery.done', { author }),
  'relief.planned': ({ kind, dueAt }, author, t) =>
    t('event.relief.planned', { author, what: t(`relief.kind.${kind}`), due: new Date(dueAt) }),
  'relief.done': ({ kind, impact }, author, t) =>
    t('event.relief.done', {
      author,
      what: t(`relief.kind.${kind}`),
      impact: t(`impact.${impact}`).toLocaleLowerCase(),
    }),
  'relief.cancelled': ({ kind, reason }, author, t) =>
    t('event.relief.cancelled', { author, what: t(`relief.kind.${kind}`), reason }),
};
