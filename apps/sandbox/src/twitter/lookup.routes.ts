import type { DirectMessage } from '../messages.js';
import { conversationIdOf, isSnowflake } from '../snowflake.js';
import { asked, askedNumber } from './fields.js';
import { pageOf } from './paging.js';
import { problems } from './problem.js';
import { eventShape, includesShape, viewOf } from './shapes.js';
import type { TwitterServer, TwitterWorld } from './world.js';

type Query = Record<string, string | string[] | undefined>;

const THIRTY_DAYS_MS = 30 * 86_400_000;
const EVENT_TYPES = ['MessageCreate', 'ParticipantsJoin', 'ParticipantsLeave'];

/** Reading direct messages: all of the last 30 days, with one person, of one conversation, one event. Newest first. */
export function lookupRoutes(app: TwitterServer, world: TwitterWorld): void {
  const config = { limit: 'dm-lookup', scopes: ['dm.read', 'tweet.read', 'users.read'] } as const;
  const { people, messages } = world;
  const list = (oldestFirst: readonly DirectMessage[], query: Query) => listShape(world, oldestFirst, query);

  app.get<{ Querystring: Query }>('/2/dm_events', { config }, (request) => {
    const since = world.now() - THIRTY_DAYS_MS;
    const recent = messages.all().filter((message) => message.createdAt >= since && isWith(message, request.caller));
    return list(recent, request.query);
  });

  app.get<{ Params: { id: string }; Querystring: Query }>('/2/dm_events/:id', { config }, (request) => {
    const view = viewOf(request.query);
    const message = messages.byId(request.params.id);
    if (!message || !isWith(message, request.caller))
      throw problems.notFound('dm_event', 'event_id', request.params.id);
    return { data: eventShape(message, view), ...includesShape([message], view, people) };
  });

  app.get<{ Params: { participantId: string }; Querystring: Query }>(
    '/2/dm_conversations/with/:participantId/dm_events',
    { config },
    (request) => {
      const { participantId } = request.params;
      if (!isSnowflake(participantId)) {
        const message = `The \`participant_id\` query parameter value [${participantId}] is not valid`;
        throw problems.invalidRequest(message, 'participant_id', [participantId]);
      }
      return list(messages.of(conversationIdOf(request.caller, participantId)), request.query);
    },
  );

  app.get<{ Params: { conversationId: string }; Querystring: Query }>(
    '/2/dm_conversations/:conversationId/dm_events',
    { config },
    (request) => {
      const own = messages.of(request.params.conversationId).filter((message) => isWith(message, request.caller));
      return list(own, request.query);
    },
  );
}

const isWith = (message: DirectMessage, userId: string): boolean =>
  message.senderId === userId || message.recipientId === userId;

function listShape(world: TwitterWorld, oldestFirst: readonly DirectMessage[], query: Query) {
  const view = viewOf(query);
  const size = askedNumber(query, 'max_results', { from: 1, to: 100, otherwise: 100 });
  const types = asked(query, 'event_types', EVENT_TYPES);
  const visible = types.size === 0 || types.has('MessageCreate') ? oldestFirst : [];
  const token = [query.pagination_token ?? []].flat().at(0);
  const page = pageOf(visible, size, token);
  return {
    ...(page.messages.length > 0 ? { data: page.messages.map((message) => eventShape(message, view)) } : {}),
    ...includesShape(page.messages, view, world.people),
    meta: {
      result_count: page.messages.length,
      ...(page.nextToken ? { next_token: page.nextToken } : {}),
      ...(page.previousToken && token !== undefined ? { previous_token: page.previousToken } : {}),
    },
  };
}
