import type { Sentences } from '../case/eventSentence.js';

/** How what happens to loans reads on the timeline. */
export const loanSentences: Sentences = {
  'loan.decided': ({ outcome, storeName, reason }, author, t) =>
    t(`event.loan.decided.${outcome}`, { author, store: storeName, reason: reason ?? '—' }),
  'loan.reserved': ({ name, storeName, keepUntil }, author, t) =>
    t('event.loan.reserved', { author, name, store: storeName, until: new Date(keepUntil) }),
  'loan.warned': ({ name, keepUntil, told }, _author, t) =>
    t(told ? 'event.loan.warned' : 'event.loan.unwarned', { name, until: new Date(keepUntil) }),
  'loan.released': ({ name }, _author, t) => t('event.loan.released', { name }),
  'loan.cancelled': ({ name, reason }, author, t) => t('event.loan.cancelled', { author, name, reason: reason ?? '—' }),
  'loan.started': ({ name, dueAt }, author, t) => t('event.loan.started', { author, name, due: new Date(dueAt) }),
  'loan.due_moved': ({ name, to, because }, author, t) =>
    t(`event.loan.due_moved.${because}`, { author, name, due: new Date(to) }),
  'loan.overdue': ({ name, rung, dueAt }, _author, t) =>
    t(`event.loan.overdue.${rung}`, { name, due: new Date(dueAt) }),
  'loan.swapped': ({ name, toName, reason }, author, t) =>
    t('event.loan.swapped', { author, name, other: toName, reason: reason ?? '—' }),
  'loan.returned': ({ name }, author, t) => t('event.loan.returned', { author, name }),
  'loan.lost': ({ name, reason }, author, t) => t('event.loan.lost', { author, name, reason: reason ?? '—' }),
  'loan.damaged': ({ name, text }, author, t) => t('event.loan.damaged', { author, name, text }),
};
