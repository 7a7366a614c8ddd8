import type { Sentences } from '../case/eventSentence.js';

/** How what happens to clocks reads on the timeline. */
export const clockSentences: Sentences = {
  'clock.mismatched': ({ differences }, _author, t) => t('event.clock.mismatched', { what: differences.join(', ') }),
  'clock.breached': ({ metric, side, dueAt }, _author, t) =>
    t(`event.clock.breached.${side}`, { what: t(`clock.${metric}`), due: new Date(dueAt) }),
};
