import type { Clock } from './clock.js';
import type { Feed } from './feed.js';
import { conversationIdOf, type Snowflakes } from './snowflake.js';
import type { MediaItem } from './twitter/media-library.js';
import { type Link, shortenLinks } from './twitter/links.js';

/** One direct message between the care account and somebody. Never changed once it is there. */
export interface DirectMessage {
  id: string;
  conversationId: string;
  senderId: string;
  recipientId: string;
  /** As it was written. */
  text: string;
  /** As X shows it: links shortened, the attachment's link appended. */
  wireText: string;
  links: Link[];
  media: MediaItem | null;
  /** Milliseconds. */
  createdAt: number;
}

/** Every direct message there is, oldest first: ids only grow. */
export class Messages {
  private readonly items: DirectMessage[] = [];
  private readonly index = new Map<string, DirectMessage>();

  constructor(
    private readonly snowflakes: Snowflakes,
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {}

  add(senderId: string, recipientId: string, text: string, media: MediaItem | null): DirectMessage {
    const id = this.snowflakes.next();
    const message: DirectMessage = {
      id,
      conversationId: conversationIdOf(senderId, recipientId),
      senderId,
      recipientId,
      text,
      ...shortenLinks(text, id, media),
      media,
      createdAt: this.now(),
    };
    this.items.push(message);
    this.index.set(id, message);
    this.feed.tell('dm', senderId, recipientId);
    return message;
  }

  /** An id for what is no message of this list. */
  nextId(): string {
    return this.snowflakes.next();
  }

  all(): readonly DirectMessage[] {
    return this.items;
  }

  byId(id: string): DirectMessage | undefined {
    return this.index.get(id);
  }

  /** Oldest first. */
  of(conversationId: string): DirectMessage[] {
    return this.items.filter((message) => message.conversationId === conversationId);
  }
}
