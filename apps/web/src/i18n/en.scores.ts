import type { esScores } from './es.scores.js';

export const enScores: Record<keyof typeof esScores, string> = {
  'score.title': 'How they do',
  'score.lead': 'What was handed to them in the last 90 days. Each figure opens the handoffs it counts.',
  'score.none': 'Nothing handed over in the last 90 days.',
  'score.unread': 'How they do could not be read.',
  'score.partner': 'Company',
  'score.given': 'Handed over',
  'score.given.what': 'What we sent them in these days.',
  'score.acknowledged_in_time': 'Acknowledged in time',
  'score.acknowledged_in_time.what':
    'They said that they have it within what was agreed for its priority, all hours counted. The share is of those that had a time and have kept or passed it.',
  'score.acknowledged_late': 'Acknowledged late',
  'score.acknowledged_late.what':
    'They said that they have it after what was agreed, or have not said so and the time has passed.',
  'score.median': 'Acknowledged, median',
  'score.median.what': 'Half were acknowledged in this time or less.',
  'score.rejected': 'Rejected',
  'score.rejected.what': 'What they said last is that they will not do it. The share is of all that was handed over.',
  'score.overrun': 'Past their day',
  'score.overrun.what':
    'Done after the day they named first, or still open past it, even where they named another later.',
  'score.re_repaired': 'Repaired again',
  'score.re_repaired.what':
    'We reopened them, or the same phone was handed over again within 90 days. What they said could not be repaired does not count.',
  'score.open': 'Open',
  'score.open.what': 'Those between them and us now, whenever they began.',
  'score.dead': 'Not delivered',
  'score.dead.what': 'Handoffs with something of ours that does not reach them and is not tried any more.',
  'score.figure': '{name}, {what}: {count}',
  'score.only': '{measure}, of the last {days, plural, one {# day} other {# days}}.',
  'score.only.off': 'See all',
};
