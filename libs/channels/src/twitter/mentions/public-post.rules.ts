import { z } from 'zod';
import type { InboundInteraction } from '#contracts';
import { momentOf, readText, type MediaLink, type TextLink } from '../direct-message.rules.js';
import { comingNotice } from '../files/late-file.rules.js';
import { filesOfStatus, linksOfStatus, listedMedia, MediaKeys, StatusMedia } from '../media.rules.js';

/** A post everybody can read, in which somebody calls one of our accounts. */
export interface PublicPost {
  id: string;
  /** Our account it calls. */
  account: string;
  author: { id: string; name: string | null; handle: string | null };
  text: string;
  /** ISO 8601; null when X does not say. */
  writtenAt: string | null;
  /** Its pictures and films, where X keeps them. */
  media: MediaLink[];
}

export const X_ID = /^\d{1,20}$/;
const XId = z.string().regex(X_ID);
const text = z.string().optional().catch(undefined);
const Links = z
  .object({ urls: z.array(z.object({ url: z.string(), expanded_url: text, display_url: text })).default([]) })
  .transform((entities) => entities.urls)
  .catch([]);

/** A post as X's v2 API and X Activity tell of it. */
const Post = z.object({
  id: XId,
  author_id: XId,
  text: z.string(),
  created_at: z.iso.datetime({ offset: true }).nullable().default(null).catch(null),
  entities: Links.default([]),
  note_tweet: z
    .object({ text: z.string(), entities: Links.default([]) })
    .optional()
    .catch(undefined),
  referenced_tweets: z
    .array(z.object({ type: z.string(), id: z.string() }))
    .default([])
    .catch([]),
  attachments: MediaKeys,
});
const User = z.object({ id: XId, name: text, username: text });
const Users = z.array(User).catch([]);

/** A post as Account Activity tells of it: v1.1. */
const Status = z.object({
  id_str: XId,
  user: z.object({ id_str: XId, name: text, screen_name: text }),
  text: z.string().default(''),
  full_text: text,
  entities: Links.default([]),
  extended_entities: StatusMedia,
  extended_tweet: z
    .object({ full_text: z.string(), entities: Links.default([]), extended_entities: StatusMedia })
    .optional()
    .catch(undefined),
  timestamp_ms: z.coerce.number().int().positive().max(8.64e15).optional().catch(undefined),
  retweeted_status: z.unknown().optional(),
  is_quote_status: z.boolean().default(false).catch(false),
});

/** A status, or its whole text where the status itself is cut. */
interface StatusText {
  full_text?: string | undefined;
  entities: TextLink[];
  extended_entities: z.output<typeof StatusMedia>;
}

/** What X lists beside posts: who wrote them, and their files. */
export interface PostIncludes {
  users?: unknown;
  media?: unknown;
}

/** What is left of a text without names and links: nothing means that nobody said anything. */
const isSaying = (words: string): boolean => words.replace(/https?:\/\/\S+|@\w+/gu, '').trim() !== '';

/**
 * Reads a post of v2.
 * @returns null when it calls nobody: our own, or one that only passes another's on
 * @throws ZodError when it is no post
 */
export function readPost(raw: unknown, { users, media }: PostIncludes, account: string): PublicPost | null {
  const post = Post.parse(raw);
  const kinds = post.referenced_tweets.map(({ type }) => type);
  const whole = post.note_tweet ?? post;
  const listed = listedMedia(media);
  const files = post.attachments.flatMap((key) => listed.get(key) ?? []);
  const words = readText(whole.text, whole.entities, files.length > 0);
  if (post.author_id === account || kinds.includes('retweeted')) return null;
  if (kinds.includes('quoted') && !isSaying(words)) return null;
  const author = Users.parse(users).find(({ id }) => id === post.author_id);
  return {
    id: post.id,
    account,
    author: { id: post.author_id, name: author?.name ?? null, handle: author?.username ?? null },
    text: words,
    writtenAt: post.created_at,
    media: files,
  };
}

