import 'reflect-metadata';
import { Controller, Get, Header, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { serve } from './companion.js';

export interface BareCounterSettings {
  url: string;
}

/** What a counter that somebody keeps costs to read: one row by its key. */
const COUNTER = `select json_build_object('count', count)::text as answer from bare_counter where name = $1`;

@Controller()
class CounterController {
  constructor(@Inject(pg.Pool) private readonly pool: pg.Pool) {}

  @Get('counter')
  @Header('content-type', 'application/json; charset=utf-8')
  async read(): Promise<string> {
    const { rows } = await this.pool.query<{ answer: string }>({ name: 'counter', text: COUNTER, values: ['open'] });
    return rows[0]?.answer ?? '';
  }
}

/** One counter over HTTP, nobody asked who they are: Nest on Fastify, one prepared statement, its text as it is. */
await serve(async ({ url }: BareCounterSettings) => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  await pool.query(`create table bare_counter as select 'open' as name, count(*) as count from cases where is_open`);
  await pool.query('create unique index on bare_counter (name)');

  @Module({ controllers: [CounterController], providers: [{ provide: pg.Pool, useValue: pool }] })
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
