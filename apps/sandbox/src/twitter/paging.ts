import { createHash } from 'node:crypto';
import type { DirectMessage } from '../messages.js';
import { problems } from './problem.js';

/** A place in the list: what is older than an id, or what is newer. Stable while new messages arrive. */
interface Place {
  towards: 'older' | 'newer';
  id: string;
}

export interface Page {
  messages: DirectMessage[];
  nextToken?: string;
  previousToken?: string;
}

const checksum = (direction: string, hexId: string): string =>
  createHash('sha256').update(`${direction}${hexId}`).digest('hex').slice(0, 10);

/** Opaque to the caller, base32hex, always 23 characters or more. */
export function tokenOf(place: Place): string {
  const direction = place.towards === 'older' ? 'a' : 'b';
  const hexId = BigInt(place.id).toString(16).padStart(16, '0');
  return BigInt(`0x1${direction}${hexId}${checksum(direction, hexId)}`)
    .toString(32)
    .toUpperCase();
}

/** @throws XProblem 400 for anything this server has not given out */
export function placeOf(token: string): Place {
  const wrong = (): Error =>
    problems.invalidRequest('The `pagination_token` query parameter value is not valid', 'pagination_token', [token]);
  if (!/^[0-9A-Va-v]{16,40}$/.test(token)) throw wrong();
  const hex = [...token.toLowerCase()].reduce((sum, c) => sum * 32n + BigInt(parseInt(c, 32)), 0n).toString(16);
  const [, direction, hexId, sum] = /^1([ab])([0-9a-f]{16})([0-9a-f]{10})$/.exec(hex) ?? [];
  if (!direction || !hexId || sum !== checksum(direction, hexId)) throw wrong();
  return { towards: direction === 'a' ? 'older' : 'newer', id: BigInt(`0x${hexId}`).toString() };
}

/** One page, newest first, of messages given oldest first. */
export function pageOf(oldestFirst: readonly DirectMessage[], size: number, token?: string): Page {
  const place = token === undefined ? null : placeOf(token);
  const range = place ? oldestFirst.filter((message) => isBeyond(message.id, place)) : oldestFirst;
  const chosen = place?.towards === 'newer' ? range.slice(0, size) : range.slice(-size);
  const messages = chosen.toReversed();
  const [newest, oldest] = [messages.at(0), messages.at(-1)];
  const page: Page = { messages };
  if (oldest && oldest !== oldestFirst[0]) page.nextToken = tokenOf({ towards: 'older', id: oldest.id });
  if (newest && newest !== oldestFirst.at(-1)) page.previousToken = tokenOf({ towards: 'newer', id: newest.id });
  return page;
}

function isBeyond(id: string, place: Place): boolean {
  return place.towards === 'older' ? BigInt(id) < BigInt(place.id) : BigInt(id) > BigInt(place.id);
}
