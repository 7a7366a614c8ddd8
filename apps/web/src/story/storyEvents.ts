import type { Sentences } from '../case/eventSentence.js';

/** How what happens to problems, impacts, facts and promises reads on the timeline. */
export const storySentences: Sentences = {
  'impact.moved': ({ kind, to }, author, t) =>
    t('event.impact.moved', { author, kind: t(`impact.${kind}`), state: t(`impacts.state.${to}`) }),
  'problem.added': ({ statement }, author, t) => t('event.problem.added', { author, statement }),
  'problem.corrected': ({ to }, author, t) => t('event.problem.corrected', { author, statement: to }),
  'problem.moved': ({ statement, to, agreed }, author, t) =>
    agreed
      ? t('event.problem.agreed', { author, how: t(`agreed.${agreed.how}`), statement })
      : t('event.problem.moved', { statement, stage: t(`stage.${to}`) }),
  'fact.added': ({ text, kind }, author, t) => t('event.fact.added', { author, text: text ?? t(`story.${kind}`) }),
  'fact.corrected': ({ text, kind }, author, t) =>
    t('event.fact.corrected', { author, text: text ?? t(`story.${kind}`) }),
  'fact.withdrawn': ({ reason }, author, t) => t('event.fact.withdrawn', { author, reason }),
  'promise.made': ({ text, byName, dueAt }, _author, t) =>
    t('event.promise.made', { name: byName, due: new Date(dueAt), text: text ?? t('event.promise.update') }),
  'promise.moved': ({ to }, author, t) => t('event.promise.moved', { author, due: new Date(to) }),
  'promise.decided': ({ text, state, keptBy }, author, t) =>
    keptBy
      ? t(keptBy.late ? 'event.promise.kept_late' : 'event.promise.kept')
      : t('event.promise.decided', { author, state: t(`promise.${state}`), text: text ?? t('event.promise.update') }),
  're_explanation.recorded': (_data, _author, t) => t('event.re_explanation.recorded'),
  'closing.asked': ({ channel }, _author, t) => t(channel ? 'event.closing.asked' : 'event.closing.unreachable'),
  'closing.answered': ({ answer }, _author, t) => t('event.closing.answered', { answer }),
  'closing.confirmed': ({ how, by }, _author, t) => t('event.closing.confirmed', { how, name: by }),
};
