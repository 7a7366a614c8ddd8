import { isoTime } from '../clock.js';
import { mailShape } from '../mail/mails.js';
import type { DirectMessage } from '../messages.js';
import type { Person } from '../people.js';
import type { Post } from '../posts.js';
import type { Outside } from './outside.js';

/** A direct message in the words of the control API. */
export function dmShape(message: DirectMessage, { people }: Outside) {
  const side = (id: string) => {
    const who = people.who(id);
    return { twitterId: id, handle: who?.handle ?? null, displayName: who?.displayName ?? null };
  };
  return {
    id: message.id,
    conversationId: message.conversationId,
    from: side(message.senderId),
    to: side(message.recipientId),
    text: message.text,
    wireText: message.wireText,
    at: isoTime(message.createdAt),
    attachment: message.media && {
      contentType: message.media.contentType,
      size: message.media.bytes.length,
      url: `/control/dms/${message.id}/attachment`,
    },
  };
}

/** A public post in the words of the control API. */
export function publicShape(post: Post, { people, posts }: Outside) {
  const author = people.who(post.authorId);
  return {
    id: post.id,
    kind: post.kind,
    refId: post.refId,
    from: { twitterId: post.authorId, handle: author?.handle ?? null, displayName: author?.displayName ?? null },
    calls: posts.careCalled(post),
    text: post.text,
    at: isoTime(post.createdAt),
    url: `https://x.com/${author?.handle ?? 'i'}/status/${post.id}`,
  };
}

/** What somebody posted that concerns us, and what we posted to them. */
function postsOf(person: Person, { people, posts }: Outside): Post[] {
  const isOurs = (id: string): boolean => people.careOf(id) !== undefined;
  return posts
    .all()
    .filter((post) =>
      isOurs(post.authorId)
        ? posts.called(post).includes(person.twitterId)
        : post.authorId === person.twitterId && posts.careCalled(post).length > 0,
    );
}

/** Everything between one person and the company, oldest first. `in` is what the person received. */
export function threadOf(person: Person, outside: Outside) {
  const dms = outside.messages.all().filter((one) => [one.senderId, one.recipientId].includes(person.twitterId));
  const mails = person.email === null ? [] : outside.mails.of(person.email);
  const entries = [
    ...dms.map((message) => ({
      order: message.createdAt,
      entry: {
        type: 'dm' as const,
        direction: message.senderId !== person.twitterId ? ('in' as const) : ('out' as const),
        ...dmShape(message, outside),
      },
    })),
    ...postsOf(person, outside).map((post) => ({
      order: post.createdAt,
      entry: {
        type: 'post' as const,
        direction: post.authorId !== person.twitterId ? ('in' as const) : ('out' as const),
        ...publicShape(post, outside),
      },
    })),
    ...mails.map((mail) => ({ order: mail.at, entry: { type: 'email' as const, ...mailShape(mail) } })),
  ];
  return entries.sort((one, other) => one.order - other.order).map(({ entry }) => entry);
}

/** A person with the last that happened, for the list. */
export function personShape(person: Person, outside: Outside) {
  const thread = threadOf(person, outside);
  const last = thread.at(-1);
  return {
    ...person,
    received: thread.filter((entry) => entry.direction === 'in').length,
    written: thread.filter((entry) => entry.direction === 'out').length,
    lastAt: last?.at ?? null,
    lastReceivedAt: thread.findLast((entry) => entry.direction === 'in')?.at ?? null,
    preview: last ? (last.type === 'email' ? last.subject : last.text).slice(0, 140) : null,
    lastType: last?.type ?? null,
    lastDirection: last?.direction ?? null,
  };
}
