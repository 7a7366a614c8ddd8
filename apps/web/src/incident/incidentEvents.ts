import type { Sentences } from '../case/eventSentence.js';

/** How what happens to an incident reads on the timeline of its cases. */
export const incidentSentences: Sentences = {
  'incident.joined': ({ title }, author, t) => t('event.incident.joined', { author, title }),
  'incident.left': ({ title }, author, t) => t('event.incident.left', { author, title }),
  'incident.resolved': ({ title }, author, t) => t('event.incident.resolved', { author, title }),
};
