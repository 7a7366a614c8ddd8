import { jest } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { MailboxTokens, TokenRefused } from './mailbox.tokens.js';

let server: Server;
let tokenUrl: string;
let asked: URLSearchParams[];
let answer: { status: number; body: string };
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(new URLSearchParams(body));
      response.writeHead(answer.status).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
afterEach(() => {
  jest.restoreAllMocks();
  server.close();
});

const tokens = (onRotated: (access: object) => Promise<void> = () => Promise.resolve()) =>
  new MailboxTokens(
    { kind: 'refresh', tokenUrl, clientId: 'client', clientSecret: 'secret', refreshToken: 'first', scope: 'mail' },
    onRotated,
  );
const granted = (more: object) => ({
  status: 200,
  body: JSON.stringify({ access_token: 'a', expires_in: 3600, ...more }),
});

it('is asked for once, however many wait, and kept while it lasts', async () => {
  answer = granted({});
  const one = tokens();
  expect(await Promise.all([one.current(), one.current(), one.current()])).toEqual(['a', 'a', 'a']);
  expect(await one.current()).toBe('a');
  expect(asked.map((form) => Object.fromEntries(form))).toEqual([
    {
      grant_type: 'refresh_token',
      client_id: 'client',
      client_secret: 'secret',
      refresh_token: 'first',
      scope: 'mail',
    },
  ]);
});

it('is asked for again when the mail server did not take it', async () => {
  answer = granted({});
  const one = tokens();
  expect(one.reject()).toBe(false);
  await one.current();
  expect(one.reject()).toBe(true);
  answer = granted({ access_token: 'b' });
  expect(await one.current()).toBe('b');
});

it('keeps the refresh token that replaces ours, and uses it', async () => {
  answer = granted({ refresh_token: 'second' });
  const kept: object[] = [];
  const one = tokens((access) => Promise.resolve(void kept.push({ ...access })));
  await one.current();
  one.reject();
  await one.current();
  expect(kept).toEqual([expect.objectContaining({ refreshToken: 'second', clientSecret: 'secret' })]);
  expect(asked[1]?.get('refresh_token')).toBe('second');
});

it('tells a refusal from a server that has trouble, in the words of the standard and no others', async () => {
  answer = { status: 400, body: JSON.stringify({ error: 'invalid_grant', error_description: 'expired', trace: 'x' }) };
  await expect(tokens().current()).rejects.toThrow(new TokenRefused('invalid_grant: expired'));
  answer = { status: 401, body: '<html>secret stuff' };
  await expect(tokens().current()).rejects.toThrow(new TokenRefused('the token server refused'));
  answer = { status: 503, body: '' };
  const failure: unknown = await tokens()
    .current()
    .catch((error: unknown) => error);
  expect(failure).not.toBeInstanceOf(TokenRefused);
  expect(failure).toMatchObject({ message: 'the token server answered 503' });
  answer = { status: 200, body: '{}' };
  await expect(tokens().current()).rejects.toThrow('no token');
});

it('is granted to the client itself where there is no refresh token', async () => {
  answer = granted({});
  const access = { kind: 'refresh', tokenUrl, clientId: 'client', clientSecret: 'secret' } as const;
  await new MailboxTokens({ ...access }, () => Promise.resolve()).current();
  expect(asked[0]?.get('grant_type')).toBe('client_credentials');
});

it('knows when what lets us in runs out, and when it is time for another one', async () => {
  const one = tokens();
  expect([one.endsAt, one.isOver]).toEqual([null, false]);
  answer = granted({ expires_in: 61 });
  await one.current();
  expect((one.endsAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(61_000);
  const later = Date.now() + 61_000;
  jest.spyOn(Date, 'now').mockReturnValue(later);
  expect(one.isOver).toBe(true);
  answer = granted({ refresh_token_expires_in: '86400' });
  await one.current();
  expect((one.endsAt?.getTime() ?? 0) - later).toBe(86_400_000);
  expect(one.isOver).toBe(false);
});
