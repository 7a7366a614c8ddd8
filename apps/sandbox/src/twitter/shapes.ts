import { isoTime } from '../clock.js';
import type { DirectMessage } from '../messages.js';
import type { CareAccount, People, Person } from '../people.js';
import { asked } from './fields.js';
import { mediaUrl } from './media-library.js';

type Query = Record<string, string | string[] | undefined>;

const EVENT_FIELDS = [
  'id',
  'text',
  'event_type',
  'created_at',
  'dm_conversation_id',
  'sender_id',
  'participant_ids',
  'attachments',
  'entities',
  'referenced_tweets',
  'referenced_posts',
];
const EXPANSIONS = ['sender_id', 'attachments.media_keys', 'participant_ids', 'referenced_tweets.id'];
const USER_FIELDS = [
  'id',
  'name',
  'username',
  'created_at',
  'description',
  'profile_image_url',
  'protected',
  'verified',
  'verified_type',
  'url',
  'location',
  'entities',
  'public_metrics',
  'pinned_tweet_id',
  'withheld',
];
const MEDIA_FIELDS = [
  'media_key',
  'type',
  'url',
  'preview_image_url',
  'variants',
  'alt_text',
  'width',
  'height',
  'duration_ms',
  'public_metrics',
];

/** What a caller wants to see of each event, as X's query parameters say it. */
export interface View {
  event: Set<string>;
  expansions: Set<string>;
  user: Set<string>;
  media: Set<string>;
}

/** @throws XProblem 400 for a field X does not have */
export function viewOf(query: Query): View {
  return {
    event: asked(query, 'dm_event.fields', EVENT_FIELDS),
    expansions: asked(query, 'expansions', EXPANSIONS),
    user: asked(query, 'user.fields', USER_FIELDS),
    media: asked(query, 'media.fields', MEDIA_FIELDS),
  };
}

const pick = (whole: Record<string, unknown>, always: readonly string[], also: Set<string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(whole).filter(([name, value]) => value !== undefined && (always.includes(name) || also.has(name))),
  );

/** A person (or the care account) as X's v2 user. */
export function userShape(who: Person | CareAccount, fields: Set<string>): Record<string, unknown> {
  return pick(
    {
      id: who.twitterId,
      name: who.displayName,
      username: who.handle,
      created_at: '2019-03-11T09:20:00.000Z',
      description: '',
      profile_image_url: `https://pbs.twimg.com/profile_images/${who.twitterId}/face_normal.png`,
      protected: false,
      verified: false,
    },
    ['id', 'name', 'username'],
    fields,
  );
}

/** A message as X's v2 event. An expansion brings its field along. */
export function eventShape(message: DirectMessage, view: View): Record<string, unknown> {
  const also = new Set(view.event);
  if (view.expansions.has('sender_id')) also.add('sender_id');
  if (view.expansions.has('participant_ids')) also.add('participant_ids');
  if (view.expansions.has('attachments.media_keys')) also.add('attachments');
  const urls = message.links.map((link) => ({
    start: link.start,
    end: link.end,
    url: link.url,
    expanded_url: link.expandedUrl,
    display_url: link.displayUrl,
    ...(link.mediaKey ? { media_key: link.mediaKey } : {}),
  }));
  return pick(
    {
      id: message.id,
      event_type: 'MessageCreate',
      text: message.wireText,
      sender_id: message.senderId,
      dm_conversation_id: message.conversationId,
      participant_ids: message.conversationId.split('-'),
      created_at: isoTime(message.createdAt),
      attachments: message.media ? { media_keys: [message.media.key] } : undefined,
      entities: urls.length > 0 ? { urls } : undefined,
    },
    ['id', 'text', 'event_type'],
    also,
  );
}

function mediaShape(message: DirectMessage, fields: Set<string>): Record<string, unknown> | null {
  if (!message.media) return null;
  const url = mediaUrl(message.id, message.media);
  const isPhoto = message.media.type === 'photo';
  return pick(
    {
      media_key: message.media.key,
      type: message.media.type,
      url: isPhoto ? url : undefined,
      preview_image_url: isPhoto ? undefined : url,
      variants: isPhoto ? undefined : [{ content_type: message.media.contentType, url, bit_rate: 0 }],
    },
    ['media_key', 'type'],
    fields,
  );
}

/** The `includes` of an answer: each user and medium once. Nothing when nothing was asked for. */
export function includesShape(messages: readonly DirectMessage[], view: View, people: People) {
  const includes: Record<string, unknown[]> = {};
  const ids = new Set<string>();
  for (const message of messages) {
    if (view.expansions.has('sender_id')) ids.add(message.senderId);
    if (view.expansions.has('participant_ids')) message.conversationId.split('-').forEach((id) => ids.add(id));
  }
  const users = [...ids].map((id) => people.who(id));
  const known = users.filter((who) => who !== undefined);
  if (known.length > 0) includes.users = known.map((who) => userShape(who, view.user));
  if (view.expansions.has('attachments.media_keys')) {
    const media = messages.map((message) => mediaShape(message, view.media)).filter((item) => item !== null);
    if (media.length > 0) includes.media = media;
  }
  return Object.keys(includes).length > 0 ? { includes } : {};
}
