import { problems } from './problem.js';
import { userShape, viewOf } from './shapes.js';
import type { TwitterServer, TwitterWorld } from './world.js';

type Query = Record<string, string | string[] | undefined>;

/** Who is who: me, by handle, by id, several ids. */
export function userRoutes(app: TwitterServer, { people }: TwitterWorld): void {
  const config = { limit: 'users', scopes: ['users.read', 'tweet.read'] } as const;
  const find = (id: string) => people.who(id);

  app.get<{ Querystring: Query }>('/2/users/me', { config }, (request) => ({
    data: userShape(people.careOf(request.caller) ?? people.care, viewOf(request.query).user),
  }));

  app.get<{ Params: { username: string }; Querystring: Query }>(
    '/2/users/by/username/:username',
    { config },
    (request) => {
      const { username } = request.params;
      const who = people.careOf(username) ?? people.byHandle(username);
      if (!who) return { errors: [problems.notFound('user', 'username', username).body] };
      return { data: userShape(who, viewOf(request.query).user) };
    },
  );

  app.get<{ Querystring: Query }>('/2/users', { config }, (request) => {
    const ids = [request.query.ids ?? []].flat().flatMap((value) => value.split(','));
    if (ids.length === 0) throw problems.invalidRequest('The `ids` query parameter can not be empty', 'ids');
    const fields = viewOf(request.query).user;
    const found = ids.map((id) => find(id)).filter((who) => who !== undefined);
    const lost = ids.filter((id) => !find(id)).map((id) => problems.notFound('user', 'ids', id).body);
    return {
      ...(found.length > 0 ? { data: found.map((who) => userShape(who, fields)) } : {}),
      ...(lost.length > 0 ? { errors: lost } : {}),
    };
  });

  app.get<{ Params: { id: string }; Querystring: Query }>('/2/users/:id', { config }, (request) => {
    const who = find(request.params.id);
    if (!who) return { errors: [problems.notFound('user', 'id', request.params.id).body] };
    return { data: userShape(who, viewOf(request.query).user) };
  });
}
