import { randomBytes } from 'node:crypto';
import { isoTime } from '../clock.js';
import type { DirectMessage } from '../messages.js';
import type { CareAccount, People, Person } from '../people.js';
import { mediaUrl } from '../twitter/media-library.js';

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

/** Account Activity: v1 users, several events a body. */
export function accountActivity(message: DirectMessage, people: People): Buffer {
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
export function activity(message: DirectMessage, people: People): Buffer {
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
