import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { CareAccount } from '../people.js';
import { Refusal } from '../refusal.js';
import { read } from './bodies.js';
import type { Outside } from './outside.js';

const Ask = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  state: z.string().min(1).max(500),
  code_challenge: z.string().min(43).max(128),
  code_challenge_method: z.string().regex(/^s256$/i),
  scope: z.string().min(1),
  /** Which account says yes; the page offers them. */
  allow: z.string().optional(),
  deny: z.string().optional(),
});

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);

function page(url: string, accounts: readonly CareAccount[], scopes: string[]): string {
  const link = (name: string, value: string): string => escape(`${url}&${name}=${encodeURIComponent(value)}`);
  const choices = accounts.map(
    ({ twitterId, handle, displayName }) =>
      `<li><a href="${link('allow', twitterId)}">Autorizar / Authorize: <b>@${escape(handle)}</b> ${escape(displayName)}</a></li>`,
  );
  return `<!doctype html><html lang="es"><meta charset="utf-8"><title>X</title><body style="font:16px system-ui;max-width:34rem;margin:3rem auto">
<h1>Hilo</h1><p>Pide acceso a una cuenta · Asks for access to an account</p><p><code>${escape(scopes.join(' '))}</code></p>
<ul>${choices.join('')}</ul><p><a href="${link('deny', 'yes')}">Cancelar / Cancel</a></p></body></html>`;
}

/** X's own page where the owner of an account says yes, and what an owner can do afterwards. */
export function oauthRoutes(app: FastifyInstance, { people, oauth2 }: Outside): void {
  app.get('/i/oauth2/authorize', (request, reply) => {
    const ask = read(Ask, request.query);
    if (!oauth2.isClient(ask.client_id)) throw new Refusal(400, 'oauth.client', 'X does not know this client_id');
    const back = new URL(ask.redirect_uri);
    back.searchParams.set('state', ask.state);
    if (ask.deny !== undefined) {
      back.searchParams.set('error', 'access_denied');
      return reply.redirect(back.href);
    }
    const scopes = ask.scope.split(' ');
    const account = people.careAccounts.find(({ twitterId }) => twitterId === ask.allow);
    if (!account) return reply.type('text/html').send(page(request.url, people.careAccounts, scopes));
    const { redirect_uri: redirectUri, code_challenge: challenge } = ask;
    back.searchParams.set('code', oauth2.allow({ userId: account.twitterId, scopes, redirectUri, challenge }));
    return reply.redirect(back.href);
  });

  app.get('/control/accounts', () => ({ items: people.careAccounts }));
  app.post<{ Params: { id: string } }>('/control/accounts/:id/withdraw', (request) => {
    oauth2.withdraw(request.params.id);
    return {};
  });
  app.post<{ Params: { id: string } }>('/control/accounts/:id/expire', (request) => {
    oauth2.expire(request.params.id);
    return {};
  });
}
