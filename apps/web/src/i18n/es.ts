import { esAnalysis } from './es.analysis.js';
import { esCalendars } from './es.calendars.js';
import { esCalls } from './es.calls.js';
import { esCard } from './es.card.js';
import { esCase } from './es.case.js';
import { esChannels } from './es.channels.js';
import { esClocks } from './es.clocks.js';
import { esDashboard } from './es.dashboard.js';
import { esEscalations } from './es.escalations.js';
import { esHouse } from './es.house.js';
import { esIdentity } from './es.identity.js';
import { esIncidents } from './es.incidents.js';
import { esLadders } from './es.ladders.js';
import { esMatching } from './es.matching.js';
import { esMerge } from './es.merge.js';
import { esNotifications } from './es.notifications.js';
import { esOwnership } from './es.ownership.js';
import { esPlaces } from './es.places.js';
import { esPolicies } from './es.policies.js';
import { esPresence } from './es.presence.js';
import { esQueues } from './es.queues.js';
import { esStory } from './es.story.js';
import { esTracking } from './es.tracking.js';

/** Spanish, the longer language and the one the screens are designed in. ICU message syntax. */
export const es = {
  ...esHouse,
  ...esAnalysis,
  ...esDashboard,
  ...esCard,
  ...esCase,
  ...esClocks,
  ...esEscalations,
  ...esLadders,
  ...esPlaces,
  ...esMerge,
  ...esNotifications,
  ...esOwnership,
  ...esMatching,
  ...esIdentity,
  ...esIncidents,
  ...esChannels,
  ...esCalendars,
  ...esCalls,
  ...esPolicies,
  ...esPresence,
  ...esQueues,
  ...esStory,
  ...esTracking,
} as const;

export type Key = keyof typeof es;
