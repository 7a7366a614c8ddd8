import type { HealthReason, MailboxSecurity } from '#contracts';
import { normaliseAddress } from './address.rules.js';
import { INSECURE } from './outcome.rules.js';

/** A mailbox and where it is. */
export interface MailboxPlace {
  host: string;
  port: number;
  security: MailboxSecurity;
  username: string;
  folder: string;
}

/** Where the reading of a mailbox is remembered. */
export const cursorKey = ({ username, host, port, folder }: MailboxPlace): string =>
  `imap:${username}@${host}:${port}/${folder}`;

/** Whether what it takes to log in would go to another server, as another user or in another way than before. */
export const leadsElsewhere = (before: MailboxPlace, now: MailboxPlace): boolean =>
  (['host', 'port', 'security', 'username'] as const).some((name) => before[name] !== now[name]);

/** Whether the mail would come from another server than before. */
export const isOnAnotherServer = (before: MailboxPlace, now: MailboxPlace): boolean =>
  before.host.toLowerCase() !== now.host.toLowerCase();

const isOnThisMachine = (host: string): boolean => /^(?:127\.|localhost$|\[?::1\]?$)/u.test(host);

/**
 * `imaps://user:password@host:993/Folder`, or `imap://` with STARTTLS; on this machine imap needs none.
 * What has a meaning in addresses is percent-encoded.
 */
export function placeOf(url: string): MailboxPlace & { password: string } {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  return {
    host: hostname.replace(/^\[(.*)\]$/u, '$1'),
    port: Number(port) || (secure ? 993 : 143),
    security: secure ? 'tls' : isOnThisMachine(hostname) ? 'none' : 'starttls',
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
}

/** What is wrong with a mailbox, as far as the error tells. */
export interface MailboxFailure {
  reason: HealthReason;
  detail: string;
}

/** What the library writes on its errors. */
interface ImapError {
  message?: string;
  code?: string;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  responseText?: string;
  response?: unknown;
  reason?: string;
  mailboxMissing?: boolean;
  tlsFailed?: boolean;
}

/** Answers to a login that say nothing about the password (RFC 5530). */
const FOR_NOW = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']);
const MAX_DETAIL = 300;

/**
 * Why a mailbox cannot be read.
 * @param isToken whether the login is by token: then it is the account that must be connected again
 */
export function failureOf(error: ImapError, isToken: boolean): MailboxFailure {
  const said = [error.responseText, error.response, error.reason, error.message].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  const detail = (said ?? error.code ?? 'no reason was given').replace(/\s+/gu, ' ').trim().slice(0, MAX_DETAIL);
  if (error.authenticationFailed && !FOR_NOW.has(error.serverResponseCode ?? ''))
    return { reason: isToken ? 'channel.reconnect' : 'channel.login_refused', detail };
  if (error.mailboxMissing || error.serverResponseCode === 'NONEXISTENT')
    return { reason: 'channel.folder_missing', detail };
  if (error.tlsFailed || INSECURE.test(error.code ?? '')) return { reason: 'channel.insecure', detail };
  return { reason: 'channel.unreachable', detail };
}

/** How long to wait between tries. */
export interface Patience {
  firstMs: number;
  longestMs: number;
  /** After a refused login: every further try brings the account closer to being locked. */
  refusedMs: number;
}

/** Doubled with each failure in a row; a refused login is repeated four times as seldom at most. */
export function waitAfter(failures: number, reason: HealthReason, patience: Patience): number {
  const isRefused = reason === 'channel.login_refused' || reason === 'channel.reconnect';
  const [first, longest] = isRefused
    ? [patience.refusedMs, Math.max(patience.refusedMs * 4, patience.longestMs)]
    : [patience.firstMs, patience.longestMs];
  return Math.min(longest, first * 2 ** Math.min(failures - 1, 20));
}

/** What people had read before we began to watch stays theirs; everything else is taken in. */
export const isHistory = (mail: { seen: boolean; arrivedAt: Date | null }, watchedSince: Date): boolean =>
  mail.seen && (mail.arrivedAt === null || mail.arrivedAt < watchedSince);

const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** When a mail reached its server, while that is believable: what waited there arrived then, not now. */
export const receivedAt = (stated: Date | null, now: Date): Date =>
  stated && stated <= now && now.getTime() - stated.getTime() <= MAX_AGE_MS ? stated : now;

/** Where each header begins, unfolded. */
const headersOf = (block: string): { name: string; value: string }[] =>
  block
    .replace(/\r?\n(?=[ \t])/gu, ' ')
    .split(/\r?\n/u)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0
        ? [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }]
        : [];
    });

/** Headers in which mail servers write down the envelope, and From for servers that do not. */
export const ENVELOPE_HEADERS = ['return-path', 'delivered-to', 'x-original-to', 'envelope-to', 'from'];

/**
 * The envelope a mail had, as far as its server wrote it down.
 * @param isOwn which recipients are ours; others are none of our business
 */
export function envelopeOf(
  block: string,
  mailbox: string,
  isOwn: (address: string) => boolean,
): { from: string; to: string[] } {
  const headers = headersOf(block);
  const returned = headers.find(({ name }) => name === 'return-path')?.value;
  const author = headers.find(({ name }) => name === 'from')?.value ?? '';
  const recipients = headers
    .filter(({ name }) => ['delivered-to', 'x-original-to', 'envelope-to'].includes(name))
    .flatMap(({ value }) => value.split(','))
    .flatMap((value) => normaliseAddress(addressIn(value)) ?? []);
  const to = [...new Set(recipients.filter(isOwn))];
  return { from: returned === undefined ? addressIn(author) : addressIn(returned), to: to.length > 0 ? to : [mailbox] };
}

/** What stands between the last angle brackets, or all of it. */
const addressIn = (written: string): string => (/<([^<>]*)>[^<>]*$/u.exec(written)?.[1] ?? written).trim();

/** UIDs as IMAP writes many of them: `3,7:9`. */
export function uidSet(uids: number[]): string {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const uid of sorted) {
    const last = runs.at(-1);
    if (last && last[1] === uid - 1) last[1] = uid;
    else runs.push([uid, uid]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}:${to}`)).join(',');
}
