import { createPrivateKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** Shortest RSA key verifiers must take (RFC 8301 §3.2). */
const MIN_BITS = 1024;
const hostName = z.string().regex(/^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu, 'must be a domain, as example.com');

/** PEM as it is, or with `\n` written out as environments of one line have it; else the text of a file. Null: no such file. */
function pemOf(value: string): string | null {
  if (value.includes('-----BEGIN')) return value.replaceAll(String.raw`\n`, '\n');
  return existsSync(value) ? readFileSync(value, 'utf8') : null;
}

/** Null when these are no private key. */
function keyOf(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // What OpenSSL says of it helps nobody, and must not repeat it.
    return null;
  }
}

/** An RSA key, or what is wrong with it; never a word of the key. */
function dkimKey(value: string): KeyObject | string {
  const pem = pemOf(value);
  const key = pem === null ? null : keyOf(pem);
  if (pem === null) return 'must be a private key in PEM, or the path of a file that is there';
  if (!key) return 'must be a private key in PEM, without a password';
  if (key.asymmetricKeyType !== 'rsa') return 'must be an RSA key';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < MIN_BITS ? `must have ${MIN_BITS} bits at least` : key;
}

/** The settings of outgoing mail beside its relay. */
export const MAIL_OUT_KEYS = {
  HILO_MAIL_ATTACH_MB: z.coerce.number().min(0).max(100).default(10),
  HILO_MAIL_PLUS: z.enum(['on', 'off']).default('on'),
  HILO_MAIL_RATE_PER_DOMAIN: z.coerce.number().int().min(0).max(1000).default(30),
  HILO_DKIM_DOMAIN: hostName.transform((domain) => domain.toLowerCase()).optional(),
  HILO_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/iu, 'must be the name of a DKIM selector')
    .optional(),
  HILO_DKIM_KEY: z.string().min(1).optional(),
};

const DKIM_KEYS = ['HILO_DKIM_DOMAIN', 'HILO_DKIM_SELECTOR', 'HILO_DKIM_KEY'] as const;

interface MailOutEnvironment {
  HILO_MAIL_ADDRESS: string;
  HILO_MAIL_ATTACH_MB: number;
  HILO_MAIL_PLUS: 'on' | 'off';
  HILO_MAIL_RATE_PER_DOMAIN: number;
  HILO_DKIM_DOMAIN?: string | undefined;
  HILO_DKIM_SELECTOR?: string | undefined;
  HILO_DKIM_KEY?: string | undefined;
}

/**
 * DKIM is whole or not there: the mailer leaves a mail unsigned, without a word, when it cannot use the key. The care
 * address must be of the domain that signs, or the signature counts for nothing (DMARC alignment, RFC 7489 §3.1.1).
 */
export function refuseHalfDkim(env: MailOutEnvironment, context: z.RefinementCtx): void {
  const wrong = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
  const missing = DKIM_KEYS.filter((key) => env[key] === undefined);
  if (missing.length > 0 && missing.length < DKIM_KEYS.length)
    for (const key of missing) wrong(key, 'is missing: the three HILO_DKIM keys go together');
  if (env.HILO_DKIM_KEY !== undefined) {
    const key = dkimKey(env.HILO_DKIM_KEY);
    if (typeof key === 'string') wrong('HILO_DKIM_KEY', key);
  }
  const domain = env.HILO_DKIM_DOMAIN;
  if (domain && !`.${env.HILO_MAIL_ADDRESS.toLowerCase().split('@')[1] ?? ''}`.endsWith(`.${domain}`))
    wrong('HILO_DKIM_DOMAIN', 'must be the domain of HILO_MAIL_ADDRESS, or above it');
}

/** @returns sizes in bytes; the rate is mails a minute, 0 without one; the key as PEM (PKCS#8) */
export function mailOutConfig(env: MailOutEnvironment) {
  const { HILO_DKIM_DOMAIN: domainName, HILO_DKIM_SELECTOR: keySelector } = env;
  const key = env.HILO_DKIM_KEY === undefined ? null : dkimKey(env.HILO_DKIM_KEY);
  return {
    attachBytes: Math.floor(env.HILO_MAIL_ATTACH_MB * 1024 * 1024),
    /** Whether mail to `care+anything@…` arrives where mail to `care@…` does. */
    plusAddresses: env.HILO_MAIL_PLUS === 'on',
    ratePerDomain: env.HILO_MAIL_RATE_PER_DOMAIN,
    dkim:
      domainName && keySelector && key && typeof key !== 'string'
        ? { domainName, keySelector, privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
        : null,
  };
}