/** Reads a post of v1.1; as `readPost`. */
export function readStatus(raw: unknown, account: string): PublicPost | null {
  const status = Status.parse(raw);
  if (status.user.id_str === account || (status.retweeted_status ?? null) !== null) return null;
  const whole: StatusText = status.extended_tweet ?? status;
  const media = whole.extended_entities.length > 0 ? whole.extended_entities : status.extended_entities;
  const links = [...whole.entities, ...linksOfStatus(media)];
  const words = readText(whole.full_text ?? status.text, links, media.length > 0);
  if (status.is_quote_status && !isSaying(words)) return null;
  const { id_str: id, name, screen_name: handle } = status.user;
  const { timestamp_ms: at } = status;
  return {
    id: status.id_str,
    account,
    author: { id, name: name ?? null, handle: handle ?? null },
    text: words,
    writtenAt: at === undefined ? null : new Date(at).toISOString(),
    media: filesOfStatus(media),
  };
}

const Page = z.object({
  data: z.array(z.unknown()).default([]),
  includes: z.object({ users: z.unknown().optional(), media: z.unknown().optional() }).default({}).catch({}),
  meta: z.object({ next_token: z.string().optional() }).default({}),
});

/** The fields asked for with every list of mentions. */
export const MENTIONS_QUERY = {
  max_results: 100,
  'tweet.fields': 'id,text,author_id,created_at,entities,referenced_tweets,note_tweet,attachments',
  expansions: 'author_id,attachments.media_keys',
  'media.fields': 'media_key,type,url,preview_image_url,variants',
  'user.fields': 'id,name,username',
} as const;

export interface MentionPage {
  posts: PublicPost[];
  /** Of all that are listed, those that call nobody among them. */
  ids: string[];
  unreadable: unknown[];
  nextToken: string | null;
}

/** Reads a page of `GET /2/users/:id/mentions`. @returns null when it is no such page */
export function readMentions(body: unknown, account: string): MentionPage | null {
  const page = Page.safeParse(body);
  if (!page.success) return null;
  const { data, includes, meta } = page.data;
  const read: MentionPage = { posts: [], ids: [], unreadable: [], nextToken: meta.next_token ?? null };
  for (const raw of data) {
    const id = z.object({ id: XId }).safeParse(raw).data?.id;
    if (id !== undefined) read.ids.push(id);
    const post = attempt(() => readPost(raw, includes, account));
    if (post === undefined) read.unreadable.push(raw);
    else if (post) read.posts.push(post);
  }
  return read;
}

/** What a reader makes of it; undefined when it is nothing it knows. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) return undefined;
    throw error;
  }
}

/** Where everybody can read it. */
export const linkOf = (post: { id: string; author: { handle: string | null } }): string =>
  `https://x.com/${encodeURIComponent(post.author.handle ?? 'i')}/status/${post.id}`;

const NAME_LENGTH = 200;
const HANDLE = /^\w{1,50}$/;

/** The external id of a public post: X counts posts and messages in one row of numbers, the mark keeps them apart. */
export const externalIdOf = (postId: string): string => `post:${postId}`;

/** The id of the post an external id names; null for anything else. */
export const postIdOf = (externalId: string | null): string | null =>
  /^post:(\d{1,20})$/.exec(externalId ?? '')?.[1] ?? null;

/** The post as intake takes it. @param receivedAt stands in when X gives no time at all */
export function toInbound(post: PublicPost, receivedAt: Date): InboundInteraction {
  const { author } = post;
  const handle = author.handle !== null && HANDLE.test(author.handle) ? author.handle : null;
  const display = handle === null ? author.id : `@${handle}`;
  const name = (author.name ?? '').replaceAll('\u0000', '').toWellFormed().slice(0, NAME_LENGTH);
  return {
    channel: 'twitter',
    externalId: externalIdOf(post.id),
    contact: { kind: 'twitter', value: author.id, handle: handle?.toLowerCase() ?? null, display },
    displayName: name || display,
    text: post.text,
    occurredAt: momentOf(post.id, post.writtenAt, receivedAt),
    account: post.account,
    publicUrl: linkOf({ id: post.id, author: { handle } }),
    opensThread: false,
    notices: post.media.length === 0 ? [] : [comingNotice(post.media.length)],
  };
}
