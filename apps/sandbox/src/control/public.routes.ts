import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.js';
import { AccountBody, PostBody, read } from './bodies.js';
import type { Outside } from './outside.js';
import { publicShape } from './shapes.js';

interface ById {
  Params: { id: string };
}

/** What happens on X beside direct messages: public posts, chats nobody else can read, permissions taken back. */
export function publicRoutes(app: FastifyInstance, outside: Outside): void {
  const { people, posts, courier, media } = outside;
  const accountOf = (stated: string | undefined) => {
    const account = stated === undefined ? people.care : people.careOf(stated);
    if (!account) throw new Refusal(404, 'account.not_found', `no account ${stated ?? ''} of ours`);
    return account;
  };

  app.get('/control/posts', () => ({ items: posts.all().map((post) => publicShape(post, outside)) }));

  app.post<ById>('/control/customers/:id/post', (request, reply) => {
    const person = people.find(request.params.id);
    const { text, kind, refId, attachment } = read(PostBody, request.body);
    if (refId !== undefined && !posts.byId(refId)) throw new Refusal(404, 'post.not_found', `no post ${refId}`);
    const item = attachment
      ? media.take(attachment.contentType, Buffer.from(attachment.contentBase64, 'base64'))
      : null;
    const post = posts.add(person.twitterId, { text, kind, refId: refId ?? null, media: item });
    courier.announcePost(post);
    return reply.code(201).send(publicShape(post, outside));
  });

  /** They write in XChat: we are told that they did, and nothing else. */
  app.post<ById>('/control/customers/:id/chat', (request, reply) => {
    const person = people.find(request.params.id);
    const account = accountOf(read(AccountBody, request.body ?? {}).account);
    const id = outside.messages.nextId();
    courier.announceChat(id, person.twitterId, account.twitterId);
    return reply.code(201).send({ id });
  });

  /** One of our accounts takes its permission back. */
  app.post('/control/twitter/revoke', (request) => {
    const account = accountOf(read(AccountBody, request.body ?? {}).account);
    courier.announceRevocation(account.twitterId);
    return { account: account.twitterId };
  });
}
