import type { esTracking } from './es.tracking.js';

/** Tracking links, codes, and access with a reason. */
export const enTracking: Record<keyof typeof esTracking, string> = {
  'channel.web': 'tracking page',
  'channel.web.name': 'Tracking page',
  'match.signed_link': 'the tracking link of their case',
  'match.one_time_code': 'a one-time code',
  'match.evidence': 'several facts only that person has',
  'event.link.issued': '{author} made a tracking link{to}',
  'event.link.issued.to': ' for {display}',
  'event.link.opened': 'The tracking link was opened',
  'event.link.revoked': '{author} revoked a tracking link',
  'event.code.presented': 'Code shown at {store}: they see this case today',
  'event.glass.broken': '{author} opened this case though it is not theirs: “{reason}”',
};
