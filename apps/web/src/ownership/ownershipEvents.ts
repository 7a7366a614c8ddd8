import { BRING_WORDS, isNextActionCode, nextActionText, type Language } from '#contracts';
import type { Sentences } from '../case/eventSentence.js';

/** How what happens around the owner of a case reads on the timeline. */
export const ownershipSentences = (language: Language): Sentences => ({
  'case.handed_over': ({ toName, reason }, author, t) => t('event.case.handed_over', { author, to: toName, reason }),
  'case.routed': ({ assigneeName, code }, _author, t) => t('event.case.routed', { name: assigneeName, code }),
  'handover.acknowledged': (_data, author, t) => t('event.handover.acknowledged', { author }),
  'next_action.set': ({ code, values, text, dueAt }, author, t) => {
    const action = isNextActionCode(code) ? nextActionText({ code, values, text }, language) : code;
    return dueAt
      ? t('event.next_action.set.due', { author, action, due: new Date(dueAt) })
      : t('event.next_action.set', { author, action });
  },
  'redirect.sent': ({ storeName }, author, t) => t('event.redirect.sent', { author, store: storeName }),
  'redirect.acknowledged': ({ storeName }, author, t) => t('event.redirect.acknowledged', { author, store: storeName }),
  'redirect.taken_back': (_data, author, t) => t('event.redirect.taken_back', { author }),
  'redirect.bare': (_data, author, t) => t('event.redirect.bare', { author }),
});

/** What to bring, as the reader says it. */
export const bringText = (bring: readonly (keyof (typeof BRING_WORDS)['es'])[], language: Language): string =>
  bring.map((each) => BRING_WORDS[language][each]).join(', ');
