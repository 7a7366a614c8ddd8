import { enAnalysis } from './en.analysis.js';
import { enCalendars } from './en.calendars.js';
import { enCalls } from './en.calls.js';
import { enCard } from './en.card.js';
import { enCase } from './en.case.js';
import { enChannels } from './en.channels.js';
import { enClocks } from './en.clocks.js';
import { enCounter } from './en.counter.js';
import { enCustody } from './en.custody.js';
import { enDashboard } from './en.dashboard.js';
import { enDesk } from './en.desk.js';
import { enDevices } from './en.devices.js';
import { enEscalations } from './en.escalations.js';
import { enGoodwill } from './en.goodwill.js';
import { enHandoff } from './en.handoff.js';
import { enHandoffEvents } from './en.handoff-events.js';
import { enHandoffs } from './en.handoffs.js';
import { enHouse } from './en.house.js';
import { enIdentity } from './en.identity.js';
import { enIncidents } from './en.incidents.js';
import { enIntake } from './en.intake.js';
import { enLadders } from './en.ladders.js';
import { enLoaners } from './en.loaners.js';
import { enMatching } from './en.matching.js';
import { enMerge } from './en.merge.js';
import { enNotifications } from './en.notifications.js';
import { enOwnership } from './en.ownership.js';
import { enPartners } from './en.partners.js';
import { enScores } from './en.scores.js';
import { enWebhooks } from './en.webhooks.js';
import { enPlaces } from './en.places.js';
import { enPolicies } from './en.policies.js';
import { enPresence } from './en.presence.js';
import { enQueues } from './en.queues.js';
import { enQuotes } from './en.quotes.js';
import { enRepairs } from './en.repairs.js';
import { enStory } from './en.story.js';
import { enTracking } from './en.tracking.js';
import type { Key } from './es.js';

/** English. A key missing here does not compile, and messages.spec.ts compares the rest. */
export const en: Record<Key, string> = {
  ...enHouse,
  ...enAnalysis,
  ...enCounter,
  ...enCustody,
  ...enDashboard,
  ...enCard,
  ...enCase,
  ...enClocks,
  ...enDesk,
  ...enDevices,
  ...enEscalations,
  ...enIntake,
  ...enGoodwill,
  ...enHandoff,
  ...enHandoffs,
  ...enHandoffEvents,
  ...enLadders,
  ...enLoaners,
  ...enPartners,
  ...enScores,
  ...enWebhooks,
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
  ...enQuotes,
  ...enRepairs,
  ...enStory,
  ...enTracking,
};
