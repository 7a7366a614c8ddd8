import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { KnobBoard } from '../knobs.js';
import { publicMediaUrl } from './post-media.js';
import { problems } from './problem.js';
import type { TwitterServer, TwitterWorld } from './world.js';

const BeginBody = z.object({
  media_type: z.string().max(100),
  total_bytes: z.number().int().positive(),
  media_category: z.enum(['dm_image', 'dm_gif', 'dm_video', 'tweet_image', 'tweet_gif', 'tweet_video']).optional(),
});

/** Uploading in three steps, and fetching what is attached to a message. */
export function mediaRoutes(app: TwitterServer, { messages, posts, media, knobs }: TwitterWorld): void {
  const config = { limit: 'media', scopes: ['media.write'] } as const;

  app.post('/2/media/upload/initialize', { config }, (request) => {
    const read = BeginBody.safeParse(request.body);
    if (!read.success) {
      const issue = read.error.issues[0];
      throw problems.invalidRequest(issue?.message ?? 'invalid', issue?.path.join('.') ?? 'body');
    }
    return { data: media.begin(request.caller, read.data) };
  });

  app.post<{ Params: { id: string } }>('/2/media/upload/:id/append', { config }, async (request) => {
    let segment: number | null = null;
    let bytes: Buffer | null = null;
    for await (const part of request.parts()) {
      if (part.type === 'file') bytes = await part.toBuffer();
      else if (part.fieldname === 'segment_index') segment = Number(part.value);
    }
    if (segment === null || !bytes) throw problems.invalidRequest('segment_index and media are required', 'media');
    return { data: media.append(request.caller, request.params.id, segment, bytes) };
  });

  app.post<{ Params: { id: string } }>('/2/media/upload/:id/finalize', { config }, (request) => ({
    data: media.finish(request.caller, request.params.id),
  }));

  app.get<{ Querystring: { media_id?: string } }>('/2/media/upload', { config }, (request) => ({
    data: media.status(request.caller, request.query.media_id ?? ''),
  }));

  app.get<{ Params: { messageId: string; mediaId: string; name: string } }>(
    '/1.1/ton/data/dm/:messageId/:mediaId/:name',
    async (request, reply) => {
      await fileWeather(knobs);
      const message = messages.byId(request.params.messageId);
      const item = message?.media;
      const isTheirs = message !== undefined && [message.senderId, message.recipientId].includes(request.caller);
      if (!item || !isTheirs || item.id !== request.params.mediaId) throw problems.noSuchAddress();
      return reply.header('content-type', item.contentType).send(item.bytes);
    },
  );
  for (const folder of ['media', 'tweet_video']) {
    app.get<{ Params: { name: string } }>(`/${folder}/:name`, { config: { open: true } }, async (request, reply) => {
      await fileWeather(knobs);
      const item = posts.all().find((post) => post.media && publicMediaUrl(post.media).endsWith(request.url))?.media;
      if (!item) throw problems.noSuchAddress();
      return reply.header('content-type', item.contentType).send(item.bytes);
    });
  }
}

/** What goes wrong with fetching a file. */
async function fileWeather(knobs: KnobBoard): Promise<void> {
  const { fileLatencyMs, noFiles } = knobs.current.twitter;
  if (fileLatencyMs > 0) await wait(fileLatencyMs, undefined, { ref: false });
  if (noFiles) throw problems.noSuchAddress();
  if (knobs.takeTwitter('fileErrorNext')) throw problems.unavailable();
}
