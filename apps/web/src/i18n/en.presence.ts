import type { esPresence } from './es.presence.js';

export const enPresence: Record<keyof typeof esPresence, string> = {
  'presence.viewing': '{name} is viewing this',
  'presence.writing': '{name} is writing',
  'presence.at_counter': '{name} is at the counter with the customer',
  'presence.more': 'and {count, plural, one {one more person} other {# more people}}',
  'presence.typing': 'writing…',
  'presence.writing.lead': 'You will see what they sent before yours goes out.',
  'deciding.by': '{name} is deciding this',
  'deciding.take_over': 'I decide it',
  'draft.other': 'Another version of this draft',
  'draft.other.theirs': 'On another device you had written this, which is older:',
  'draft.other.mine': 'Here you had written this; on another device there is something newer:',
  'draft.other.take': 'Use this text',
  'draft.other.drop': 'Throw it away',
};
