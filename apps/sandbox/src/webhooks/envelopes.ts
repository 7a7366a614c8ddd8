import { randomBytes } from 'node:crypto';
import { isoTime } from '../clock.js';
import type { DirectMessage } from '../messages.js';
import type { CareAccount, People, Person } from '../people.js';
import type { Post, Posts } from '../posts.js';
import { mediaUrl } from '../twitter/media-library.js';
import { includedMedia, statusMedia, wireText } from '../twitter/post-media.js';
import { postShape } from '../twitter/post.shape.js';

const APP_ID = '27310551';
/** X writes some 64-bit ids as bare numbers; JSON from here passes through doubles, so they are marked and unquoted last. */
const BARE = /"@bare:(\d+)@"/g;
const bare = (id: string): string => `@bare:${id}@`;

/** The bytes of one delivery. */
function bytesOf(body: unknown): Buffer {
  return Buffer.from(JSON.stringify(body).replace(BARE, '$1'));
}

function attachmentOf(message: DirectMessage): Record<string, unknown> {
  if (!message.media) return {};
  const link = message.links.find((one) => one.mediaKey !== undefined);
  const url = mediaUrl(message.id, message.media);
  const video =
    message.media.type === 'photo'
      ? {}
      : { video_info: { variants: [{ bitrate: 0, content_type: message.media.contentType, url }] } };
  return {
    attachment: {
      type: 'media',
      media: {
        id: bare(message.media.id),
        id_str: message.media.id,
        indices: [link?.start ?? 0, link?.end ?? 0],
        media_url: url,
        media_url_https: url,
        url: link?.url ?? '',
        display_url: link?.displayUrl ?? '',
        expanded_url: link?.expandedUrl ?? '',
        type: message.media.type,
        sizes: { thumb: { w: 150, h: 150, resize: 'crop' } },
        ...video,
      },
    },
  };
}

/** The event both envelopes carry. */
function messageCreate(message: DirectMessage, care: CareAccount): Record<string, unknown> {
  const urls = message.links.map((link) => ({
    url: link.url,
    expanded_url: link.expandedUrl,
    display_url: link.displayUrl,
    indices: [link.start, link.end],
  }));
  return {
    type: 'message_create',
    id: message.id,
    created_timestamp: String(message.createdAt),
    message_create: {
      target: { recipient_id: message.recipientId },
      sender_id: message.senderId,
      ...(message.senderId === care.twitterId ? { source_app_id: APP_ID } : {}),
      message_data: {
        text: message.wireText,
        entities: { hashtags: [], symbols: [], user_mentions: [], urls },
        ...attachmentOf(message),
      },
    },
  };
}

function bothPeople(message: DirectMessage, people: People): (Person | CareAccount)[] {
  const sides = [message.senderId, message.recipientId];
  const known = sides.map((id) => people.who(id));
  return known.filter((who) => who !== undefined);
}

const picture = (who: Person | CareAccount): string =>
  `https://pbs.twimg.com/profile_images/${who.twitterId}/face_normal.png`;

/** The account of ours a message is about. */
const careIn = (message: DirectMessage, people: People): CareAccount =>
  people.careOf(message.senderId) ?? people.careOf(message.recipientId) ?? people.care;

/** Something that happened to one of our accounts, as each of X's two products tells of it; null where it does not. */
export interface Notice {
  id: string;
  account: string;
  /** X Activity's name of it. */
  eventType: string;
  aaa: Buffer | null;
  xaa: Buffer | null;
}

export function messageNotice(message: DirectMessage, people: People): Notice {
  const { twitterId: account } = careIn(message, people);
  return {
    id: message.id,
    account,
    eventType: message.senderId === account ? 'dm.sent' : 'dm.received',
    aaa: accountActivity(message, people),
    xaa: activity(message, people),
  };
}

const eventOf = (eventType: string, account: string, payload: unknown, more: object = {}): Buffer =>
  bytesOf({
    data: {
      event_uuid: randomBytes(8).readBigInt64BE().toString(),
      event_type: eventType,
      filter: { user_id: account },
      tag: 'hilo',
      payload,
      ...more,
    },
  });

