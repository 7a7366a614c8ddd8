import { z } from 'zod';
import { BENEFITS_KEYS, benefitsConfig, refuseHalfBenefits } from './benefits.config.js';
import { MAIL_IN_KEYS, mailInConfig } from './mail-in.config.js';
import { MAIL_OUT_KEYS, mailOutConfig, refuseHalfDkim } from './mail-out.config.js';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const seconds = (fallback: number) => z.coerce.number().min(0).max(3600).default(fallback);
const optional = z.string().min(1).optional();

const proxies = z.array(
  z.union([z.literal('loopback'), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
    error: 'must be addresses or networks with commas between, as 10.0.0.7,172.16.0.0/12, or loopback',
  }),
);

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** User, password and host are there, and what is percent-encoded can be decoded. */
const isMailbox = (address: string): boolean => {
  const { hostname, username, password, pathname } = new URL(address);
  try {
    return (
      [hostname, decodeURIComponent(username), decodeURIComponent(password)].every(Boolean) &&
      decodeURIComponent(pathname).length < 256
    );
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
};

const Environment = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    PORT: port(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    HILO_HOME: z.string().min(1).default('.hilo'),
    HILO_ROLES: z
      .string()
      .default('api,worker')
      .transform((roles) => roles.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(['api', 'worker'])).min(1)),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    DATABASE_POOL: z.coerce.number().int().min(5).max(200).default(20),
    REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
    HILO_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
    HILO_TRUSTED_PROXIES: z
      .string()
      .default('loopback')
      .transform((list) => list.split(',').map((one) => one.trim()))
      .pipe(proxies),
    HILO_SECRET: z.string().min(32),
    HILO_DEMO: z.enum(['on', 'off']).default('off'),
    HILO_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    HILO_STORAGE_URL: optional,
    HILO_UPLOAD_LIMIT_MB: z.coerce.number().min(1).max(1024).default(50),
    HILO_UNDO_SECONDS: seconds(5),
    HILO_TIMEZONE: z
      .string()
      .default('Europe/Madrid')
      .refine(isTimeZone, 'must be the name of a time zone, as Europe/Madrid'),
    HILO_UNREAD_DAYS: z.coerce.number().int().min(30).max(3650).default(90),
    HILO_MAIL_ADDRESS: z.email().default('care@hilo.test'),
    HILO_MAIL_NAME: z.string().min(1).default('Nexo'),
    HILO_SMTP_PORT: port(2525),
    HILO_SMTP_HOST: z.string().min(1).default('127.0.0.1'),
    HILO_SMTP_PROTOCOL: z.enum(['smtp', 'lmtp']).default('smtp'),
    HILO_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    ...MAIL_IN_KEYS,
    ...MAIL_OUT_KEYS,
    ...BENEFITS_KEYS,
    HILO_IMAP_URL: z
      .url({ protocol: /^imaps?$/ })
      .refine(isMailbox, 'must be imaps://user:password@host/folder, percent-encoded')
      .optional(),
    HILO_IMAP_POLL_SECONDS: z.coerce.number().min(1).max(3600).default(30),
    HILO_MAIL_LIMIT_MB: z.coerce.number().min(1).max(1024).default(75),
    HILO_TWITTER_PEER: z
      .string()
      .regex(/^[^:\s]+:\d+$/, 'must be host:port')
      .optional(),
    HILO_TWITTER_CA: optional,
    HILO_TWITTER_CONSUMER_KEY: optional,
    HILO_TWITTER_CONSUMER_SECRET: optional,
    HILO_TWITTER_ACCESS_TOKEN: optional,
    HILO_TWITTER_ACCESS_SECRET: optional,
    HILO_TWITTER_USER_ID: z.string().regex(/^\d+$/, 'must be a numeric X user id').optional(),
    HILO_TWITTER_CLIENT_ID: optional,
    HILO_TWITTER_CLIENT_SECRET: optional,
    HILO_TWITTER_AUTHORIZE_URL: z.url({ protocol: /^https?$/ }).optional(),
    HILO_TWITTER_POLL_SECONDS: seconds(60),
  })
  .superRefine((env, context) => {
    refuseHalfDkim(env, context);
    refuseHalfBenefits(env, context);
    const sandboxed = env.HILO_TWITTER_PEER ?? env.HILO_TWITTER_CA ?? env.HILO_TWITTER_AUTHORIZE_URL;
    if (env.NODE_ENV === 'production' && sandboxed !== undefined)
      context.addIssue({ code: 'custom', path: ['HILO_TWITTER_PEER'], message: 'is refused when NODE_ENV=production' });
    if (!env.REDIS_URL && env.HILO_ROLES.length < 2)
      context.addIssue({
        code: 'custom',
        path: ['HILO_ROLES'],
        message: 'must be api,worker in one process unless REDIS_URL is set',
      });
    const keys = TWITTER_KEYS.filter((key) => env[key] !== undefined);
    if (keys.length > 0 && keys.length < TWITTER_KEYS.length)
      for (const key of TWITTER_KEYS.filter((missing) => env[missing] === undefined))
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'is missing: the five HILO_TWITTER keys go together',
        });
  });

