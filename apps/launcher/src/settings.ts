import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError, loadConfig } from '#platform';
import { freePort } from './ports.js';
import { keptSecret } from './secrets.js';
import { messageOf, StartError } from './start-error.js';

/** Stands in for the address of the embedded database until that one runs. */
const EMBEDDED = 'postgres://embedded.invalid/hilo';

type Environment = NodeJS.ProcessEnv;

export interface SandboxPorts {
  http: number;
  twitter: number;
  smtp: number;
}

/** What the launcher starts, derived from the environment as docs and config say. */
export interface Settings {
  /** Absolute. */
  home: string;
  /** Set by the person who starts; undefined: embedded. */
  databaseUrl: string | undefined;
  demo: boolean;
  listen: { host: string; port: number };
  smtp: { host: string; port: number };
  /** Where this machine reaches the product. */
  url: string;
  sandbox: SandboxPorts | undefined;
  /** The product's environment, all but DATABASE_URL of an embedded database. */
  productEnv: Environment;
}

const DEMO_TWITTER = {
  HILO_TWITTER_CONSUMER_KEY: 'sandbox-consumer-key',
  HILO_TWITTER_CONSUMER_SECRET: 'sandbox-consumer-secret',
  HILO_TWITTER_ACCESS_TOKEN: '1700000000000000001-sandbox',
  HILO_TWITTER_ACCESS_SECRET: 'sandbox-access-secret',
  HILO_TWITTER_USER_ID: '1700000000000000001',
  HILO_TWITTER_CLIENT_ID: 'sandbox-client-id',
  HILO_TWITTER_CLIENT_SECRET: 'sandbox-client-secret',
};

/** Everybody's address is nobody's: from this machine, a wildcard listener is reached by loopback. */
export const reachable = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;

async function portFrom(env: Environment, name: string, fallback: number, problems: string[]): Promise<number> {
  const value = env[name] || String(fallback);
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) problems.push(`  ${name}: must be a port, 0 to 65535`);
  return port === 0 ? freePort() : port;
}

async function sandboxPorts(env: Environment, problems: string[]): Promise<SandboxPorts> {
  const http = await portFrom(env, 'HILO_SANDBOX_PORT', 3001, problems);
  const chosen = env['HILO_SANDBOX_PORT'] === '0' ? 0 : http;
  const twitter = await portFrom(env, 'HILO_SANDBOX_TWITTER_PORT', chosen && chosen + 1, problems);
  const smtp = await portFrom(env, 'HILO_SANDBOX_SMTP_PORT', chosen && chosen + 2, problems);
  return { http, twitter, smtp };
}

/** What the product needs to take the sandbox for the outside world; whatever is set by hand stays. */
function demoEnvironment(env: Environment, home: string, ports: SandboxPorts): Environment {
  const ownTwitter = Object.keys(DEMO_TWITTER).some((name) => env[name]);
  return {
    ...(ownTwitter ? {} : DEMO_TWITTER),
    HILO_TWITTER_PEER: env['HILO_TWITTER_PEER'] || `127.0.0.1:${ports.twitter}`,
    HILO_TWITTER_AUTHORIZE_URL:
      env['HILO_TWITTER_AUTHORIZE_URL'] || `http://127.0.0.1:${ports.http}/i/oauth2/authorize`,
    HILO_TWITTER_CA: env['HILO_TWITTER_CA'] || join(caFolder(env, home), 'ca.pem'),
    ...(env['HILO_BENEFITS_URL'] ? {} : benefitSystems(env, ports)),
    HILO_SMTP_URL: env['HILO_SMTP_URL'] || `smtp://127.0.0.1:${ports.smtp}`,
  };
}

/** Billing, vouchers and points of the sandbox. */
const benefitSystems = (env: Environment, { http }: SandboxPorts): Environment => ({
  HILO_BENEFITS_URL: `http://127.0.0.1:${http}/benefits`,
  HILO_BENEFITS_SECRET: env['HILO_BENEFITS_SECRET'] || 'sandbox-benefits-secret',
});

const caFolder = (env: Environment, home: string): string =>
  resolve(env['HILO_SANDBOX_CA_DIR'] || join(home, 'sandbox'));

