import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import pg from 'pg';
import { serve } from './companion.js';

export interface BareWebhookSettings {
  url: string;
  secret: string;
}

/** A body as far as it is read. */
interface Body {
  direct_message_events: {
    id: string;
    created_timestamp: string;
    message_create: { sender_id: string; message_data: { text: string } };
  }[];
  users: Record<string, { name: string; screen_name: string } | undefined>;
}

const rowsOf = ({ direct_message_events: events, users }: Body) =>
  events.map(({ id, created_timestamp: at, message_create: message }) => {
    const { text } = message.message_data;
    const line = text.replace(/\s+/g, ' ').trim();
    return {
      external_id: id,
      email: message.sender_id,
      name: users[message.sender_id]?.name ?? message.sender_id,
      subject: null,
      text,
      html: null,
      at: new Date(Number(at)).toISOString(),
      message_id: null,
      refs: [],
      preview: line.slice(0, 160),
      problem: line.slice(0, 80),
      files: null,
    };
  });

/** Fastify, the signature, one SQL function. */
await serve(async ({ url, secret }: BareWebhookSettings) => {
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  const app = fastify();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.post('/', async (request, reply) => {
    const raw = request.body as Buffer;
    const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(raw).digest('base64')}`);
    const stated = Buffer.from(String(request.headers['x-twitter-webhooks-signature']));
    if (right.length !== stated.length || !timingSafeEqual(right, stated)) return reply.status(403).send();
    const values = [JSON.stringify(rowsOf(JSON.parse(raw.toString()) as Body))];
    await pool.query({ name: 'take', text: 'select take($1::jsonb)', values });
    return {};
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    ready: { httpPort: (app.server.address() as AddressInfo).port },
    commands: {},
    end: async () => {
      await app.close();
      await pool.end();
    },
  };
});
