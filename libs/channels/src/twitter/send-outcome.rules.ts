import { isTwitterFile, type DeliveryReason, type TwitterFileType } from '#contracts';

/** What X said to a request of ours that it did not carry out. */
export interface Refusal {
  status: number;
  /** The body: problem+json, v1 errors, or text. */
  body: unknown;
  /** When a used-up limit is free again, as its headers say. */
  resetAt: Date | null;
}

export type RefusedOutcome =
  | { outcome: 'retry'; reason: DeliveryReason; detail: string; at?: Date }
  | { outcome: 'failed'; reason: DeliveryReason; detail: string }
  | { outcome: 'unknown'; detail: string };

const HOUR_MS = 3_600_000;
const DETAIL_LENGTH = 500;
/** X's word for the kind of an upload. */
const CATEGORY: Record<TwitterFileType, 'dm_image' | 'dm_gif' | 'dm_video'> = {
  'image/jpeg': 'dm_image',
  'image/png': 'dm_image',
  'image/webp': 'dm_image',
  'image/gif': 'dm_gif',
  'video/mp4': 'dm_video',
};

/** What X wants to hear with an upload; null for a file no direct message can carry. */
export const mediaKind = (contentType: string) =>
  isTwitterFile(contentType) ? { type: contentType, category: CATEGORY[contentType] } : null;

/**
 * What becomes of a message X answered with an error.
 * @param mayHaveLeft false while only media was uploaded: then nothing can have reached the customer
 */
export function refusedOutcome(refusal: Refusal, now: Date, mayHaveLeft: boolean): RefusedOutcome {
  const detail = detailOf(refusal);
  switch (refusal.status) {
    case 401:
      return { outcome: 'failed', reason: 'channel.unauthorised', detail };
    case 402:
      return { outcome: 'retry', reason: 'channel.credits', detail, at: new Date(now.getTime() + HOUR_MS) };
    case 403:
      return forbidden(refusal.body, detail, now);
    case 404:
      return { outcome: 'failed', reason: 'recipient.unknown', detail };
    case 429:
      return {
        outcome: 'retry',
        reason: 'channel.rate_limited',
        detail,
        ...(refusal.resetAt && { at: refusal.resetAt }),
      };
    default:
      if (refusal.status < 500) return { outcome: 'failed', reason: 'channel.refused', detail };
      return mayHaveLeft ? { outcome: 'unknown', detail } : { outcome: 'retry', reason: 'channel.unreachable', detail };
  }
}

/** X's codes of v1 that say the customer does not take messages: not a follower, blocked, requests only from verified. */
const CLOSED_CODES = [150, 349, 476];
const LOOKS_AUTOMATED = 226;
const APP_LACKS_RIGHT = 93;

function forbidden(body: unknown, detail: string, now: Date): RefusedOutcome {
  const codes = codesOf(body);
  if (codes.includes(LOOKS_AUTOMATED)) {
    return { outcome: 'retry', reason: 'channel.rate_limited', detail, at: new Date(now.getTime() + HOUR_MS) };
  }
  if (codes.some((code) => CLOSED_CODES.includes(code)) || /permission to DM one or more participants/i.test(detail)) {
    return { outcome: 'failed', reason: 'recipient.closed', detail };
  }
  const isSetUp = /unsupported.authentication|client-forbidden|client-not-enrolled/i.test(
    `${detail} ${field(body, 'type')} ${field(body, 'reason')}`,
  );
  if (isSetUp || codes.includes(APP_LACKS_RIGHT)) return { outcome: 'failed', reason: 'channel.unauthorised', detail };
  return { outcome: 'failed', reason: 'channel.refused', detail };
}

const field = (body: unknown, name: string): string => {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : '';
};

function errorsOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null) return [];
  const errors: unknown = Reflect.get(body, 'errors');
  return Array.isArray(errors) ? errors : [];
}

/** Whether X takes us for a machine (code 226): what leaves next only makes it worse. */
export const looksAutomated = (body: unknown): boolean => codesOf(body).includes(LOOKS_AUTOMATED);

const codesOf = (body: unknown): number[] =>
  errorsOf(body).flatMap((error) => {
    const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
    return typeof code === 'number' ? [code] : [];
  });

/** X's own words, verbatim, for the curious. */
export function detailOf({ status, body }: Pick<Refusal, 'status' | 'body'>): string {
  const [title, detail] = [field(body, 'title'), field(body, 'detail')];
  const messages = errorsOf(body).map((error) => field(error, 'message'));
  const said = [title, detail === title ? '' : detail, ...messages].filter((part) => part !== '').join(' · ');
  return `${status} ${said || (typeof body === 'string' ? body.trim() : '')}`.trim().slice(0, DETAIL_LENGTH);
}

/** Errors of a connection that never came about: nothing was handed over. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What becomes of a message whose connection broke: nobody knows, unless it broke before it stood. */
export function brokenOutcome(code: string | undefined, detail: string, mayHaveLeft: boolean): RefusedOutcome {
  const said = detail.slice(0, DETAIL_LENGTH);
  if (!mayHaveLeft || NEVER_CONNECTED.has(code ?? '')) {
    return { outcome: 'retry', reason: 'channel.unreachable', detail: said };
  }
  return { outcome: 'unknown', detail: said };
}

/** What X's headers say of one limit: seconds since 1970 at `reset`. */
interface Window {
  remaining: number;
  reset: number;
}

/** When a used-up limit is free again: the latest of the windows with nothing left; null while there is something left. */
export function exhaustedUntil(limit: (Window & { day?: Window; userDay?: Window }) | undefined): Date | null {
  if (!limit) return null;
  const used = [limit, limit.day, limit.userDay].filter((window) => window !== undefined && window.remaining <= 0);
  const resets = used.map((window) => window?.reset ?? Number.NaN).filter((reset) => Number.isFinite(reset));
  return resets.length === 0 ? null : new Date(Math.max(...resets) * 1000);
}
