import { z } from 'zod';
import { accountName, otherSide, readText, type DirectMessage, type Unreadable } from './direct-message.rules.js';
import { listedMedia } from './media.rules.js';

/** The fields asked for with every list of DM events. */
export const DM_EVENT_QUERY = {
  event_types: 'MessageCreate',
  'dm_event.fields': 'id,event_type,text,sender_id,dm_conversation_id,created_at,attachments,entities',
  expansions: 'sender_id,participant_ids,attachments.media_keys',
  'user.fields': 'id,name,username',
  'media.fields': 'media_key,type,url,preview_image_url,variants',
} as const;

/** One event of a list: read, or kept as it came. `id` is null when even that is missing. */
export interface ListedEvent {
  id: string | null;
  raw: unknown;
  message: DirectMessage | null;
  unreadable: Unreadable | null;
}

export interface DmEventPage {
  /** Newest first, as X gives them; events that are no messages are left out. */
  events: ListedEvent[];
  nextToken: string | null;
}

const XId = z.string().regex(/^\d{1,20}$/);
const text = z.string().optional().catch(undefined);

const Event = z.object({
  id: XId,
  sender_id: XId,
  text: z.string().default(''),
  dm_conversation_id: z.string(),
  created_at: z.iso.datetime({ offset: true }).nullable().default(null).catch(null),
  participant_ids: z.array(z.string()).default([]).catch([]),
  attachments: z
    .object({ media_keys: z.array(z.string()).default([]) })
    .default({ media_keys: [] })
    .catch({ media_keys: [] }),
  entities: z
    .object({ urls: z.array(z.object({ url: z.string(), expanded_url: text, display_url: text })).default([]) })
    .default({ urls: [] })
    .catch({ urls: [] }),
});

const User = z.object({ id: XId, name: text, username: text });

const Kind = z.object({ event_type: z.string() });
const Named = z.object({ id: XId });

const Page = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z
    .object({ users: z.array(User).default([]).catch([]), media: z.unknown().optional().transform(listedMedia) })
    .default({ users: [], media: new Map() })
    .catch({ users: [], media: new Map() }),
  meta: z.object({ next_token: z.string().optional() }).default({}),
});
type Includes = z.infer<typeof Page>['includes'];

/**
 * Reads a page of `GET /2/dm_events` (and of the lists with one participant).
 * @returns null when it is no such page
 */
export function readDmEvents(body: unknown, ownId: string): DmEventPage | null {
  const page = Page.safeParse(body);
  if (!page.success) return null;
  const events = page.data.data.filter(isMessage).map((raw) => readEvent(raw, page.data.includes, ownId));
  return { events, nextToken: page.data.meta.next_token ?? null };
}

function isMessage(raw: unknown): boolean {
  const kind = Kind.safeParse(raw);
  return !kind.success || kind.data.event_type === 'MessageCreate';
}

function readEvent(raw: unknown, includes: Includes, ownId: string): ListedEvent {
  const id = Named.safeParse(raw).data?.id ?? null;
  const read = Event.safeParse(raw);
  if (!read.success) {
    const detail = read.error.issues[0]?.path.join('.') ?? '';
    return { id, raw, message: null, unreadable: { reason: 'twitter.unmappable_event', detail, sender: null } };
  }
  const message = readMessage(read.data, includes, ownId);
  return 'reason' in message ? { id, raw, message: null, unreadable: message } : { id, raw, message, unreadable: null };
}

function readMessage(event: z.infer<typeof Event>, includes: Includes, ownId: string): DirectMessage | Unreadable {
  const isOwn = event.sender_id === ownId;
  const others = event.participant_ids.filter((id) => id !== ownId);
  const partner = otherSide(event.dm_conversation_id, ownId) ?? (others.length === 1 ? others[0] : undefined);
  const otherId = isOwn ? partner : event.sender_id;
  if (otherId === undefined) {
    return { reason: 'twitter.no_recipient', detail: `event ${event.id}`, sender: event.sender_id };
  }
  const find = (id: string) => {
    const user = includes.users.find((one) => one.id === id);
    return { name: user?.name ?? null, handle: user?.username ?? null };
  };
  const media = event.attachments.media_keys.flatMap((key) => includes.media.get(key) ?? []);
  return {
    id: event.id,
    isOwn,
    account: { id: ownId, name: accountName(find(ownId)) },
    other: { id: otherId, ...find(otherId) },
    conversationId: event.dm_conversation_id,
    text: readText(event.text, event.entities.urls, media.length > 0),
    writtenAt: event.created_at,
    media,
  };
}
