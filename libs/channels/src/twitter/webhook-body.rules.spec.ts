import { readWebhook } from './webhook-body.rules.js';

const OURS = '1700000000000000001';
const LUCIA = '1540000000000000101';

const event = (change: object = {}, data: object = {}) => ({
  type: 'message_create',
  id: '1860000000000000001',
  created_timestamp: '1762160400000',
  message_create: {
    target: { recipient_id: OURS },
    sender_id: LUCIA,
    message_data: { text: 'No tengo línea', entities: { hashtags: [], urls: [] }, ...data },
  },
  ...change,
});
const V1_USERS = {
  [LUCIA]: { id: LUCIA, name: 'Lucía', screen_name: 'lucia_r' },
  [OURS]: { id: OURS, name: 'Nexo', screen_name: 'nexo_ayuda' },
};
const aaa = (...events: unknown[]) => ({ for_user_id: OURS, direct_message_events: events, users: V1_USERS });
const xaa = (eventType: string, payload: unknown) => ({
  data: { event_uuid: '-5', event_type: eventType, filter: { user_id: OURS }, payload },
});

describe('a webhook body', () => {
  it('of Account Activity holds messages', () => {
    expect(readWebhook(aaa(event()), OURS)).toEqual({
      posts: [],
      chats: [],
      revoked: [],
      messages: [
        {
          id: '1860000000000000001',
          isOwn: false,
          account: { id: OURS, name: '@nexo_ayuda' },
          other: { id: LUCIA, name: 'Lucía', handle: 'lucia_r' },
          conversationId: `${LUCIA}-${OURS}`,
          text: 'No tengo línea',
          writtenAt: '2025-11-03T09:00:00.000Z',
          media: [],
        },
      ],
      unreadable: [],
    });
  });

  it('of X Activity holds the same message, its users one level deeper', () => {
    const users = {
      [LUCIA]: { data: { id: LUCIA, name: 'Lucía', username: 'lucia_r' } },
      [OURS]: { data: { username: 'nexo_ayuda' } },
    };
    const inner = { direct_message_events: [event()], users };
    expect(readWebhook(xaa('dm.received', inner), OURS)).toEqual(readWebhook(aaa(event()), OURS));
  });

  it('knows a message of our own account, whoever it was delivered for', () => {
    const own = event({
      message_create: { target: { recipient_id: LUCIA }, sender_id: OURS, message_data: { text: 'Hola' } },
    });
    expect(readWebhook(aaa(own), OURS)?.messages[0]).toMatchObject({
      isOwn: true,
      other: { id: LUCIA, handle: 'lucia_r' },
    });
    expect(readWebhook(xaa('dm.sent', { direct_message_events: [own] }), OURS)?.messages[0]).toMatchObject({
      isOwn: true,
    });
  });

  it('takes the best film and the picture', () => {
    const variants = [
      { content_type: 'application/x-mpegURL', url: 'https://video.twimg.com/a.m3u8' },
      { content_type: 'video/mp4', bitrate: 10, url: 'https://video.twimg.com/low.mp4' },
      { content_type: 'video/mp4', bitrate: 90, url: 'https://video.twimg.com/high.mp4' },
    ];
    const film = event({}, { attachment: { type: 'media', media: { id: 1, video_info: { variants } } } });
    const photo = event(
      {},
      { attachment: { type: 'media', media: { media_url_https: 'https://ton.twitter.com/p.jpg' } } },
    );
    expect(readWebhook(aaa(film), OURS)?.messages[0]?.media).toEqual([
      { id: null, url: 'https://video.twimg.com/high.mp4', contentType: 'video/mp4' },
    ]);
    expect(readWebhook(aaa(photo), OURS)?.messages[0]?.media).toEqual([
      { id: null, url: 'https://ton.twitter.com/p.jpg', contentType: null },
    ]);
  });

  it.each([
    ['no users', { for_user_id: OURS, direct_message_events: [event()] }],
    ['strange users', { for_user_id: OURS, direct_message_events: [event()], users: 'none' }],
    ['no entities', aaa(event({}, { entities: null }))],
    ['a time nobody understands', aaa(event({ created_timestamp: 'yesterday' }))],
    ['a short id as a number', aaa(event({ id: 12345 }))],
  ])('with %s is read all the same', (_name, body) => {
    expect(readWebhook(body, OURS)).toMatchObject({ messages: [{ text: 'No tengo línea' }], unreadable: [] });
  });

  it('keeps the good event beside the bad one', () => {
    const bad = { type: 'message_create', id: '5', message_create: { message_data: { text: 'x' } } };
    expect(readWebhook(aaa(bad, event()), OURS)).toMatchObject({
      messages: [{ id: '1860000000000000001' }],
      unreadable: [{ reason: 'twitter.unmappable_event', detail: 'message_create.sender_id' }],
    });
  });

  it('does not trust an id that has lost its last digits', () => {
    expect(readWebhook(aaa(event({ id: Number('1860000000000000001') })), OURS)).toMatchObject({
      messages: [],
      unreadable: [{ reason: 'twitter.unmappable_event', sender: LUCIA }],
    });
  });

  it('shows an encrypted message instead of silence', () => {
    const chat = xaa('chat.received', {
      id: '1',
      sender_id: LUCIA,
      created_at_msec: '1762160400000',
      encoded_event: 'AAAA',
    });
    expect(readWebhook(chat, OURS)).toMatchObject({
      messages: [],
      chats: [{ id: '1', account: OURS, senderId: LUCIA, writtenAt: '2025-11-03T09:00:00.000Z' }],
      unreadable: [{ reason: 'twitter.encrypted_chat', sender: LUCIA }],
    });
  });

  it.each([
    [
      'Account Activity',
      { user_event: { revoke: { date_time: '2025-11-03T09:00:00Z' } } },
      new Date('2025-11-03T09:00:00Z'),
    ],
    ['Account Activity, undated', { user_event: { revoke: { date_time: 'x' } } }, null],
    ['X Activity', xaa('oauth.revoke', { user_id: OURS }), null],
  ])('tells of a withdrawn access (%s)', (_name, body, at) => {
    expect(readWebhook(body, OURS)).toMatchObject({
      revoked: [{ userId: OURS, at }],
      unreadable: [{ reason: 'twitter.revoked' }],
    });
  });

  it('tells of public posts in either envelope', () => {
    const user = { id_str: LUCIA, name: 'Lucía', screen_name: 'lucia_ferrer' };
    const status = { id_str: '7', user, text: '@nexo_ayuda sin línea', timestamp_ms: '1762160400000' };
    const post = { id: '7', author_id: LUCIA, text: '@nexo_ayuda sin línea', created_at: '2025-11-03T09:00:00.000Z' };
    const users = [{ id: LUCIA, name: 'Lucía', username: 'lucia_ferrer' }];
    const read = {
      id: '7',
      account: OURS,
      author: { id: LUCIA, name: 'Lucía', handle: 'lucia_ferrer' },
      text: '@nexo_ayuda sin línea',
      media: [],
      writtenAt: '2025-11-03T09:00:00.000Z',
    };
    expect(readWebhook({ for_user_id: OURS, tweet_create_events: [status] }, OURS)?.posts).toEqual([read]);
    const { data } = xaa('post.mention.create', post);
    expect(readWebhook({ data: { ...data, includes: { users } } }, OURS)?.posts).toEqual([read]);
  });

  it.each([
    ['typing', { for_user_id: OURS, direct_message_indicate_typing_events: [{}] }],
    ['read', { for_user_id: OURS, direct_message_mark_read_events: [{}] }],
    ['follow', { for_user_id: OURS, follow_events: [{}] }],
    ['another kind of DM event', aaa({ type: 'participants_join', id: '5' })],
    ['X Activity typing', xaa('dm.indicate_typing', {})],
    ['a kind of tomorrow', xaa('dm.reaction.create', { anything: true })],
    ['a finished replay', { replay_job_status: { job_state: 'Complete' } }],
  ])('ignores %s', (_name, body) => {
    expect(readWebhook(body, OURS)).toMatchObject({ messages: [], posts: [], chats: [], revoked: [], unreadable: [] });
  });

  it.each([
    ['messages that are no list', { for_user_id: OURS, direct_message_events: 'x' }],
    ['a payload that is none', xaa('dm.received', 7)],
    ['posts that are no list', { for_user_id: OURS, tweet_create_events: 'x' }],
    ['a post without an author', { for_user_id: OURS, tweet_create_events: [{ id_str: '5', text: 'hola' }] }],
    ['a post of v2 that is none', xaa('post.mention.create', { text: 'hola' })],
  ])('keeps %s', (_name, body) => {
    expect(readWebhook(body, OURS)).toMatchObject({
      messages: [],
      unreadable: [{ reason: 'twitter.unmappable_event' }],
    });
  });

  it.each([[[]], ['x'], [null], [7], [{}], [{ foo: 1 }], [{ data: {} }]])('does not know %j', (body) => {
    expect(readWebhook(body, OURS)).toBeNull();
  });
});
