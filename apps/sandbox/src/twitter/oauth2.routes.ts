import { setTimeout as wait } from 'node:timers/promises';
import { TokenProblem } from './oauth2.js';
import { problems } from './problem.js';
import type { TwitterServer, TwitterWorld } from './world.js';

type Fields = Record<string, string | undefined>;

/** X documents forms; clients also send JSON. */
function fieldsOf(body: unknown): Fields {
  if (body instanceof URLSearchParams) return Object.fromEntries(body);
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** Keys of OAuth 2.0: for a code, for a refresh key, and no more. */
export function oauth2Routes(app: TwitterServer, { oauth2, knobs }: TwitterWorld): void {
  const answer = async (work: () => object): Promise<{ status: number; body: object }> => {
    const { tokenLatencyMs } = knobs.current.twitter;
    if (knobs.takeTwitter('tokenErrorNext')) throw problems.unavailable();
    if (tokenLatencyMs > 0) await wait(tokenLatencyMs);
    try {
      return { status: 200, body: work() };
    } catch (problem) {
      if (!(problem instanceof TokenProblem)) throw problem;
      return { status: problem.status, body: { error: problem.error, error_description: problem.message } };
    }
  };

  app.post('/2/oauth2/token', { config: { open: true } }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const { status, body } = await answer(() => {
      oauth2.authenticate(request.headers.authorization, fields);
      if (fields['grant_type'] === 'authorization_code') return oauth2.exchange(fields);
      if (fields['grant_type'] === 'refresh_token') return oauth2.renew(fields['refresh_token']);
      throw new TokenProblem(
        400,
        'unsupported_grant_type',
        `grant_type ${fields['grant_type'] ?? ''} is not supported`,
      );
    });
    return reply.code(status).send(body);
  });

  app.post('/2/oauth2/revoke', { config: { open: true } }, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const { status, body } = await answer(() => {
      oauth2.authenticate(request.headers.authorization, fields);
      oauth2.revoke(fields['token']);
      return { revoked: true };
    });
    return reply.code(status).send(body);
  });
}