/** A post of v1.1: the text of a long one is cut and stands whole elsewhere. */
function statusOf(post: Post, people: People, posts: Posts): Record<string, unknown> {
  const who = people.who(post.authorId);
  const text = wireText(post);
  const isLong = text.length > 140;
  const ref = post.refId === null ? undefined : posts.byId(post.refId);
  const original = ref ? { id: bare(ref.id), id_str: ref.id, text: ref.text } : {};
  return {
    created_at: new Date(post.createdAt).toUTCString(),
    timestamp_ms: String(post.createdAt),
    id: bare(post.id),
    id_str: post.id,
    text: isLong ? `${text.slice(0, 139)}…` : text,
    truncated: isLong,
    ...(isLong
      ? { extended_tweet: { full_text: text, entities: { urls: [] }, ...statusMedia(post) } }
      : statusMedia(post)),
    entities: { hashtags: [], symbols: [], urls: [], user_mentions: [] },
    user: { id: bare(post.authorId), id_str: post.authorId, name: who?.displayName, screen_name: who?.handle },
    in_reply_to_status_id_str: post.kind === 'post' ? post.refId : null,
    is_quote_status: post.kind === 'quote',
    ...(post.kind === 'retweet' ? { retweeted_status: original } : {}),
    ...(post.kind === 'quote' ? { quoted_status: original } : {}),
  };
}

export function postNotice(post: Post, account: string, people: People, posts: Posts): Notice {
  const status = statusOf(post, people, posts);
  const users = [people.who(post.authorId)].flatMap((who) =>
    who ? [{ id: who.twitterId, name: who.displayName, username: who.handle }] : [],
  );
  return {
    id: post.id,
    account,
    eventType: 'post.mention.create',
    aaa: bytesOf({ for_user_id: account, user_has_blocked: false, tweet_create_events: [status] }),
    // Passing a post on mentions nobody.
    xaa:
      post.kind === 'retweet'
        ? null
        : eventOf('post.mention.create', account, postShape(post, { people, posts }), {
            includes: { users, media: includedMedia(post) },
          }),
  };
}

/** X Activity only. What was said is a riddle to everybody but the two. */
export function chatNotice(chat: { id: string; senderId: string; account: string; at: number }): Notice {
  const { id, senderId, account, at } = chat;
  const payload = {
    id,
    conversation_id: `${senderId}:${account}`,
    sender_id: senderId,
    created_at_msec: String(at),
    encoded_event: randomBytes(96).toString('base64'),
    conversation_key_version: '1',
  };
  return { id, account, eventType: 'chat.received', aaa: null, xaa: eventOf('chat.received', account, payload) };
}

export function revocationNotice(account: string, at: number): Notice {
  const revoke = { date_time: isoTime(at), target: { app_id: APP_ID }, source: { user_id: account } };
  const payload = { user_id: account, app_id: APP_ID, date_time: isoTime(at) };
  return {
    id: `revoke-${account}`,
    account,
    eventType: 'oauth.revoke',
    aaa: bytesOf({ user_event: { revoke } }),
    xaa: eventOf('oauth.revoke', account, payload),
  };
}

/** Account Activity: v1 users, several events a body. */
function accountActivity(message: DirectMessage, people: People): Buffer {
  const users = bothPeople(message, people).map((who) => [
    who.twitterId,
    {
      id: who.twitterId,
      created_timestamp: '1552296000000',
      name: who.displayName,
      screen_name: who.handle,
      protected: false,
      verified: false,
      followers_count: 0,
      friends_count: 0,
      statuses_count: 0,
      profile_image_url: picture(who),
      profile_image_url_https: picture(who),
    },
  ]);
  const care = careIn(message, people);
  const isOurs = message.senderId === care.twitterId;
  return bytesOf({
    for_user_id: care.twitterId,
    direct_message_events: [messageCreate(message, care)],
    ...(isOurs ? { apps: { [APP_ID]: { id: APP_ID, name: 'Hilo', url: 'https://hilo.test' } } } : {}),
    users: Object.fromEntries(users),
  });
}

/** X Activity: the same event under `payload`, v2 users. */
function activity(message: DirectMessage, people: People): Buffer {
  const users = bothPeople(message, people).map((who) => [
    who.twitterId,
    {
      data: {
        id: who.twitterId,
        name: who.displayName,
        username: who.handle,
        created_at: isoTime(1_552_296_000_000),
        profile_image_url: picture(who),
      },
    },
  ]);
  const care = careIn(message, people);
  return bytesOf({
    data: {
      event_uuid: randomBytes(8).readBigInt64BE().toString(),
      event_type: message.senderId === care.twitterId ? 'dm.sent' : 'dm.received',
      filter: { user_id: care.twitterId },
      tag: 'direct messages',
      payload: {
        direct_message_events: [messageCreate(message, care)],
        users: Object.fromEntries(users),
      },
    },
  });
}
