import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../clock.js';
import type { KnobBoard } from '../knobs.js';
import type { Messages } from '../messages.js';
import type { People } from '../people.js';
import type { Courier } from '../webhooks/courier.js';
import type { MediaLibrary } from './media-library.js';
import type { LimitName } from './rate-limits.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** X's limit an endpoint falls under. */
    limit?: LimitName;
  }
}

export type TwitterServer = FastifyInstance<Server>;

/** What X's endpoints work with. */
export interface TwitterWorld {
  people: People;
  messages: Messages;
  media: MediaLibrary;
  knobs: KnobBoard;
  courier: Courier;
  now: Clock;
}
