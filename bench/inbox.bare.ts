import 'reflect-metadata';
import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { serve } from './companion.js';

export interface BareHttpSettings {
  url: string;
}

const ROW = `json_build_object('id', c.id, 'reference', c.reference, 'status', c.status, 'waitReason', c.wait_reason, 'priority', c.priority,
  'problem', c.problem, 'customer', json_build_object('id', c.customer_id, 'displayName', c.customer_name, 'tier', cu.tier), 'channels', c.channels, 'lacks', c.lacks,
  'assignee', case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end,
  'queue', case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end, 'nextDue', null, 'lastInteractionAt', c.last_interaction_at,
  'lastDirection', c.last_direction, 'lastChannel', c.last_channel, 'preview', c.preview, 'unread', c.unread, 'failedSends', c.failed_sends, 'openedAt', c.opened_at, 'version', c.version)`;

const LIST = `select json_build_object('items', json_agg(item order by at desc, id desc))::text as page from (
  select ${ROW} as item, c.last_interaction_at as at, c.id from cases c join customer cu on cu.id = c.customer_id left join agent a on a.id = c.assignee_id left join queue q on q.id = c.queue_id
  where c.is_open order by c.last_interaction_at desc, c.id desc limit 50) page`;

@Controller()
class ListController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Get('cases')
  @Header('content-type', 'application/json; charset=utf-8')
  async list(): Promise<string> {
    const { rows } = await this.pool.query<{ page: string }>({ name: 'list', text: LIST });
    return rows[0]?.page ?? '';
  }
}

/** The 50 newest open cases over HTTP, nobody asked who they are: Nest on Fastify, one prepared statement, its text as it is. */
await serve(async ({ url }: BareHttpSettings) => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });

  @Module({ controllers: [ListController], providers: [{ provide: pg.Pool, useValue: pool }] })
  class BareModule {}

  const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return {
    ready: { httpPort: (app.getHttpServer().address() as AddressInfo).port },
    commands: {},
    end: async () => {
      await app.close();
      await pool.end();
    },
  };
});
