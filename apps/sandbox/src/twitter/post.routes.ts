import { z } from 'zod';
import type { Post } from '../posts.js';
import { askedNumber } from './fields.js';
import { includedMedia } from './post-media.js';
import { postShape } from './post.shape.js';
import { placeOf, tokenOf } from './paging.js';
import { problems } from './problem.js';
import { userShape, viewOf } from './shapes.js';
import type { TwitterServer, TwitterWorld } from './world.js';

type Query = Record<string, string | string[] | undefined>;

const LONGEST_POST = 280;
/** Every link counts as so many characters, however long. */
const LINK = 'x'.repeat(23);

const PostBody = z.strictObject({
  text: z.string().min(1),
  reply: z.strictObject({ in_reply_to_tweet_id: z.string().regex(/^\d{1,19}$/) }).optional(),
});

/** Public posts: who calls us, what we posted, and answering in public those who called us. */
export function postRoutes(app: TwitterServer, world: TwitterWorld): void {
  const config = { limit: 'posts', scopes: ['tweet.read', 'users.read'] } as const;
  const { posts } = world;

  app.get<{ Params: { id: string }; Querystring: Query }>('/2/users/:id/mentions', { config }, (request) =>
    listShape(
      world,
      posts.all().filter((post) => posts.called(post).includes(request.params.id)),
      request.query,
    ),
  );

  app.get<{ Params: { id: string }; Querystring: Query }>('/2/users/:id/tweets', { config }, (request) =>
    listShape(
      world,
      posts.all().filter((post) => post.authorId === request.params.id),
      request.query,
    ),
  );

  const sending = { limit: 'post-send', scopes: ['tweet.read', 'tweet.write', 'users.read'] } as const;
  app.post('/2/tweets', { config: sending }, (request, reply) => {
    const post = answerPost(world, request.caller, request.body);
    if (world.knobs.takeTwitter('resetAfterCommitNext')) {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (world.knobs.takeTwitter('errorAfterCommitNext')) throw problems.unavailable();
    return reply.code(201).send({ data: { id: post.id, text: post.text, edit_history_tweet_ids: [post.id] } });
  });
}

/** @throws XProblem: too long, the same words again, or an answer to somebody who has not called us */
function answerPost({ posts }: TwitterWorld, caller: string, body: unknown): Post {
  const read = PostBody.safeParse(body ?? {});
  if (!read.success) throw problems.invalidRequest(read.error.issues[0]?.message ?? 'invalid', 'text');
  const { text, reply } = read.data;
  if (text.replace(/https?:\/\/\S+/g, LINK).length > LONGEST_POST) {
    throw problems.invalidRequest('Your Tweet text is too long.', 'text');
  }
  if (posts.all().some((post) => post.authorId === caller && post.text === text)) {
    throw problems.forbidden('You are not allowed to create a Tweet with duplicate content.');
  }
  const answered = reply === undefined ? undefined : posts.byId(reply.in_reply_to_tweet_id);
  if (reply !== undefined && (!answered || !posts.called(answered).includes(caller))) {
    throw problems.forbidden(
      'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
    );
  }
  return posts.add(caller, { text, refId: answered?.id ?? null });
}

function listShape(world: TwitterWorld, oldestFirst: readonly Post[], query: Query) {
  const size = askedNumber(query, 'max_results', { from: 5, to: 100, otherwise: 10 });
  const one = (name: string) => [query[name] ?? []].flat().at(0);
  const [since, start, token] = [one('since_id'), one('start_time'), one('pagination_token')];
  const below = token === undefined ? null : BigInt(placeOf(token).id);
  const range = oldestFirst.filter(
    (post) =>
      (since === undefined || BigInt(post.id) > BigInt(since)) &&
      (start === undefined || post.createdAt >= Date.parse(start)) &&
      (below === null || BigInt(post.id) < below),
  );
  const page = range.slice(-size).toReversed();
  const last = page.at(-1);
  const view = viewOf({ 'user.fields': query['user.fields'] });
  const expansions = one('expansions') ?? '';
  const authors = [...new Set(page.map(({ authorId }) => authorId))].map((id) => world.people.who(id));
  return {
    ...(page.length > 0 ? { data: page.map((post) => postShape(post, world)) } : {}),
    ...(page.length > 0 && expansions !== ''
      ? {
          includes: {
            ...(expansions.includes('author_id')
              ? { users: authors.flatMap((who) => (who ? [userShape(who, view.user)] : [])) }
              : {}),
            ...(expansions.includes('attachments.media_keys') ? { media: page.flatMap(includedMedia) } : {}),
          },
        }
      : {}),
    meta: {
      result_count: page.length,
      ...(last && range.length > page.length ? { next_token: tokenOf({ towards: 'older', id: last.id }) } : {}),
    },
  };
}