/** The folder of everything that is kept, made when missing. */
function writableHome(env: Environment): string {
  const home = resolve(env['HILO_HOME'] || '.hilo');
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.W_OK);
    return home;
  } catch (error) {
    throw new StartError(`HILO_HOME cannot be used, nothing can be kept in ${home}: ${messageOf(error)}`);
  }
}

function demoWanted(env: Environment, embedded: boolean): boolean {
  if (env['HILO_DEMO']) return env['HILO_DEMO'] === 'on';
  return embedded && env['NODE_ENV'] !== 'production';
}

/**
 * Reads the environment once, completes it with defaults and generated secrets, and checks it as the product will.
 * @throws ConfigError with one message that lists every bad key
 */
export async function readSettings(env: Environment): Promise<Settings> {
  const problems: string[] = [];
  const home = writableHome(env);
  const databaseUrl = env['DATABASE_URL'] || undefined;
  const demo = demoWanted(env, databaseUrl === undefined);
  const sandbox = demo ? await sandboxPorts(env, problems) : undefined;
  const secret = env['HILO_SECRET'] || (env['NODE_ENV'] === 'production' ? undefined : keptSecret(home, 'signing'));
  const productEnv: Environment = {
    ...env,
    HILO_HOME: home,
    HILO_DEMO: env['HILO_DEMO'] || (demo ? 'on' : 'off'),
    HILO_SECRET: secret,
    ...(sandbox ? demoEnvironment(env, home, sandbox) : {}),
  };
  if (env['PORT'] === '0') productEnv['PORT'] = String(await freePort());
  if (env['HILO_SMTP_PORT'] === '0') productEnv['HILO_SMTP_PORT'] = String(await freePort());
  const config = checked({ ...productEnv, DATABASE_URL: databaseUrl ?? EMBEDDED }, problems);
  const url = `http://${reachable(config.http.host)}:${config.http.port}`;
  productEnv['HILO_BASE_URL'] = env['HILO_BASE_URL'] || url;
  const { host, port } = config.mail.listen;
  return { home, databaseUrl, demo, listen: config.http, smtp: { host, port }, url, sandbox, productEnv };
}

/** The product's own check, with the launcher's findings in the same message. */
function checked(env: Environment, problems: string[]): ReturnType<typeof loadConfig> {
  try {
    const config = loadConfig(env);
    if (problems.length === 0) return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError([error.message, ...problems].join('\n'));
  }
  throw new ConfigError(`Hilo cannot start, the environment is wrong:\n${problems.join('\n')}`);
}

/** The key the sandbox's switchboard calls the product with: made here, and made good when the demo data is written. */
export const callsToken = (home: string): string => `hilo_${keptSecret(home, 'sandbox-calls')}`;

/** The sandbox's environment: its ports, where the product is, and the keys of the care account on X. */
export function sandboxEnvironment({
  productEnv,
  sandbox,
  home,
  smtp,
}: Settings & { sandbox: SandboxPorts }): Environment {
  return {
    ...productEnv,
    HILO_SANDBOX_PORT: String(sandbox.http),
    HILO_SANDBOX_TWITTER_PORT: String(sandbox.twitter),
    HILO_SANDBOX_SMTP_PORT: String(sandbox.smtp),
    HILO_SANDBOX_CA_DIR: caFolder(productEnv, home),
    HILO_SMTP_PORT: String(smtp.port),
    HILO_SANDBOX_CALLS_TOKEN: callsToken(home),
    DATABASE_URL: undefined,
    HILO_SECRET: undefined,
  };
}

/** Ports that must be free, each with the name to change it by. */
export function portsToBind({ listen, smtp, sandbox }: Settings): { name: string; host: string; port: number }[] {
  return [
    { name: 'PORT', host: listen.host, port: listen.port },
    { name: 'HILO_SMTP_PORT', host: smtp.host, port: smtp.port },
    ...(sandbox
      ? [
          { name: 'HILO_SANDBOX_PORT', host: '127.0.0.1', port: sandbox.http },
          { name: 'HILO_SANDBOX_TWITTER_PORT', host: '127.0.0.1', port: sandbox.twitter },
          { name: 'HILO_SANDBOX_SMTP_PORT', host: '127.0.0.1', port: sandbox.smtp },
        ]
      : []),
  ];
}
