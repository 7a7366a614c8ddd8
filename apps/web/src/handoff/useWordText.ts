import { useCallback } from 'react';
import { amountText, type HandoffEntry } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import { moment } from '../i18n/moments.js';
import { quoteTotals } from './handoff.rules.js';

type Word = HandoffEntry['word'];

/** How a word reads: what it says in a line, and the words of whoever said it. */
export interface WordText {
  lead: string;
  text: string | null;
}

/** What people wrote themselves; the rest of a word is facts. */
const writtenIn = (word: Word): string | null => {
  switch (word.kind) {
    case 'rejected':
    case 'reopened':
    case 'cancelled':
    case 'recalled':
      return word.reason;
    case 'asked':
      return word.question;
    case 'eta':
      return word.reason ?? null;
    case 'sent':
    case 'dispatched':
      return null;
    default:
      return word.text ?? null;
  }
};

/** The facts a word carries, besides what was written. */
const useFacts = () => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  return (word: Word): (string | null | undefined)[] => {
    const by = (at: string | null | undefined) => (at ? t('handoff.fact.eta', { moment: moment(intl, at) }) : null);
    switch (word.kind) {
      case 'accepted':
        return [word.partnerRef, word.engineer?.name, by(word.etaAt)];
      case 'eta':
        return [by(word.etaAt)];
      case 'rejected':
        return [word.nextStep ? t('handoff.fact.next', { step: word.nextStep }) : null];
      case 'quoted': {
        const { list, price } = quoteTotals(word.quote);
        const money = (cents: number) => amountText(cents, word.quote.currency, language);
        return [
          list > price ? t('handoff.fact.price_of', { list: money(list), price: money(price) }) : money(price),
          word.quote.agreement,
          word.quote.cover
            ? t('quote.covered', { months: word.quote.cover.months, what: word.quote.cover.what })
            : null,
        ];
      }
      case 'dispatched':
        return [word.carrier, word.trackingNumber, by(word.etaAt)];
      case 'resolved':
        return [
          t(`handoff.outcome.${word.outcome}`),
          word.cover ? t('quote.covered', { months: word.cover.months, what: word.cover.what }) : null,
        ];
      case 'quote_answered':
        return [t(word.approved ? 'handoff.fact.approved' : 'handoff.fact.declined')];
      default:
        return [];
    }
  };
};

/** The words of a word, in the language of the interface. */
export const useWordText = (): ((word: Word) => WordText) => {
  const { t } = useWords();
  const factsOf = useFacts();
  return useCallback(
    (word) => {
      const facts = factsOf(word).filter((fact) => fact);
      return { lead: [t(`handoff.word.${word.kind}`), ...facts].join(' · '), text: writtenIn(word) };
    },
    [t, factsOf],
  );
};
