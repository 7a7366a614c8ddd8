import { enAnalysis } from './en.analysis.js';
import { enCalendars } from './en.calendars.js';
import { enCalls } from './en.calls.js';
import { enCard } from './en.card.js';
import { enCase } from './en.case.js';
import { enChannels } from './en.channels.js';
import { enClocks } from './en.clocks.js';
import { enDashboard } from './en.dashboard.js';
import { enEscalations } from './en.escalations.js';
import { enHouse } from './en.house.js';
import { enIdentity } from './en.identity.js';
import { enIncidents } from './en.incidents.js';
import { enLadders } from './en.ladders.js';
import { enMatching } from './en.matching.js';
import { enMerge } from './en.merge.js';
import { enNotifications } from './en.notifications.js';
import { enOwnership } from './en.ownership.js';
import { enPlaces } from './en.places.js';
import { enPolicies } from './en.policies.js';
import { enPresence } from './en.presence.js';
import { enQueues } from './en.queues.js';
import { enStory } from './en.story.js';
import { enTracking } from './en.tracking.js';
import type { Key } from './es.js';

/** English. A key missing here does not compile, and messages.spec.ts compares the rest. */
export const en: Record<Key, string> = {
  ...enHouse,
  ...enAnalysis,
  ...enDashboard,
  ...enCard,
  ...enCase,
  ...enClocks,
  ...enEscalations,
  ...enLadders,
  ...enPlaces,
  ...enMerge,
  ...enNotifications,
  ...enOwnership,
  ...enMatching,
  ...enIdentity,
  ...enIncidents,
  ...enChannels,
  ...enCalendars,
  ...enCalls,
  ...enPolicies,
  ...enPresence,
  ...enQueues,
  ...enStory,
  ...enTracking,
};
