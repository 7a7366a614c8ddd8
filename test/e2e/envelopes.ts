import type { Person } from './outside.js';

const CARE = '1700000000000000001';
const X_EPOCH = 1_288_834_974_657n;

let sequence = 0n;

/** An id as X makes them: the time, and a counter. */
export function dmId(at = Date.now()): string {
  sequence = (sequence + 1n) % 4_194_304n;
  return (((BigInt(at) - X_EPOCH) << 22n) + sequence).toString();
}

/** The body X posts when this person writes, in the envelope of Account Activity. */
export function dmBody(person: Person, text: string, id = dmId()): Buffer {
  const user = { id: person.id, name: person.displayName, screen_name: person.handle };
  const care = { id: CARE, name: 'Nexo Ayuda', screen_name: 'nexo_ayuda' };
  const event = {
    type: 'message_create',
    id,
    created_timestamp: String(Date.now()),
    message_create: {
      target: { recipient_id: CARE },
      sender_id: person.id,
      message_data: { text, entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] } },
    },
  };
  return Buffer.from(
    JSON.stringify({
      for_user_id: CARE,
      direct_message_events: [event],
      users: { [person.id]: user, [CARE]: care },
    }),
  );
}
