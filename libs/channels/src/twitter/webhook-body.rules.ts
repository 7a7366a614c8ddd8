import { z } from 'zod';
import type { EncryptedChat } from './mentions/encrypted-chats.js';
import { attempt, readPost, readStatus, type PostIncludes, type PublicPost } from './mentions/public-post.rules.js';
import { filesOfStatus, StatusMedium } from './media.rules.js';
import { accountName, conversationOf, readText, type DirectMessage, type Unreadable } from './direct-message.rules.js';

/** What a webhook body holds. Kinds of events that are of no use here are simply not in it. */
export interface WebhookReading {
  messages: DirectMessage[];
  /** Public posts that call one of our accounts. */
  posts: PublicPost[];
  /** Messages X lets nobody here read; each is among `unreadable` too. */
  chats: EncryptedChat[];
  /** Accounts that have withdrawn their permission, and when, if X says so; each is among `unreadable` too. */
  revoked: { userId: string; at: Date | null }[];
  unreadable: Unreadable[];
}

const NOTHING: WebhookReading = { messages: [], posts: [], chats: [], revoked: [], unreadable: [] };

/** Ids of X do not fit a JavaScript number: one that came as a large number has already lost digits. */
const XId = z.union([
  z.string().regex(/^\d{1,20}$/),
  z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).transform(String),
]);

const Links = z
  .object({
    urls: z.array(
      z.object({
        url: z.string(),
        expanded_url: z.string().optional().catch(undefined),
        display_url: z.string().optional().catch(undefined),
      }),
    ),
  })
  .transform((entities) => entities.urls)
  .catch([]);

const MessageCreate = z.object({
  id: XId,
  created_timestamp: z.coerce.number().int().positive().max(8.64e15).nullable().default(null).catch(null),
  message_create: z.object({
    sender_id: XId,
    target: z.object({ recipient_id: XId.optional() }).default({}),
    message_data: z.object({
      text: z.string().default(''),
      entities: Links,
      attachment: z.object({ media: StatusMedium }).optional().catch(undefined),
    }),
  }),
});

/** v1 users say `screen_name`; in X Activity the user lies one level deeper and says `username`. */
const User = z
  .object({ name: z.string().optional(), screen_name: z.string().optional(), username: z.string().optional() })
  .transform((user) => ({ name: user.name ?? null, handle: user.username ?? user.screen_name ?? null }));
const Users = z
  .record(z.string(), z.unknown())
  .transform((users) => new Map(Object.entries(users).flatMap(([id, user]) => readUser(id, user))))
  .catch(() => new Map());
const NOBODY = { name: null, handle: null };
type Users = Map<string, { name: string | null; handle: string | null }>;

function readUser(id: string, user: unknown): [string, { name: string | null; handle: string | null }][] {
  const deeper = typeof user === 'object' && user !== null && 'data' in user ? user.data : user;
  const read = User.safeParse(deeper);
  return read.success ? [[id, read.data]] : [];
}

const AaaBody = z.looseObject({
  for_user_id: XId.optional().catch(undefined),
  direct_message_events: z.unknown().optional(),
  tweet_create_events: z.unknown().optional(),
  users: Users.optional(),
});

const XaaItem = z.looseObject({
  event_type: z.string(),
  filter: z
    .looseObject({ user_id: XId.optional().catch(undefined) })
    .optional()
    .catch(undefined),
  payload: z.unknown().optional(),
  includes: z.looseObject({ users: z.unknown().optional(), media: z.unknown().optional() }).optional().catch(undefined),
});
const XaaBody = z.looseObject({ data: z.union([XaaItem.transform((item) => [item]), z.array(XaaItem)]) });

const Events = z.array(z.unknown());
const Revocation = z.object({
  revoke: z.looseObject({ date_time: z.unknown(), source: z.object({ user_id: XId }).optional().catch(undefined) }),
});
const RevokedUser = z.object({ user_id: XId, date_time: z.unknown() });
const Moment = z.coerce.date();
const Chat = z.object({
  id: z.string().min(1).max(200),
  sender_id: XId,
  created_at_msec: z.coerce.number().int().positive().max(8.64e15).optional().catch(undefined),
});

/** A message without a kind is still taken for one. */
const kindOf = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'type' in event ? event.type : 'message_create';

/** Signs by which an Account Activity body is known when it carries no message. */
const AAA_SIGNS = ['for_user_id', 'user_event', 'replay_job_status', 'tweet_create_events'];

/**
 * Reads a webhook body of either envelope: Account Activity or X Activity.
 * @returns null when it is neither
 */
export function readWebhook(body: unknown, ownId: string): WebhookReading | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const activity = 'data' in body ? XaaBody.safeParse(body) : null;
  if (activity?.success) return merged(activity.data.data.map((item) => readActivity(item, ownId)));
  const account = AaaBody.safeParse(body);
  const isKnown = 'direct_message_events' in body || AAA_SIGNS.some((sign) => sign in body);
  return account.success && isKnown ? readAccount(account.data, ownId) : null;
}

function readActivity(item: z.infer<typeof XaaItem>, ownId: string): WebhookReading {
  const account = item.filter?.user_id ?? ownId;
  switch (item.event_type) {
    case 'oauth.revoke':
      return revocation(RevokedUser.safeParse(item.payload).data ?? { user_id: account, date_time: null });
    case 'chat.received':
      return { ...NOTHING, unreadable: [encrypted(item.payload)], chats: chatOf(item.payload, account) };
    case 'post.mention.create':
    case 'post.reply.create':
      return readPosts([item.payload], (raw) => readPost(raw, item.includes ?? includesOf(item.payload), account));
    case 'dm.received':
    case 'dm.sent': {
      const payload = AaaBody.safeParse(item.payload);
      if (!payload.success) return { ...NOTHING, unreadable: [unmappable('payload', item.payload)] };
      return readMessages(payload.data, item.filter?.user_id ?? payload.data.for_user_id, ownId);
    }
    default:
      return NOTHING;
  }
}

