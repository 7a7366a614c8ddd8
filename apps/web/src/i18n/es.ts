import { esAnalysis } from './es.analysis.js';
import { esCalendars } from './es.calendars.js';
import { esCalls } from './es.calls.js';
import { esCard } from './es.card.js';
import { esCase } from './es.case.js';
import { esChannels } from './es.channels.js';
import { esClocks } from './es.clocks.js';
import { esCounter } from './es.counter.js';
import { esCustody } from './es.custody.js';
import { esDashboard } from './es.dashboard.js';
import { esDesk } from './es.desk.js';
import { esDevices } from './es.devices.js';
import { esEscalations } from './es.escalations.js';
import { esGoodwill } from './es.goodwill.js';
import { esHandoff } from './es.handoff.js';
import { esHandoffEvents } from './es.handoff-events.js';
import { esHandoffs } from './es.handoffs.js';
import { esHouse } from './es.house.js';
import { esIdentity } from './es.identity.js';
import { esIncidents } from './es.incidents.js';
import { esIntake } from './es.intake.js';
import { esLadders } from './es.ladders.js';
import { esLoaners } from './es.loaners.js';
import { esMatching } from './es.matching.js';
import { esMerge } from './es.merge.js';
import { esNotifications } from './es.notifications.js';
import { esOwnership } from './es.ownership.js';
import { esPartners } from './es.partners.js';
import { esScores } from './es.scores.js';
import { esWebhooks } from './es.webhooks.js';
import { esPlaces } from './es.places.js';
import { esPolicies } from './es.policies.js';
import { esPresence } from './es.presence.js';
import { esQueues } from './es.queues.js';
import { esQuotes } from './es.quotes.js';
import { esRepairs } from './es.repairs.js';
import { esStory } from './es.story.js';
import { esTracking } from './es.tracking.js';

/** Spanish, the longer language and the one the screens are designed in. ICU message syntax. */
export const es = {
  ...esHouse,
  ...esAnalysis,
  ...esCounter,
  ...esCustody,
  ...esDashboard,
  ...esCard,
  ...esCase,
  ...esClocks,
  ...esDesk,
  ...esDevices,
  ...esEscalations,
  ...esIntake,
  ...esGoodwill,
  ...esHandoff,
  ...esHandoffs,
  ...esHandoffEvents,
  ...esLadders,
  ...esLoaners,
  ...esPartners,
  ...esScores,
  ...esWebhooks,
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
  ...esQuotes,
  ...esRepairs,
  ...esStory,
  ...esTracking,
} as const;

export type Key = keyof typeof es;
