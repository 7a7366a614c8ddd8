import type { esIncidents } from './es.incidents.js';

export const enIncidents: Record<keyof typeof esIncidents, string> = {
  'event.incident.joined': '{author} added it to the incident “{title}”',
  'event.incident.left': '{author} took it out of the incident “{title}”',
  'event.incident.resolved': '{author} resolved the incident “{title}”',
};
