import { readDmEvents } from './dm-events.rules.js';

const OURS = '1700000000000000001';
const LUCIA = '1540000000000000101';

const event = (change: object = {}) => ({
  id: '1860000000000000001',
  event_type: 'MessageCreate',
  text: 'No tengo línea',
  sender_id: LUCIA,
  dm_conversation_id: `${LUCIA}-${OURS}`,
  created_at: '2026-11-03T09:00:00.000Z',
  ...change,
});
const includes = {
  users: [
    { id: LUCIA, name: 'Lucía', username: 'lucia_r' },
    { id: OURS, name: 'Nexo', username: 'nexo_ayuda' },
  ],
  media: [
    { media_key: '3_1', type: 'photo', url: 'https://ton.twitter.com/1.jpg' },
    {
      media_key: '7_2',
      type: 'video',
      preview_image_url: 'https://ton.twitter.com/2.jpg',
      variants: [{ content_type: 'video/mp4', url: 'https://video.twimg.com/2.mp4', bit_rate: 5 }],
    },
  ],
};
const page = (...data: unknown[]) => ({ data, includes, meta: { result_count: data.length } });
const first = (...data: unknown[]) => readDmEvents(page(...data), OURS)?.events[0];

describe('a page of DM events', () => {
  it('holds messages as the webhook tells them', () => {
    expect(first(event())?.message).toEqual({
      id: '1860000000000000001',
      isOwn: false,
      account: { id: OURS, name: '@nexo_ayuda' },
      other: { id: LUCIA, name: 'Lucía', handle: 'lucia_r' },
      conversationId: `${LUCIA}-${OURS}`,
      text: 'No tengo línea',
      writtenAt: '2026-11-03T09:00:00.000Z',
      media: [],
    });
  });

  it('finds the recipient of our own message in the conversation, or among its participants', () => {
    expect(first(event({ sender_id: OURS }))?.message).toMatchObject({ isOwn: true, other: { id: LUCIA } });
    const named = event({ sender_id: OURS, dm_conversation_id: '9', participant_ids: [OURS, LUCIA] });
    expect(first(named)?.message).toMatchObject({ isOwn: true, other: { id: LUCIA } });
  });

  it('takes a message in a group, and cannot tell whom our own there is for', () => {
    const group = { dm_conversation_id: '1860000000000000009', participant_ids: [OURS, LUCIA, '5'] };
    expect(first(event(group))?.message).toMatchObject({ other: { id: LUCIA }, conversationId: '1860000000000000009' });
    expect(first(event({ ...group, sender_id: OURS }))?.unreadable).toMatchObject({ reason: 'twitter.no_recipient' });
  });

  it('brings pictures and films', () => {
    expect(first(event({ attachments: { media_keys: ['3_1', '7_2', '3_lost'] } }))?.message?.media).toEqual([
      { id: '1', url: 'https://ton.twitter.com/1.jpg', contentType: null },
      { id: '2', url: 'https://video.twimg.com/2.mp4', contentType: 'video/mp4' },
    ]);
  });

  it('leaves out who joined and who left', () => {
    expect(readDmEvents(page({ id: '1', event_type: 'ParticipantsJoin' }), OURS)?.events).toEqual([]);
  });

  it('keeps an event it cannot read, as it came', () => {
    const odd = { id: '1860000000000000002', event_type: 'MessageCreate', text: 'x' };
    expect(first(odd)).toEqual({
      id: '1860000000000000002',
      raw: odd,
      message: null,
      unreadable: { reason: 'twitter.unmappable_event', detail: 'sender_id', sender: null },
    });
    expect(first('nonsense')).toMatchObject({ id: null, raw: 'nonsense' });
  });

  it('may be empty, may have a next one, may be none at all', () => {
    expect(readDmEvents({ meta: { result_count: 0 } }, OURS)).toEqual({ events: [], nextToken: null });
    expect(readDmEvents({ ...page(), meta: { next_token: 'ABC' } }, OURS)?.nextToken).toBe('ABC');
    expect(readDmEvents('<html>', OURS)).toBeNull();
  });
});
