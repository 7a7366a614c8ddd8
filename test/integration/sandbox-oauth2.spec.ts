import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TwitterApi } from 'twitter-api-v2';
import { TwitterClient } from '#channels';
import { startSandbox, type Sandbox } from '../../apps/sandbox/src/index.js';

const SECOND = '1700000000000000002';
const LUCIA = '1540000000000000101';
const BACK = 'http://127.0.0.1:9/back';
const VERIFIER = 'v'.repeat(50);
const BASIC = `Basic ${Buffer.from('sandbox-client-id:sandbox-client-secret').toString('base64')}`;

let sandbox: Sandbox;
let folder: string;
let now: number;
let client: TwitterClient;
beforeEach(async () => {
  now = Date.now();
  folder = await mkdtemp(join(tmpdir(), 'oauth2-'));
  sandbox = await startSandbox({ caDir: folder, webhookUrl: 'http://127.0.0.1:9/none', now: () => now });
  client = new TwitterClient({
    twitter: {
      userId: '1',
      consumerKey: 'k',
      consumerSecret: 's',
      accessToken: 't',
      accessSecret: 'a',
      peer: sandbox.twitterPeer,
      caPath: sandbox.caPath,
      pollSeconds: 0,
      clientId: 'sandbox-client-id',
      clientSecret: 'sandbox-client-secret',
      authorizeUrl: undefined,
    },
  });
});
afterEach(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true });
});

/** The page of X, and what it sends back. */
async function page(choice: Record<string, string>, change: Record<string, string> = {}): Promise<Response> {
  const url = new URL(`${sandbox.url}/i/oauth2/authorize`);
  const ask = {
    response_type: 'code',
    client_id: 'sandbox-client-id',
    redirect_uri: BACK,
    state: 'st',
    scope: 'dm.read dm.write tweet.read users.read offline.access',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  };
  url.search = new URLSearchParams({ ...ask, ...change, ...choice }).toString();
  return fetch(url, { redirect: 'manual' });
}

async function codeOf(scope?: string): Promise<string> {
  const answer = await page({ allow: SECOND }, scope === undefined ? {} : { scope });
  const back = new URL(answer.headers.get('location') ?? '');
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([BACK, 'st']);
  return back.searchParams.get('code') ?? '';
}

const fields = (code: string) => ({
  ...{ grant_type: 'authorization_code', code, code_verifier: VERIFIER, redirect_uri: BACK },
});
const ask = (form: Record<string, string>, authorization = BASIC) =>
  post('https://api.x.com/2/oauth2/token', new URLSearchParams(form).toString(), authorization);

/** A form as X documents it; the client of the product posts JSON. */
async function post(url: string, body: string, authorization: string) {
  const api = new TwitterApi(undefined, { httpAgent: client.agent });
  try {
    const answer = await api.post<Record<string, unknown>>(url, Buffer.from(body), {
      forceBodyMode: 'raw',
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    });
    return { status: 200, body: answer };
  } catch (error) {
    const { code: status, data } = error as { code: number; data: Record<string, unknown> };
    return { status, body: data };
  }
}

const speak = (accessToken: unknown) =>
  client.speakAs(SECOND, { kind: 'oauth2', accessToken: String(accessToken), refreshToken: null });

describe('the page of X', () => {
  it('offers the accounts of the house, and takes no for an answer', async () => {
    const shown = await (await page({})).text();
    expect(shown).toContain('@nexo_ayuda');
    expect(shown).toContain('@nexo_tiendas');
    expect((await page({ deny: 'yes' })).headers.get('location')).toBe(`${BACK}?state=st&error=access_denied`);
    expect((await page({}, { client_id: 'somebody' })).status).toBe(400);
  });
});

