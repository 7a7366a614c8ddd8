import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.js';
import type { KnobBoard } from '../knobs.js';
import type { Messages } from '../messages.js';
import type { People } from '../people.js';
import type { Posts } from '../posts.js';
import type { Courier } from '../webhooks/courier.js';
import type { OAuth2 } from './oauth2.js';
import type { MediaLibrary } from './media-library.js';
import type { LimitName } from './rate-limits.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** X's limit an endpoint falls under. */
    limit?: LimitName;
    /** What a key of OAuth 2.0 must be good for. */
    scopes?: readonly string[];
    /** `app`: takes the application's own key and no account's. */
    auth?: 'app';
    /** Asks for no key: it gives them. */
    open?: boolean;
  }
  interface FastifyRequest {
    /** Whose key the call came with: the user id of one of our accounts. */
    caller: string;
  }
}

export type TwitterServer = FastifyInstance<Server>;

/** What X's endpoints work with. */
export interface TwitterWorld {
  people: People;
  messages: Messages;
  posts: Posts;
  media: MediaLibrary;
  oauth2: OAuth2;
  knobs: KnobBoard;
  courier: Courier;
  now: Clock;
}
