import { createHmac, timingSafeEqual } from 'node:crypto';

/** How messages are signed: Standard Webhooks, symmetric. https://www.standardwebhooks.com */

/** So far the clocks of both sides may differ, in seconds. */
export const TOLERANCE = 300;

/** A secret that is written like this is bytes, in base64; any other is the key as it stands. */
const IN_BASE64 = 'whsec_';

const keyOf = (secret: string): Buffer =>
  secret.startsWith(IN_BASE64) ? Buffer.from(secret.slice(IN_BASE64.length), 'base64') : Buffer.from(secret);

/** The header `webhook-signature` of a message. @param at seconds since 1970 */
export const signatureOf = (secret: string, id: string, at: number, body: string): string =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${at}.${body}`).digest('base64')}`;

/** Whether any of the signatures in the header is right, in constant time, and the message is no old one sent again. */
export function isSigned(
  secret: string,
  { id, at, signature }: { id: string; at: number; signature: string },
  body: string,
  now: number,
): boolean {
  if (!Number.isInteger(at) || Math.abs(now - at) > TOLERANCE) return false;
  const right = Buffer.from(signatureOf(secret, id, at, body));
  return signature
    .split(' ')
    .map((one) => Buffer.from(one))
    .some((one) => one.length === right.length && timingSafeEqual(one, right));
}

const MINUTE_MS = 60_000;
/** Tries of one message: after the last it is dead, and waits for somebody to send it again. */
export const MOST_TRIES = 12;

/** How long until the next try, after so many: half a minute, then twice as long each time, six hours at most. */
export const nextTryAfter = (attempts: number): number =>
  Math.min(2 ** (attempts - 1) * (MINUTE_MS / 2), 360 * MINUTE_MS);

/** What an answer means: taken, to be tried again, or never to be taken as it is. */
export function verdictOf(status: number): 'sent' | 'again' | 'dead' {
  if (status >= 200 && status < 300) return 'sent';
  return status < 400 || status >= 500 || [401, 403, 404, 408, 409, 425, 429].includes(status) ? 'again' : 'dead';
}
