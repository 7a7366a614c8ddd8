import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DirectMessage } from '../messages.js';
import type { Person } from '../people.js';
import { isSnowflake } from '../snowflake.js';
import { problems } from './problem.js';
import type { TwitterServer, TwitterWorld } from './world.js';

const LONGEST_TEXT = 10_000;

const SendBody = z
  .strictObject({
    text: z.string().min(1).max(LONGEST_TEXT).optional(),
    attachments: z
      .array(z.strictObject({ media_id: z.string().regex(/^[0-9]{1,19}$/) }))
      .min(1)
      .max(1)
      .optional(),
  })
  .refine((body) => body.text !== undefined || body.attachments !== undefined, {
    message: 'one of text and attachments is required',
  });

/** Sending direct messages. What is sent is there before the answer, so an answer may be lost and the message not. */
export function sendRoutes(app: TwitterServer, world: TwitterWorld): void {
  const config = { limit: 'dm-send', scopes: ['dm.write', 'tweet.read', 'users.read'] } as const;

  app.post<{ Params: { participantId: string } }>(
    '/2/dm_conversations/with/:participantId/messages',
    { config },
    (request, reply) => send(world, request.params.participantId, request, reply),
  );

  app.post<{ Params: { conversationId: string } }>(
    '/2/dm_conversations/:conversationId/messages',
    { config },
    (request, reply) => {
      const sides = request.params.conversationId.split('-');
      const other = sides.find((side) => side !== request.caller);
      if (sides.length !== 2 || !sides.includes(request.caller) || other === undefined) {
        throw problems.forbidden('You do not have permission to DM one or more participants.');
      }
      return send(world, other, request, reply);
    },
  );
}

function send(world: TwitterWorld, recipientId: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { text, attachments } = readBody(request.body);
  const recipient = recipientOf(world, recipientId);
  if (world.knobs.takeTwitter('refuseNext')) throw problems.refusal(world.knobs.current.twitter.refuseWith);
  if (!recipient.acceptsDms) throw problems.forbidden('You do not have permission to DM one or more participants.');
  const care = request.caller;
  const mediaId = attachments?.[0]?.media_id;
  const media = mediaId === undefined ? null : world.media.attachable(care, mediaId);
  const message = world.messages.add(care, recipient.twitterId, text ?? '', media);
  world.courier.announce(message);
  return answer(world, message, request, reply);
}

function answer(world: TwitterWorld, message: DirectMessage, request: FastifyRequest, reply: FastifyReply) {
  if (world.knobs.takeTwitter('resetAfterCommitNext')) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  if (world.knobs.takeTwitter('errorAfterCommitNext')) throw problems.unavailable();
  return reply.code(201).send({ data: { dm_conversation_id: message.conversationId, dm_event_id: message.id } });
}

function readBody(body: unknown): z.infer<typeof SendBody> {
  const read = SendBody.safeParse(body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw problems.invalidRequest(`$.${where}: ${issue?.message ?? 'invalid'}`, where === '' ? 'body' : where);
}

function recipientOf(world: TwitterWorld, id: string): Person {
  if (!isSnowflake(id) || world.people.careOf(id)) {
    throw problems.invalidRequest(`The \`participant_id\` value [${id}] is not valid`, 'participant_id', [id]);
  }
  const known = world.people.byTwitterId(id);
  if (known) return known;
  if (world.knobs.current.twitter.unknownRecipients === 'refuse') throw problems.notFound('user', 'participant_id', id);
  return world.people.adopt(id);
}
