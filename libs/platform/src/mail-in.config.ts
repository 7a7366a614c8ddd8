import { z } from 'zod';

/** How incoming mail is judged. */
export const MAIL_IN_KEYS = {
  /** off: nobody looks who sent a mail · header: a mail server in front of us did · check: we look ourselves, in DNS. */
  HILO_MAIL_AUTH: z.enum(['off', 'header', 'check']).default('header'),
  /** The name that server gives itself in Authentication-Results. */
  HILO_MAIL_TRUSTED_AUTHSERV: z
    .string()
    .regex(/^[^\s;"()]+$/u, 'must be the name a server gives itself in Authentication-Results, as mx.example.com')
    .optional(),
  /** Mails an hour from one address before the rest waits for a person; 0: any number. */
  HILO_MAIL_SENDER_LIMIT: z.coerce.number().int().min(0).max(100_000).default(60),
};

/** @returns `senderLimit` in mails an hour */
export function mailInConfig(env: {
  HILO_MAIL_AUTH: 'off' | 'header' | 'check';
  HILO_MAIL_TRUSTED_AUTHSERV?: string | undefined;
  HILO_MAIL_SENDER_LIMIT: number;
}) {
  return {
    auth: env.HILO_MAIL_AUTH,
    trustedAuthserv: env.HILO_MAIL_TRUSTED_AUTHSERV,
    senderLimit: env.HILO_MAIL_SENDER_LIMIT,
  };
}