function readAccount(body: z.infer<typeof AaaBody>, ownId: string): WebhookReading {
  const account = body.for_user_id ?? ownId;
  const readings = [readMessages(body, body.for_user_id, ownId)];
  const revoked = Revocation.safeParse(body.user_event);
  if (revoked.success) {
    const { date_time, source } = revoked.data.revoke;
    readings.push(revocation({ user_id: source?.user_id ?? account, date_time }));
  }
  if (body.tweet_create_events !== undefined) {
    const events = Events.safeParse(body.tweet_create_events);
    readings.push(
      events.success
        ? readPosts(events.data, (raw) => readStatus(raw, account))
        : { ...NOTHING, unreadable: [unmappable('tweet_create_events', body)] },
    );
  }
  return merged(readings);
}

function readPosts(events: unknown[], read: (raw: unknown) => PublicPost | null): WebhookReading {
  const posts = events.map((raw) => ({ raw, post: attempt(() => read(raw)) }));
  return {
    ...NOTHING,
    posts: posts.flatMap(({ post }) => post ?? []),
    unreadable: posts.filter(({ post }) => post === undefined).map(({ raw }) => unmappable('post', raw)),
  };
}

function readMessages(body: z.infer<typeof AaaBody>, forUser: string | undefined, ownId: string): WebhookReading {
  if (body.direct_message_events === undefined) return NOTHING;
  const events = Events.safeParse(body.direct_message_events);
  if (!events.success) return { ...NOTHING, unreadable: [unmappable('direct_message_events', body)] };
  const reading: WebhookReading = { ...NOTHING, messages: [], unreadable: [] };
  for (const event of events.data) {
    if (kindOf(event) !== 'message_create') continue;
    const read = MessageCreate.safeParse(event);
    if (!read.success) {
      const where = read.error.issues[0]?.path.join('.') ?? '';
      reading.unreadable.push(unmappable(where, event));
      continue;
    }
    const message = readMessage(read.data, body.users ?? new Map(), ownId, forUser);
    if ('reason' in message) reading.unreadable.push(message);
    else reading.messages.push(message);
  }
  return reading;
}

function readMessage(
  event: z.infer<typeof MessageCreate>,
  users: Users,
  ownId: string,
  forUser: string | undefined,
): DirectMessage | Unreadable {
  const { sender_id: sender, target, message_data: data } = event.message_create;
  const recipient = target.recipient_id;
  const isOwn = sender === ownId || sender === forUser;
  const otherId = isOwn ? recipient : sender;
  if (otherId === undefined || (isOwn && otherId === sender)) {
    return { reason: 'twitter.no_recipient', detail: `event ${event.id}`, sender };
  }
  const accountId = isOwn ? sender : (recipient ?? forUser ?? ownId);
  const other = users.get(otherId) ?? NOBODY;
  const media = data.attachment ? filesOfStatus([data.attachment.media]) : [];
  return {
    id: event.id,
    isOwn,
    account: { id: accountId, name: accountName(users.get(accountId) ?? NOBODY) },
    other: { id: otherId, ...other },
    conversationId: recipient === undefined ? null : conversationOf(sender, recipient),
    text: readText(data.text, data.entities, media.length > 0),
    writtenAt: event.created_timestamp === null ? null : new Date(event.created_timestamp).toISOString(),
    media,
  };
}

const merged = (readings: WebhookReading[]): WebhookReading => ({
  messages: readings.flatMap((reading) => reading.messages),
  posts: readings.flatMap((reading) => reading.posts),
  chats: readings.flatMap((reading) => reading.chats),
  revoked: readings.flatMap((reading) => reading.revoked),
  unreadable: readings.flatMap((reading) => reading.unreadable),
});

const Sender = z.union([
  z.object({ sender_id: XId }).transform((event) => event.sender_id),
  z.object({ message_create: z.object({ sender_id: XId }) }).transform((event) => event.message_create.sender_id),
]);
const senderOf = (event: unknown): string | null => Sender.safeParse(event).data ?? null;

const unmappable = (where: string, event: unknown): Unreadable => ({
  reason: 'twitter.unmappable_event',
  detail: where,
  sender: senderOf(event),
});

function revocation({ user_id: userId, date_time: at }: z.infer<typeof RevokedUser>): WebhookReading {
  const said = typeof at === 'string' ? Moment.safeParse(at).data : undefined;
  return { ...NOTHING, revoked: [{ userId, at: said ?? null }], unreadable: [REVOKED] };
}

const REVOKED: Unreadable = {
  reason: 'twitter.revoked',
  detail: 'The care account has withdrawn the access of this application. Connect it again.',
  sender: null,
};

function chatOf(payload: unknown, account: string): EncryptedChat[] {
  const { data: chat } = Chat.safeParse(payload);
  if (!chat || chat.sender_id === account) return [];
  const { id, sender_id: senderId, created_at_msec: at } = chat;
  return [{ id, account, senderId, writtenAt: at === undefined ? null : new Date(at).toISOString() }];
}

/** Where a payload brings its users and files along itself. */
const includesOf = (payload: unknown): PostIncludes =>
  z
    .object({ includes: z.looseObject({ users: z.unknown().optional(), media: z.unknown().optional() }) })
    .safeParse(payload).data?.includes ?? {};

const encrypted = (payload: unknown): Unreadable => ({
  reason: 'twitter.encrypted_chat',
  detail: 'XChat messages are end-to-end encrypted and cannot be read here.',
  sender: senderOf(payload),
});
