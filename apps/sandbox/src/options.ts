import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from './clock.js';
import type { ManufacturerOptions } from './manufacturer/manufacturer.js';
import type { SwitchboardOptions } from './switchboard.js';

/** Everything a sandbox can be told. Ports may be 0: a free one is taken. */
export interface SandboxOptions {
  host: string;
  port: number;
  twitterPort: number;
  smtpPort: number;
  /** Where the certificate authority of X's hosts is kept. */
  caDir: string;
  webhookUrl: string;
  /** `given`: X knows the address and delivers everything there. `managed`: the product registers and subscribes, as at X. */
  webhooks: 'given' | 'managed';
  /** The product's mail listener and care address. */
  productSmtp: { host: string; port: number };
  careAddress: string;
  switchboard: SwitchboardOptions;
  manufacturer: ManufacturerOptions;
  /** What messages about benefits are signed with. */
  benefitsSecret: string;
  twitter: {
    consumerKey: string;
    consumerSecret: string;
    accessToken: string;
    accessSecret: string;
    /** Of OAuth 2.0. */
    clientId: string;
    clientSecret: string;
  };
  care: { twitterId: string; handle: string; displayName: string };
  /** Further accounts of the same house: known to X, not yet to the product. */
  otherCare: { twitterId: string; handle: string; displayName: string }[];
  /** The people of the demo are there from the start. */
  cast: boolean;
  retryDelaysMs: readonly number[];
  challengeRetryMs: number;
  challengeEveryMs: number;
  mailRetryDelaysMs: readonly number[];
  now: Clock;
}

const port = z.coerce.number().int().min(0).max(65_535);
const text = (otherwise: string) => z.string().min(1).default(otherwise);

const Environment = z.object({
  HILO_HOME: text('.hilo'),
  HILO_SANDBOX_HOST: text('127.0.0.1'),
  HILO_SANDBOX_PORT: port.default(3001),
  HILO_SANDBOX_TWITTER_PORT: port.optional(),
  HILO_SANDBOX_SMTP_PORT: port.optional(),
  HILO_SANDBOX_CA_DIR: z.string().min(1).optional(),
  HILO_BASE_URL: z.url().default('http://127.0.0.1:3000'),
  HILO_SANDBOX_WEBHOOKS: z.enum(['given', 'managed']).default('given'),
  HILO_SMTP_PORT: port.default(2525),
  /** A key of the product's API for its switchboard; none: calls stay outside. */
  HILO_SANDBOX_CALLS_TOKEN: z.string().min(1).optional(),
  HILO_BENEFITS_SECRET: text('sandbox-benefits-secret'),
  /** By which the product's system calls that of the manufacturer, and where its service reads mail. */
  HILO_SANDBOX_PARTNER_CLIENT_ID: text('nexo'),
  HILO_SANDBOX_PARTNER_CLIENT_SECRET: text('sandbox-partner-secret'),
  HILO_SANDBOX_PARTNER_API_KEY: text('sandbox-partner-key'),
  HILO_SANDBOX_PARTNER_MAIL: z.email().default('service@orbe.test'),
  HILO_MAIL_ADDRESS: z.email().default('care@hilo.test'),
  HILO_TWITTER_CONSUMER_KEY: text('sandbox-consumer-key'),
  HILO_TWITTER_CONSUMER_SECRET: text('sandbox-consumer-secret'),
  HILO_TWITTER_ACCESS_TOKEN: text('1700000000000000001-sandbox'),
  HILO_TWITTER_ACCESS_SECRET: text('sandbox-access-secret'),
  HILO_TWITTER_CLIENT_ID: text('sandbox-client-id'),
  HILO_TWITTER_CLIENT_SECRET: text('sandbox-client-secret'),
  HILO_TWITTER_USER_ID: z
    .string()
    .regex(/^[1-9][0-9]{0,18}$/)
    .default('1700000000000000001'),
});

/** The options an environment states. @throws Error with one line for every bad name */
export function optionsFrom(environment: NodeJS.ProcessEnv): Partial<SandboxOptions> {
  const stated = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = Environment.safeParse(stated);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The sandbox cannot start with this environment:\n${lines.join('\n')}`);
  }
  const env = result.data;
  const after = (offset: number): number => (env.HILO_SANDBOX_PORT === 0 ? 0 : env.HILO_SANDBOX_PORT + offset);
  return {
    host: env.HILO_SANDBOX_HOST,
    port: env.HILO_SANDBOX_PORT,
    twitterPort: env.HILO_SANDBOX_TWITTER_PORT ?? after(1),
    smtpPort: env.HILO_SANDBOX_SMTP_PORT ?? after(2),
    caDir: env.HILO_SANDBOX_CA_DIR ?? join(env.HILO_HOME, 'sandbox'),
    webhookUrl: `${env.HILO_BASE_URL.replace(/\/+$/, '')}/webhooks/twitter`,
    webhooks: env.HILO_SANDBOX_WEBHOOKS,
    productSmtp: { host: '127.0.0.1', port: env.HILO_SMTP_PORT },
    careAddress: env.HILO_MAIL_ADDRESS,
    switchboard: {
      apiUrl: `${env.HILO_BASE_URL.replace(/\/+$/, '')}/api/v1`,
      token: env.HILO_SANDBOX_CALLS_TOKEN ?? null,
      retryDelaysMs: [2_000, 10_000, 60_000],
    },
    manufacturer: {
      name: 'Orbe',
      address: env.HILO_SANDBOX_PARTNER_MAIL,
      clientId: env.HILO_SANDBOX_PARTNER_CLIENT_ID,
      clientSecret: env.HILO_SANDBOX_PARTNER_CLIENT_SECRET,
      apiKey: env.HILO_SANDBOX_PARTNER_API_KEY,
      retryDelaysMs: [1_000, 5_000, 30_000, 120_000],
      archive: join(env.HILO_SANDBOX_CA_DIR ?? join(env.HILO_HOME, 'sandbox'), 'manufacturer.json'),
    },
    benefitsSecret: env.HILO_BENEFITS_SECRET,
    twitter: {
      consumerKey: env.HILO_TWITTER_CONSUMER_KEY,
      consumerSecret: env.HILO_TWITTER_CONSUMER_SECRET,
      accessToken: env.HILO_TWITTER_ACCESS_TOKEN,
      accessSecret: env.HILO_TWITTER_ACCESS_SECRET,
      clientId: env.HILO_TWITTER_CLIENT_ID,
      clientSecret: env.HILO_TWITTER_CLIENT_SECRET,
    },
    care: { twitterId: env.HILO_TWITTER_USER_ID, handle: 'nexo_ayuda', displayName: 'Nexo Ayuda' },
    otherCare: [{ twitterId: '1700000000000000002', handle: 'nexo_tiendas', displayName: 'Nexo Tiendas' }],
  };
}
