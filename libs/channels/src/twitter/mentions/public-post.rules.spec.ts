import fc from 'fast-check';
import {
  attempt,
  externalIdOf,
  linkOf,
  postIdOf,
  readMentions,
  readPost,
  readStatus,
  toInbound,
} from './public-post.rules.js';

const OURS = '1700000000000000001';
const LUCIA = '1540000000000000101';
const USERS = [{ id: LUCIA, name: 'Lucía Ferrer', username: 'Lucia_Ferrer' }];
const NOW = new Date('2026-11-20T10:00:00Z');
const post = (more: object = {}) => ({
  id: '1860000000000000001',
  author_id: LUCIA,
  text: '@nexo_ayuda sigo sin línea',
  created_at: '2026-11-20T09:00:00.000Z',
  ...more,
});
const status = (more: object = {}) => ({
  id_str: '1860000000000000001',
  user: { id_str: LUCIA, name: 'Lucía Ferrer', screen_name: 'Lucia_Ferrer' },
  text: '@nexo_ayuda sigo sin línea',
  timestamp_ms: String(Date.parse('2026-11-20T09:00:00.000Z')),
  ...more,
});

describe('a public post', () => {
  it('is the same one in both dialects of X', () => {
    expect(readPost(post(), { users: USERS }, OURS)).toEqual(readStatus(status(), OURS));
    expect(readPost(post(), { users: USERS }, OURS)).toMatchObject({
      author: { handle: 'Lucia_Ferrer' },
      writtenAt: '2026-11-20T09:00:00.000Z',
    });
  });

  it('is read whole, with its links in full', () => {
    const entities = {
      urls: [{ url: 'https://t.co/a', expanded_url: 'https://nexo.test/estado', display_url: 'nexo.test' }],
    };
    const long = `${'muy '.repeat(100)}largo &amp; https://t.co/a`;
    const full = `${'muy '.repeat(100)}largo & https://nexo.test/estado`;
    expect(readPost(post({ note_tweet: { text: long, entities } }), { users: USERS }, OURS)?.text).toBe(full);
    expect(readStatus(status({ truncated: true, extended_tweet: { full_text: long, entities } }), OURS)?.text).toBe(
      full,
    );
  });

  it.each([
    ['our own', post({ author_id: OURS }), status({ user: { id_str: OURS } })],
    [
      'passed on',
      post({ text: 'RT @lucia: @nexo_ayuda', referenced_tweets: [{ type: 'retweeted', id: '5' }] }),
      status({ text: 'RT @lucia: @nexo_ayuda', retweeted_status: { id_str: '5' } }),
    ],
    [
      'quoted without a word',
      post({ text: '@nexo_ayuda https://t.co/x', referenced_tweets: [{ type: 'quoted', id: '5' }] }),
      status({ text: '@nexo_ayuda https://t.co/x', is_quote_status: true }),
    ],
  ])('%s is nothing to answer', (_name, v2, v1) => {
    expect(readPost(v2, { users: USERS }, OURS)).toBeNull();
    expect(readStatus(v1, OURS)).toBeNull();
  });

  it('that quotes another with words of its own is one, and so is a name alone', () => {
    expect(
      readPost(
        post({ text: 'vaya servicio', referenced_tweets: [{ type: 'quoted', id: '5' }] }),
        { users: USERS },
        OURS,
      ),
    ).not.toBeNull();
    expect(readPost(post({ text: '@nexo_ayuda' }), { users: USERS }, OURS)).not.toBeNull();
  });

  it('reaches intake marked as public, opening no way to write', () => {
    const read = readPost(post(), { users: USERS }, OURS);
    expect(read && toInbound(read, NOW)).toMatchObject({
      channel: 'twitter',
      externalId: 'post:1860000000000000001',
      contact: { kind: 'twitter', value: LUCIA, handle: 'lucia_ferrer', display: '@Lucia_Ferrer' },
      displayName: 'Lucía Ferrer',
      publicUrl: 'https://x.com/Lucia_Ferrer/status/1860000000000000001',
      opensThread: false,
      account: OURS,
    });
  });

  it('of somebody without a name has a link all the same, and a time', () => {
    const read = readPost(post({ created_at: 'ayer' }), {}, OURS);
    expect(linkOf({ id: '5', author: { handle: null } })).toBe('https://x.com/i/status/5');
    expect(read && toInbound(read, NOW)).toMatchObject({
      displayName: LUCIA,
      occurredAt: '2024-11-22T16:38:51.785001Z',
    });
  });

  const link = { url: 'https://t.co/p', expanded_url: 'https://x.com/i/status/5/photo/1', display_url: 'pic.x.com/p' };
  const picture = 'https://pbs.twimg.com/media/1.jpg';
  const film = 'https://video.twimg.com/tweet_video/2.mp4';

  it('with a picture has it in both dialects of X, and its link leaves the text', () => {
    const text = '@nexo_ayuda mirad https://t.co/p';
    const media = [{ media_key: '3_1', type: 'photo', url: picture }];
    const v2 = readPost(
      post({ text, entities: { urls: [link] }, attachments: { media_keys: ['3_1'] } }),
      { users: USERS, media },
      OURS,
    );
    const extended_entities = { media: [{ id_str: '1', type: 'photo', media_url_https: picture, ...link }] };
    const v1 = readStatus(status({ text, extended_entities }), OURS);
    expect(v2).toEqual(v1);
    expect(v2).toMatchObject({
      text: '@nexo_ayuda mirad',
      media: [{ id: '1', url: picture, contentType: null }],
    });
    expect(v2 && toInbound(v2, NOW).notices).toEqual([{ code: 'twitter.files_coming', values: { count: '1' } }]);
  });

  it('with a film has its best version, and one with a long text all the same', () => {
    const variants = [
      { content_type: 'application/x-mpegURL', url: `${film}.m3u8` },
      { content_type: 'video/mp4', url: `${film}?small`, bit_rate: 100, bitrate: 100 },
      { content_type: 'video/mp4', url: film, bit_rate: 256_000, bitrate: 256_000 },
    ];
    const listed = [{ media_key: '7_2', preview_image_url: picture, variants }, { media_key: 5 }];
    expect(readPost(post({ attachments: { media_keys: ['7_2', '7_9'] } }), { media: listed }, OURS)?.media).toEqual([
      { id: '2', url: film, contentType: 'video/mp4' },
    ]);
    const medium = { id_str: '2', media_url_https: picture, video_info: { variants }, ...link };
    const extended_tweet = { full_text: 'Así suena https://t.co/p', extended_entities: { media: [medium] } };
    expect(readStatus(status({ truncated: true, extended_tweet }), OURS)).toMatchObject({
      text: 'Así suena',
      media: [{ url: film }],
    });
  });

  it('is told apart from a direct message by its id', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 19n }), (id) =>
        expect(postIdOf(externalIdOf(String(id)))).toBe(String(id)),
      ),
    );
    for (const id of ['1860000000000000001', 'chat:5', 'post:', 'post:x', null]) expect(postIdOf(id)).toBeNull();
  });

  it('that is none is kept, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const page = readMentions({ data: [raw] }, OURS);
        expect(page && page.posts.length + page.unreadable.length).toBeLessThanOrEqual(1);
        attempt(() => readStatus(raw, OURS));
      }),
    );
    expect(
      readMentions(
        { data: [post(), { id: '9' }, post({ id: '8', author_id: OURS })], includes: { users: USERS } },
        OURS,
      ),
    ).toMatchObject({
      posts: [{ id: '1860000000000000001' }],
      ids: ['1860000000000000001', '9', '8'],
      unreadable: [{ id: '9' }],
      nextToken: null,
    });
  });
});
