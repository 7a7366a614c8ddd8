import { jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { SessionAnswer } from '#contracts';
import { sessionQuery } from '../api/queries.js';
import type * as SessionHere from './sessionHere.js';
import { isLeaving, lastHere, rememberHere } from './here.js';

jest.unstable_mockModule('./keepCounter.js', () => ({ keepCounter: () => undefined }));

const HOUR_MS = 3_600_000;
const RUBEN = { user: { id: '01890000-0000-7000-8000-000000000001' } } as SessionAnswer;

type Answer = () => Promise<Response>;
const offline: Answer = () => Promise.reject(new TypeError('no network'));
const over: Answer = () => Promise.resolve(new Response('{"code":"session.required"}', { status: 401 }));
const done: Answer = () => Promise.resolve(new Response(null, { status: 204 }));

describe('who is at this counter', () => {
  const kept = new Map<string, string>();
  const asked: string[] = [];
  let answers: Record<string, Answer>;
  let here: typeof SessionHere;
  let client: QueryClient;

  beforeAll(() => {
    const localStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const fetch = (_: string, { method = 'GET' }: RequestInit) => {
      asked.push(method);
      return (answers[method] ?? offline)();
    };
    Object.assign(globalThis, { localStorage, fetch });
  });
  beforeEach(async () => {
    kept.clear();
    asked.length = 0;
    answers = {};
    jest.useFakeTimers();
    jest.resetModules();
    client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
    here = await import('./sessionHere.js');
  });
  afterEach(() => {
    client.clear();
    jest.useRealTimers();
  });

  const known = () => client.getQueryData(sessionQuery.queryKey);
  const refusal = (path: string) => here.sessionAt(client, path).catch((error: { status: number }) => error.status);

  it('stays signed out without a network, in a page that knew them too, until the server has heard of it', async () => {
    client.setQueryData(sessionQuery.queryKey, RUBEN);
    expect(await here.signOut()).toBe(false);
    expect(await refusal('/inbox')).toBe(0);
    expect(await refusal('/visit')).toBe(0);
    expect(isLeaving()).toBe(true);
    answers = { DELETE: done, GET: over };
    expect(await refusal('/inbox')).toBe(401);
    expect([isLeaving(), known()]).toEqual([false, undefined]);
    expect(asked).toEqual(['DELETE', 'DELETE', 'DELETE', 'DELETE', 'GET']);
  });

  it('is known without a network for as long as a session lasts, wherever they go meanwhile', async () => {
    rememberHere({ session: RUBEN, at: Date.now() });
    jest.setSystemTime(Date.now() + 11 * HOUR_MS);
    expect(await here.sessionAt(client, '/visit')).toEqual(RUBEN);
    jest.setSystemTime(Date.now() + 2 * HOUR_MS);
    await here.sessionAt(client, '/visit/1');
    expect(lastHere()).toBeNull();
  });

  it('is not remembered again by what the server said before they signed out', async () => {
    let say: (answer: Response) => void = () => undefined;
    rememberHere({ session: RUBEN, at: Date.now() });
    answers = { DELETE: done, GET: () => new Promise((answer) => (say = answer)) };
    const reading = here.sessionAt(client, '/visit');
    await here.signOut();
    say(new Response(JSON.stringify(RUBEN)));
    await reading;
    expect([lastHere(), known()]).toEqual([null, undefined]);
  });
});
