import type { InboundInteraction, RejectReason, StoredFile } from '#contracts';
import { comingNotice } from './files/late-file.rules.js';

/** A picture or film of a message, where X keeps it. */
export interface MediaLink {
  /** X's id of the file: of one of ours, the one its upload was given. */
  id: string | null;
  url: string;
  contentType: string | null;
}

/** One direct message between the care account and somebody, whichever envelope it came in. */
export interface DirectMessage {
  /** Id of the DM event: the same by webhook and by poll. */
  id: string;
  /** Written by our account, in Hilo or elsewhere. */
  isOwn: boolean;
  account: { id: string; name: string };
  other: { id: string; name: string | null; handle: string | null };
  conversationId: string | null;
  text: string;
  /** ISO 8601; null when X does not say. */
  writtenAt: string | null;
  media: MediaLink[];
}

/** An event that was meant to be a message and could not be read as one. */
export interface Unreadable {
  reason: RejectReason;
  detail: string;
  sender: string | null;
}

/** A link inside a text as X describes it, v1 and v2 alike. */
export interface TextLink {
  url: string;
  expanded_url?: string | undefined;
  display_url?: string | undefined;
}

/** How our own account is named as the author of what it wrote outside Hilo. */
export const accountName = (user: { name: string | null; handle: string | null }): string =>
  user.handle ? `@${user.handle}` : (user.name ?? 'X');

const X_EPOCH_MS = 1_288_834_974_657n;
const SEQUENCE_BITS = 12;
const SNOWFLAKE_TIME_SHIFT = 22n;

/** Milliseconds since 1970 an id of X was made at; null for an id older than X's scheme. */
export function timeOfId(id: string): number | null {
  const sinceEpoch = BigInt(id) >> SNOWFLAKE_TIME_SHIFT;
  return sinceEpoch > 0n ? Number(sinceEpoch + X_EPOCH_MS) : null;
}

/**
 * When a message was written. The microseconds are the count an id ends in (12 bits, from 0 in each millisecond), so that
 * messages of one millisecond stay in their order, in whatever order they come.
 * @param writtenAt as X states it, to the millisecond; an id of another moment counts for nothing
 */
export function momentOf(id: string, writtenAt: string | null, receivedAt: Date): string {
  const made = timeOfId(id);
  const written = writtenAt === null ? made : Date.parse(writtenAt);
  if (written === null) return receivedAt.toISOString();
  const iso = new Date(written).toISOString();
  if (made !== written) return iso;
  const count = Math.min(Number(BigInt.asUintN(SEQUENCE_BITS, BigInt(id))), 999);
  return iso.replace('Z', `${String(count).padStart(3, '0')}Z`);
}

/** The id as many milliseconds before another; ids are compared as numbers, never as text. */
export function idBefore(id: string, milliseconds: number): bigint {
  const moved = BigInt(id) - (BigInt(milliseconds) << SNOWFLAKE_TIME_SHIFT);
  return moved > 0n ? moved : 0n;
}

export const compareIds = (one: string, other: string): number => {
  const [a, b] = [BigInt(one), BigInt(other)];
  return a === b ? 0 : a < b ? -1 : 1;
};

/** X's name of the conversation of two: the smaller id, a dash, the larger. */
export const conversationOf = (one: string, other: string): string =>
  compareIds(one, other) <= 0 ? `${one}-${other}` : `${other}-${one}`;

/** The other side of a conversation of two; null for a group or a conversation without us. */
export function otherSide(conversationId: string, ownId: string): string | null {
  const sides = conversationId.split('-');
  if (sides.length !== 2 || !sides.includes(ownId)) return null;
  return sides.find((side) => side !== ownId && /^\d+$/.test(side)) ?? null;
}

/** X escapes exactly these three. */
const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>' })[name] ?? '&');

const isMediaLink = (link: TextLink): boolean =>
  /^pic\.(twitter|x)\.com\//.test(link.display_url ?? '') || /\/messages\/media\//.test(link.expanded_url ?? '');

/**
 * A text as its writer wrote it: links in full instead of t.co, nothing escaped, and without the link X appends for the
 * attachment (protocol of X: a trailing t.co of `pic.twitter.com/…` or `/messages/media/`).
 */
export function readText(wire: string, links: readonly TextLink[], hasMedia: boolean): string {
  let text = unescaped(wire);
  for (const link of links) {
    if (link.url === '') continue;
    if (hasMedia && isMediaLink(link)) {
      const at = text.lastIndexOf(link.url);
      if (at >= 0) text = `${text.slice(0, at).trimEnd()}${text.slice(at + link.url.length)}`;
    } else if (/^https?:\/\//.test(link.expanded_url ?? '')) {
      text = text.split(link.url).join(link.expanded_url);
    }
  }
  return text;
}

/** What stays of a text when X has shortened, escaped and trimmed it. */
const essence = (text: string): string =>
  unescaped(text)
    .normalize('NFC')
    .replace(/https?:\/\//g, '')
    .replace(/\/(?=\s|$)/g, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** Whether two texts are the same message, before and after X had it in its hands. */
export const sameText = (one: string, other: string): boolean => essence(one) === essence(other);

const NAME_LENGTH = 200;
const name = (text: string): string => text.replaceAll('\u0000', '').toWellFormed().slice(0, NAME_LENGTH);

/**
 * The message as intake takes it.
 * @param files what could be fetched of its media; the rest comes later, and it is said
 * @param receivedAt stands in when X gives no time at all
 */
export function toInbound(
  message: DirectMessage,
  files: { stored: StoredFile[]; lost: MediaLink[] },
  receivedAt: Date,
): InboundInteraction {
  const { other } = message;
  const display = other.handle ? `@${other.handle}` : other.id;
  return {
    channel: 'twitter',
    direction: message.isOwn ? 'outbound' : 'inbound',
    externalId: message.id,
    contact: { kind: 'twitter', value: other.id, handle: other.handle?.toLowerCase() ?? null, display },
    displayName: name(other.name ?? '') || display,
    authorName: message.isOwn ? name(message.account.name) : null,
    text: message.text,
    occurredAt: momentOf(message.id, message.writtenAt, receivedAt),
    attachments: files.stored,
    notices: files.lost.length === 0 ? [] : [comingNotice(files.lost.length)],
    account: message.account.id,
    threadRef: message.conversationId,
  };
}

/** In the order they were written, as far as X says: by time, then by id. Deliveries come in any order. */
export const inOrder = <T extends Pick<DirectMessage, 'id' | 'writtenAt'>>(messages: readonly T[]): T[] =>
  [...messages].sort((one, other) => {
    const [a, b] = [one.writtenAt ?? '', other.writtenAt ?? ''].map((at) => (at === '' ? 0 : Date.parse(at)));
    return (a ?? 0) - (b ?? 0) || compareIds(one.id, other.id);
  });
