import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { ApiResponseError, TwitterApi } from 'twitter-api-v2';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../apps/sandbox/src/index.js';

export const KEYS = {
  appKey: 'sandbox-consumer-key',
  appSecret: 'sandbox-consumer-secret',
  accessToken: '1700000000000000001-sandbox',
  accessSecret: 'sandbox-access-secret',
};
export const CARE = '1700000000000000001';
export const LUCIA = '1540000000000000101';
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const PICTURE = { fileName: 'pantalla.png', contentType: 'image/png', contentBase64: PNG.toString('base64') };

/** The product's way to X: real client, real addresses, only the TCP peer is another. */
class PeerAgent extends https.Agent {
  constructor(
    private readonly port: number,
    private readonly ca: string,
  ) {
    super({ keepAlive: false });
  }

  override createConnection(options: https.RequestOptions): Duplex {
    return connect({ host: '127.0.0.1', port: this.port, servername: options.host ?? '', ca: this.ca });
  }
}

/** A sandbox in a folder of its own, with a clock that stands still until it is moved. */
export interface World {
  sandbox: Sandbox;
  /** Milliseconds; what the sandbox takes for the time. */
  clock: { now: number };
  agent: https.Agent;
  /** X, as the product's client sees it. */
  x: TwitterApi;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Lucía writes a direct message. */
  write(text: string, attachment?: unknown): Promise<{ id: string }>;
  end(): Promise<void>;
}

export async function startWorld(options: Partial<SandboxOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  const clock = { now: Date.now() };
  const sandbox = await startSandbox({ caDir: folder, challengeRetryMs: 20, now: () => clock.now, ...options });
  const agent = new PeerAgent(sandbox.twitterPort, await readFile(sandbox.caPath, 'utf8'));
  const control = <T>(method: string, path: string, body?: unknown) => call<T>(sandbox.url, method, path, body);
  return {
    sandbox,
    clock,
    agent,
    x: new TwitterApi(KEYS, { httpAgent: agent }),
    control,
    write: (text, attachment) => control('POST', `/customers/${LUCIA}/dm`, { text, attachment }),
    end: async () => {
      await sandbox.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${url}/control${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answered = (await answer.json()) as T & { message?: string };
  if (!answer.ok) throw new Error(`${answer.status} ${answered.message ?? ''}`);
  return answered;
}

/** What X answers to a send; the client's types leave the envelope out. */
export async function sent(call: Promise<unknown>): Promise<{ dm_conversation_id: string; dm_event_id: string }> {
  const { data } = (await call) as { data: { dm_conversation_id: string; dm_event_id: string } };
  return data;
}

/** The refusal of a call that must not succeed. */
export async function refused(call: Promise<unknown>): Promise<ApiResponseError> {
  const failure: unknown = await call.then(
    () => new Error('the call was answered'),
    (thrown: unknown) => thrown,
  );
  if (failure instanceof ApiResponseError) return failure;
  throw failure;
}
