import { amountText, type Language } from '#contracts';
import type { Sentences } from '../case/eventSentence.js';
import { quoteTotals } from './handoff.rules.js';

type Which = { partnerName: string; direction: 'out' | 'in' };

/** Who gives and who takes: each line is about one of them, and we are the other. */
const of = ({ partnerName, direction }: Which) => ({ partner: partnerName, direction });

/** From the draft until it is done. */
const onTheWay = (language: Language): Sentences => ({
  'handoff.drafted': (data, author, t) => t('event.handoff.drafted', { author, ...of(data) }),
  'handoff.sent': (data, author, t) => t('event.handoff.sent', { author, ...of(data) }),
  'handoff.acknowledged': (data, author, t) => t('event.handoff.acknowledged', { author, ...of(data) }),
  'handoff.accepted': (data, author, t) => {
    const { partnerRef, engineer, etaAt } = data;
    const facts = [partnerRef, engineer?.name, etaAt ? t('event.handoff.by', { at: new Date(etaAt) }) : null];
    const more = facts.filter(Boolean).join(' · ');
    return t('event.handoff.accepted', { author, ...of(data), more: more ? `: ${more}` : '' });
  },
  'handoff.rejected': (data, author, t) =>
    t('event.handoff.rejected', { author, ...of(data), reason: data.reason, next: data.nextStep }),
  'handoff.asked': (data, author, t) => t('event.handoff.asked', { author, ...of(data), question: data.question }),
  'handoff.answered': (data, author, t) => t('event.handoff.answered', { author, ...of(data), text: data.text }),
  'handoff.progressed': (data, author, t) =>
    t('event.handoff.progressed', { author, ...of(data), more: data.text ? `: ${data.text}` : '' }),
  'handoff.eta_moved': (data, author, t) => {
    const values = { author, ...of(data), to: new Date(data.to), more: data.reason ? `: ${data.reason}` : '' };
    return data.from
      ? t('event.handoff.eta_moved', { ...values, from: new Date(data.from) })
      : t('event.handoff.eta_named', values);
  },
  'handoff.quoted': (data, author, t) =>
    t('event.handoff.quoted', {
      ...{ author, ...of(data) },
      amount: amountText(quoteTotals(data.quote).price, data.quote.currency, language),
    }),
  'handoff.device_received': (data, author, t) => t('event.handoff.device_received', { author, ...of(data) }),
  'handoff.device_dispatched': (data, author, t) => {
    const more = [data.carrier, data.trackingNumber].filter(Boolean).join(' ');
    return t('event.handoff.device_dispatched', { author, ...of(data), more: more ? `: ${more}` : '' });
  },
});

/** What came of it, and what got stuck. */
const inTheEnd: Sentences = {
  'handoff.resolved': (data, author, t) =>
    t('event.handoff.resolved', {
      ...{ author, ...of(data), text: data.text },
      outcome: t(`handoff.outcome.${data.outcome}`).toLocaleLowerCase(),
    }),
  'handoff.reopened': (data, author, t) => t('event.handoff.reopened', { author, ...of(data), reason: data.reason }),
  'handoff.closed': (data, author, t) => t('event.handoff.closed', { author, ...of(data) }),
  'handoff.expired': (data, author, t) => t('event.handoff.expired', { author, ...of(data) }),
  'handoff.cancelled': (data, author, t) => t('event.handoff.cancelled', { author, ...of(data), reason: data.reason }),
  'handoff.recalled': (data, author, t) => t('event.handoff.recalled', { author, ...of(data), reason: data.reason }),
  'handoff.went_on': (data, author, t) =>
    t('event.handoff.went_on', { author, partner: data.partnerName, reason: data.reason, next: data.nextStep }),
  'handoff.nudged': ({ partnerName, to, rung }, _author, t) =>
    t(to ? 'event.handoff.nudged_person' : 'event.handoff.nudged', { partner: partnerName, to: to ?? '', count: rung }),
  'handoff.undeliverable': ({ partnerName, error }, _author, t) =>
    t('event.handoff.undeliverable', { partner: partnerName, error }),
  'handoff.late_word': ({ partnerName, word, from }, _author, t) =>
    t('event.handoff.late_word', {
      partner: partnerName,
      word: t(`handoff.word.${word as 'note'}`).toLocaleLowerCase(),
      state: t(`handoff.state.${from}`).toLocaleLowerCase(),
    }),
  'handoff.forgotten': ({ partnerName, because }, _author, t) =>
    t(`event.handoff.forgotten.${because}`, { partner: partnerName }),
  'owner.moved': ({ toPartnerId, toName }, _author, t) =>
    toPartnerId ? t('event.owner.moved', { name: toName }) : t('event.owner.back'),
};

/** How what is said between us and partners reads on the timeline. */
export const handoffSentences = (language: Language): Sentences => ({ ...onTheWay(language), ...inTheEnd });