const TWITTER_KEYS = [
  'HILO_TWITTER_CONSUMER_KEY',
  'HILO_TWITTER_CONSUMER_SECRET',
  'HILO_TWITTER_ACCESS_TOKEN',
  'HILO_TWITTER_ACCESS_SECRET',
  'HILO_TWITTER_USER_ID',
] as const;

export type Config = ReturnType<typeof loadConfig>;
export const CONFIG = Symbol('Config');

/** What is wrong with the environment, every key at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The one reading of the environment: typed, nested, validated.
 * @throws ConfigError with one message that lists every bad key
 */
export function loadConfig(environment: NodeJS.ProcessEnv) {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(present);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`Hilo cannot start, the environment is wrong:\n${[...new Set(lines)].join('\n')}`);
  }
  const env = parsed.data;
  return {
    production: env.NODE_ENV === 'production',
    demo: env.HILO_DEMO === 'on',
    roles: env.HILO_ROLES,
    home: env.HILO_HOME,
    secret: env.HILO_SECRET,
    logLevel: env.HILO_LOG_LEVEL,
    http: {
      host: env.HOST,
      port: env.PORT,
      baseUrl: env.HILO_BASE_URL ?? `http://${env.HOST}:${env.PORT}`,
      trustedProxies: env.HILO_TRUSTED_PROXIES,
    },
    database: { url: env.DATABASE_URL, pool: env.DATABASE_POOL },
    redisUrl: env.REDIS_URL,
    storage: { url: env.HILO_STORAGE_URL, uploadLimitBytes: env.HILO_UPLOAD_LIMIT_MB * 1024 * 1024 },
    undoSeconds: env.HILO_UNDO_SECONDS,
    timeZone: env.HILO_TIMEZONE,
    unreadDays: env.HILO_UNREAD_DAYS,
    mail: {
      address: env.HILO_MAIL_ADDRESS.toLowerCase(),
      name: env.HILO_MAIL_NAME,
      listen: { host: env.HILO_SMTP_HOST, port: env.HILO_SMTP_PORT, lmtp: env.HILO_SMTP_PROTOCOL === 'lmtp' },
      relayUrl: env.HILO_SMTP_URL,
      limitBytes: env.HILO_MAIL_LIMIT_MB * 1024 * 1024,
      imap: { url: env.HILO_IMAP_URL, pollSeconds: env.HILO_IMAP_POLL_SECONDS },
      ...mailInConfig(env),
      ...mailOutConfig(env),
    },
    benefits: benefitsConfig(env),
    twitter: twitterConfig(env),
  };
}

function twitterConfig(env: z.infer<typeof Environment>) {
  const { HILO_TWITTER_USER_ID: userId, HILO_TWITTER_CONSUMER_KEY: consumerKey } = env;
  const { HILO_TWITTER_CONSUMER_SECRET: consumerSecret, HILO_TWITTER_ACCESS_TOKEN: accessToken } = env;
  const accessSecret = env.HILO_TWITTER_ACCESS_SECRET;
  if (!userId || !consumerKey || !consumerSecret || !accessToken || !accessSecret) return null;
  return {
    userId,
    consumerKey,
    consumerSecret,
    accessToken,
    accessSecret,
    peer: env.HILO_TWITTER_PEER,
    caPath: env.HILO_TWITTER_CA,
    pollSeconds: env.HILO_TWITTER_POLL_SECONDS,
    /** Of OAuth 2.0: only with these further accounts can be connected. */
    clientId: env.HILO_TWITTER_CLIENT_ID,
    clientSecret: env.HILO_TWITTER_CLIENT_SECRET,
    /** Where X asks the owner of an account; a sandbox has its own page. */
    authorizeUrl: env.HILO_TWITTER_AUTHORIZE_URL,
  };
}
