import type { Clock } from './clock.js';
import type { Feed } from './feed.js';
import type { People } from './people.js';
import type { Snowflakes } from './snowflake.js';
import type { MediaItem } from './twitter/media-library.js';

/** Something everybody can read on X. Never changed once it is there. */
export interface Post {
  id: string;
  authorId: string;
  text: string;
  kind: 'post' | 'retweet' | 'quote';
  /** The post it answers, passes on or quotes. */
  refId: string | null;
  /** Milliseconds. */
  createdAt: number;
  media: MediaItem | null;
}

export interface NewPost {
  text: string;
  kind?: Post['kind'];
  refId?: string | null;
  media?: MediaItem | null;
}

/** Every public post there is, oldest first: ids only grow. */
export class Posts {
  private readonly items: Post[] = [];
  private readonly index = new Map<string, Post>();

  constructor(
    readonly people: People,
    private readonly snowflakes: Snowflakes,
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {}

  add(authorId: string, { text, kind = 'post', refId = null, media = null }: NewPost): Post {
    const post: Post = { id: this.snowflakes.next(), authorId, text, kind, refId, createdAt: this.now(), media };
    this.items.push(post);
    this.index.set(post.id, post);
    this.feed.tell('post', authorId, ...this.called(post));
    return post;
  }

  all(): readonly Post[] {
    return this.items;
  }

  byId(id: string): Post | undefined {
    return this.index.get(id);
  }

  /** User ids of those it calls: by their handle, or by answering, passing on or quoting what they posted. */
  called(post: Post): string[] {
    const handles = [...post.text.matchAll(/@(\w{1,15})/g)].map((match) => match[1] ?? '');
    const named = handles.map((handle) => (this.people.careOf(handle) ?? this.people.byHandle(handle))?.twitterId);
    const answered = post.refId === null ? undefined : this.byId(post.refId)?.authorId;
    const ids = [...named, answered].filter((id) => id !== undefined && id !== post.authorId);
    return [...new Set(ids)] as string[];
  }

  /** Which of our accounts it calls. */
  careCalled(post: Post): string[] {
    return this.called(post).filter((id) => this.people.careOf(id) !== undefined);
  }
}
