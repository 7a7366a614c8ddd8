import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import pg from 'pg';
import { serve } from './companion.js';
import type { BareHttpSettings } from './inbox.bare.js';

/** The case, what was said on it, and where it can be answered, in one statement. */
const PAGE = `select json_build_object('id', c.id, 'reference', c.reference, 'status', c.status, 'priority', c.priority, 'problem', c.problem, 'nextAction', c.next_action,
  'customer', json_build_object('id', cu.id, 'displayName', cu.display_name, 'tier', cu.tier), 'channels', c.channels, 'lacks', c.lacks, 'assigneeId', c.assignee_id,
  'lastInteractionAt', c.last_interaction_at, 'preview', c.preview, 'unread', c.unread, 'openedAt', c.opened_at, 'version', c.version,
  'threads', (select json_agg(json_build_object('id', t.id, 'channel', t.channel, 'address', p.value, 'lastInboundAt', t.last_inbound_at)) from channel_thread t join contact_point p on p.id = t.contact_point_id where t.case_id = c.id),
  'impacts', (select json_agg(i) from impact i where i.case_id = c.id),
  'entries', (select json_agg(json_build_object('id', i.id, 'at', i.occurred_at, 'channel', i.channel, 'direction', i.direction, 'author', i.author_name, 'subject', i.subject, 'text', i.text, 'html', i.html_safe,
      'delivery', (select json_build_object('state', d.state, 'sentAt', d.sent_at) from delivery d where d.interaction_id = i.id),
      'attachments', (select json_agg(json_build_object('id', a.id, 'fileName', a.file_name)) from attachment a where a.interaction_id = i.id)) order by i.occurred_at, i.id)
    from (select * from interaction i where i.case_id = c.id order by i.occurred_at desc, i.id desc limit 50) i))::text as page
  from cases c join customer cu on cu.id = c.customer_id where c.id = $1`;

/** The page of a case over HTTP, nobody asked who they are. */
await serve(async ({ url }: BareHttpSettings) => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  const app = fastify();
  app.get<{ Params: { id: string } }>('/cases/:id', async (request, reply) => {
    const { rows } = await pool.query<{ page: string }>({ name: 'page', text: PAGE, values: [request.params.id] });
    return reply.header('content-type', 'application/json; charset=utf-8').send(rows[0]?.page ?? '');
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
