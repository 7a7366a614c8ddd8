import { z } from 'zod';
import { Id } from './primitives.js';

/** `starttls`: refused when the server does not offer it. `none`: for servers on this machine or in a closed network. */
export const MailboxSecurity = z.enum(['tls', 'starttls', 'none']);
export type MailboxSecurity = z.infer<typeof MailboxSecurity>;

const Text = z.string().trim().min(1).max(255);
const Secret = z.string().min(1).max(8000);
const isOnThisMachine = (url: URL) => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

/** As a server writes it at the beginning of `Authentication-Results`. */
const AuthservId = z
  .string()
  .trim()
  .max(255)
  .regex(/^[^\s;"()]+$/u);

/** How to log in; goes in, never comes out. */
export const MailboxAccess = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('password'), password: Secret }),
  /** XOAUTH2 or OAUTHBEARER with a token somebody else renews. */
  z.object({ kind: z.literal('token'), accessToken: Secret }),
  /** The same, with tokens fetched here: by refresh token, or without one by the client's own credentials. */
  z.object({
    kind: z.literal('refresh'),
    tokenUrl: z
      .url({ protocol: /^https?$/ })
      .refine((url) => url.startsWith('https:') || isOnThisMachine(new URL(url)), 'must be https'),
    clientId: Secret,
    clientSecret: Secret.optional(),
    refreshToken: Secret.optional(),
    scope: z.string().min(1).max(2000).optional(),
  }),
]);
export type MailboxAccess = z.infer<typeof MailboxAccess>;

/** A mailbox that is watched: what comes in there becomes entries, answers leave from its address. */
export const Mailbox = z.object({
  /** `environment`: the one of `HILO_IMAP_URL`; it is changed there. */
  id: z.union([Id, z.literal('environment')]),
  address: z.string(),
  host: z.string(),
  port: z.number().int(),
  security: MailboxSecurity,
  username: z.string(),
  folder: z.string(),
  moveTo: z.string().nullable(),
  accessKind: z.enum(['password', 'token', 'refresh']),
  /** The mail server in front of this mailbox whose word on who sent a mail is believed; null: nobody is. */
  trustedAuthserv: z.string().nullable(),
  active: z.boolean(),
});
export type Mailbox = z.infer<typeof Mailbox>;
export const MailboxList = z.object({ items: z.array(Mailbox) });

export const NewMailboxBody = z.object({
  address: z.email().max(254),
  host: Text,
  port: z.number().int().min(1).max(65_535).default(993),
  security: MailboxSecurity.default('tls'),
  username: Text,
  folder: Text.default('INBOX'),
  moveTo: Text.nullable().default(null),
  access: MailboxAccess,
  trustedAuthserv: AuthservId.nullable().default(null),
  active: z.boolean().default(true),
});
export type NewMailboxBody = z.infer<typeof NewMailboxBody>;

export const PatchMailboxBody = z
  .object({
    address: z.email().max(254),
    host: Text,
    port: z.number().int().min(1).max(65_535),
    security: MailboxSecurity,
    username: Text,
    folder: Text,
    moveTo: Text.nullable(),
    access: MailboxAccess,
    trustedAuthserv: AuthservId.nullable(),
    active: z.boolean(),
  })
  .partial();
export type PatchMailboxBody = z.infer<typeof PatchMailboxBody>;

/** What a try of a mailbox found. */
export const MailboxTest = z.object({
  works: z.boolean(),
  /** Why not: a code of the channels' health, its words in the reader's language, and the server's own. */
  reason: z.string().nullable(),
  message: z.string().nullable(),
  detail: z.string().nullable(),
  /** Of the folder. */
  messages: z.number().int().nullable(),
  unseen: z.number().int().nullable(),
  /** Whether the server says by itself when something arrives; else it is asked now and then. */
  idle: z.boolean().nullable(),
  /** The folders there are, to choose from. */
  folders: z.array(z.string()),
});
export type MailboxTest = z.infer<typeof MailboxTest>;