describe('keys of OAuth 2.0', () => {
  it('come for a code, once, as form and as JSON, and are good for what was allowed', async () => {
    const code = await codeOf();
    const { status, body } = await ask(fields(code));
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'bearer', 7200]);
    expect((await speak(body['access_token']).v2.me()).data).toMatchObject({ id: SECOND, username: 'nexo_tiendas' });
    expect(await ask(fields(code))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const json = await client.connecting?.loginWithOAuth2({
      code: await codeOf(),
      codeVerifier: VERIFIER,
      redirectUri: BACK,
    });
    expect(json?.scope).toContain('dm.write');
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(50) }],
    ['another address', { redirect_uri: 'http://127.0.0.1:9/elsewhere' }],
  ])('do not come with %s', async (_what, change) => {
    expect(await ask({ ...fields(await codeOf()), ...change })).toMatchObject({ status: 400 });
  });

  it('do not come after 30 s, nor for somebody else', async () => {
    const code = await codeOf();
    expect(await ask(fields(code), `Basic ${Buffer.from('a:b').toString('base64')}`)).toMatchObject({ status: 401 });
    now += 31_000;
    expect(await ask(fields(code))).toMatchObject({ status: 400 });
  });

  it('end after two hours and are renewed, each refresh key once; a second use ends them all', async () => {
    const { body: first } = await ask(fields(await codeOf()));
    now += 7_201_000;
    await expect(speak(first['access_token']).v2.me()).rejects.toMatchObject({ code: 401 });
    const renew = (token: unknown) => ask({ grant_type: 'refresh_token', refresh_token: String(token) });
    const { body: second } = await renew(first['refresh_token']);
    expect((await speak(second['access_token']).v2.me()).data.id).toBe(SECOND);
    expect(await renew(first['refresh_token'])).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    await expect(speak(second['access_token']).v2.me()).rejects.toMatchObject({ code: 401 });
    expect(await renew(second['refresh_token'])).toMatchObject({ status: 400 });
  });

  it('can be given back', async () => {
    const { body } = await ask(fields(await codeOf()));
    await client.connecting?.revokeOAuth2Token(String(body['access_token']));
    await expect(speak(body['access_token']).v2.me()).rejects.toMatchObject({ code: 401 });
  });

  it('without a scope do not do what it is for', async () => {
    const { body } = await ask(fields(await codeOf('tweet.read users.read')));
    expect(body['refresh_token']).toBeUndefined();
    await expect(speak(body['access_token']).v2.sendDmToParticipant(LUCIA, { text: 'Hola' })).rejects.toMatchObject({
      code: 403,
    });
  });
});

describe('an upload', () => {
  it('is for what its type is, and a film is ready in its own time', async () => {
    const { body } = await ask(fields(await codeOf('dm.write media.write tweet.read users.read')));
    const { v2 } = speak(body['access_token']);
    const begin = (media_type: string, media_category: string) =>
      v2.post<{ data: { id: string } }>('media/upload/initialize', { media_type, media_category, total_bytes: 3 });
    await expect(begin('image/png', 'dm_video')).rejects.toMatchObject({ code: 400 });
    sandbox.outside.knobs.set({ twitter: { filmSteps: 1 } });
    const { id } = (await begin('video/mp4', 'dm_video')).data;
    const piece = { segment_index: 0, media: Buffer.from('abc') };
    await v2.post(`media/upload/${id}/append`, piece, { forceBodyMode: 'form-data' });
    const finished = await v2.post(`media/upload/${id}/finalize`);
    expect(finished).toMatchObject({ data: { processing_info: { state: 'in_progress' } } });
    const send = () => v2.sendDmToParticipant(LUCIA, { text: 'Mira', attachments: [{ media_id: id }] });
    await expect(send()).rejects.toMatchObject({ code: 400 });
    const status = await v2.get('media/upload', { command: 'STATUS', media_id: id });
    expect(status).toMatchObject({ data: { processing_info: { state: 'succeeded' } } });
    expect(await send()).toMatchObject({ data: { dm_conversation_id: `${LUCIA}-${SECOND}` } });
  });
});
