import { type InteractionEntry, TwitterAccounts, TwitterConnect } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { ask, errorOf, type Staff } from './staff.js';
import { startWorld, UNDO_SECONDS, type World } from './world.js';

const [FIRST, SECOND] = ['1700000000000000001', '1700000000000000002'];

let world: World;
let admin: Staff;
let agent: Staff;
beforeAll(async () => {
  const keys = { HILO_TWITTER_CLIENT_ID: 'sandbox-client-id', HILO_TWITTER_CLIENT_SECRET: 'sandbox-client-secret' };
  world = await startWorld({ environment: keys });
  [admin, agent] = await Promise.all([world.login('admin@hilo.test'), world.login('agent@hilo.test')]);
});
afterEach(() => world.outside.fairWeather());
afterAll(() => world?.stop());

const accounts = async () => (await admin.done('/twitter/accounts', TwitterAccounts)).items;

/** Begins as an administrator, says yes on the page of X, comes back. @returns where the browser ends up */
async function connect(choice: Record<string, string>): Promise<string | null> {
  const begun = await admin.done('/twitter/accounts/connect', TwitterConnect, { method: 'POST' });
  const link = new URL(begun.url);
  expect(link.origin + link.pathname).toBe('https://x.com/i/oauth2/authorize');
  expect(link.searchParams.get('code_challenge_method')).toBe('S256');
  const page = `${world.sandbox.url}/i/oauth2/authorize${link.search}&${new URLSearchParams(choice).toString()}`;
  const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
  // Whoever owns the account need not be logged in here.
  return (await ask(back)).headers.get('location');
}

async function writeTo(person: Person, text: string, to: string): Promise<void> {
  const answer = await fetch(`${world.sandbox.url}/control/customers/${person.id}/dm`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, to }),
  });
  expect(answer.status).toBe(201);
}

async function caseOf(person: Person): Promise<string> {
  const [found] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.handle}`);
    return rows.length === 1 && rows;
  });
  return found?.id ?? '';
}

it('only administrators see and change the accounts', async () => {
  for (const [path, method] of [
    ['/twitter/accounts', 'GET'],
    ['/twitter/accounts/connect', 'POST'],
    [`/twitter/accounts/${FIRST}/check`, 'POST'],
    [`/twitter/accounts/${FIRST}`, 'DELETE'],
  ] as const) {
    expect(errorOf(await agent.ask(path, { method }))).toMatchObject({ status: 403, code: 'permission.denied' });
  }
  expect(await accounts()).toMatchObject([{ userId: FIRST, source: 'environment', auth: 'oauth1', state: 'ok' }]);
  const fixed = await admin.ask(`/twitter/accounts/${FIRST}`, { method: 'DELETE' });
  expect(errorOf(fixed)).toMatchObject({ status: 409, code: 'twitter.account_fixed' });
});

it('a second account is connected, answers from itself, and is let go of', async () => {
  expect(await connect({ deny: 'yes' })).toBe('/channels?refused=twitter.connect_refused');
  expect(await connect({ allow: SECOND ?? '' })).toBe(`/channels?connected=${SECOND}`);
  expect((await accounts())[1]).toMatchObject({ userId: SECOND, handle: 'nexo_tiendas', auth: 'oauth2', state: 'ok' });
  const listed = await admin.ask('/twitter/accounts');
  expect(listed.bytes.toString()).not.toMatch(/token|secret/iu);

  const person = await world.outside.newcomer();
  await writeTo(person, '¿Tenéis fundas?', 'nexo_tiendas');
  const caseId = await caseOf(person);
  const { id } = await agent.reply(caseId, { channel: 'twitter', text: 'Sí, de tres colores.' });
  world.clock.advance(UNDO_SECONDS * 1000);
  await waitFor(async () => (await agent.entry(caseId, id))?.delivery?.state === 'sent');
  const [sent] = world.sandbox.outside.messages.all().filter(({ recipientId }) => recipientId === person.id);
  expect(sent?.senderId).toBe(SECOND);

  expect((await admin.ask(`/twitter/accounts/${SECOND}`, { method: 'DELETE' })).status).toBe(204);
  expect(await accounts()).toHaveLength(1);
  const checked = await admin.done(`/twitter/accounts/${FIRST}/check`, TwitterAccounts, { method: 'POST' });
  expect(checked.items).toMatchObject([{ handle: 'nexo_ayuda', state: 'ok' }]);
});

it('the composer knows the limits, and a waiting reply its place and time', async () => {
  const person = await world.outside.newcomer();
  await world.outside.writeDm(person, 'Hola');
  const caseId = await caseOf(person);
  const [thread] = (await agent.case(caseId)).threads;
  expect(thread?.limits).toMatchObject({ textLength: 10_000, files: { most: 4 }, queue: { waiting: 0 } });
  expect(thread?.limits?.files?.types).toMatchObject({ 'image/png': 5_242_880, 'video/mp4': 536_870_912 });

  await world.outside.weather({ twitter: { limitForSeconds: 600 } });
  const ids: string[] = [];
  for (const text of ['Uno', 'Dos']) ids.push((await agent.reply(caseId, { channel: 'twitter', text })).id);
  world.clock.advance(UNDO_SECONDS * 1000);
  const place = (id: string | undefined) => async (): Promise<InteractionEntry['delivery']> =>
    (await agent.entry(caseId, id ?? ''))?.delivery ?? null;
  const first = await waitFor(async () => {
    const delivery = await place(ids[0])();
    return delivery?.reason === 'channel.rate_limited' ? delivery : null;
  });
  expect(first.queue?.position).toBe(1);
  const minutes = (Date.parse(first.queue?.eta ?? '') - world.clock.now().getTime()) / 60_000;
  expect(minutes).toBeGreaterThan(9);
  expect(minutes).toBeLessThan(11);
  expect((await place(ids[1])())?.queue?.position).toBe(2);
  expect((await agent.case(caseId)).threads[0]?.limits?.queue?.waiting).toBe(2);

  await world.outside.fairWeather();
  world.clock.advance(610_000);
  await waitFor(async () => (await place(ids[1])())?.state === 'sent');
  expect((await place(ids[1])())?.queue).toBeNull();
  expect((await world.outside.dmsTo(person)).map(({ text }) => text)).toEqual(['Uno', 'Dos']);
});
