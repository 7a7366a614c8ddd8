import { z } from 'zod';
import { Instant } from './primitives.js';

/** ok · reconnect: X refuses our keys · no_credit: X wants to be paid first · revoked: the account withdrew its permission. */
export const TwitterAccountState = z.enum(['ok', 'reconnect', 'no_credit', 'revoked']);
export type TwitterAccountState = z.infer<typeof TwitterAccountState>;

/** A care account on X. Its keys never leave the server. */
export const TwitterAccount = z.object({
  userId: z.string(),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  auth: z.enum(['oauth1', 'oauth2']),
  /** `environment`: set by the HILO_TWITTER keys, not to be removed here. */
  source: z.enum(['environment', 'connected']),
  scopes: z.array(z.string()),
  state: TwitterAccountState,
  /** What X said, verbatim. */
  detail: z.string().nullable(),
  /** Of the access; it is renewed by itself. Null: it does not end. */
  expiresAt: Instant.nullable(),
  /** Nothing leaves before; null: at once. */
  openAt: Instant.nullable(),
  /** Replies that wait to leave from it. */
  waiting: z.number().int(),
});
export type TwitterAccount = z.infer<typeof TwitterAccount>;
export const TwitterAccounts = z.object({ items: z.array(TwitterAccount) });

/** Where to send the browser of who owns the account; what comes back from there is good until `expiresAt`. */
export const TwitterConnect = z.object({ url: z.url(), state: z.string(), expiresAt: Instant });
export type TwitterConnect = z.infer<typeof TwitterConnect>;
