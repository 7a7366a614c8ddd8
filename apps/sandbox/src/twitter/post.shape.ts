import { isoTime } from '../clock.js';
import type { People } from '../people.js';
import type { Post, Posts } from '../posts.js';
import { attachmentShape, linkShape, wireText } from './post-media.js';

const RELATIONS = { post: 'replied_to', retweet: 'retweeted', quote: 'quoted' } as const;

/** A post as X's v2 API tells of it. */
export function postShape(post: Post, { people, posts }: { people: People; posts: Posts }) {
  const mentions = posts.called(post).map((id) => ({ id, username: people.who(id)?.handle ?? '' }));
  return {
    id: post.id,
    text: wireText(post),
    author_id: post.authorId,
    created_at: isoTime(post.createdAt),
    edit_history_tweet_ids: [post.id],
    ...(post.refId === null ? {} : { referenced_tweets: [{ type: RELATIONS[post.kind], id: post.refId }] }),
    ...attachmentShape(post),
    ...(mentions.length > 0 || post.media ? { entities: { mentions, ...linkShape(post) } } : {}),
  };
}
