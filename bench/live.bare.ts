import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { Server } from 'socket.io';
import { serve } from './companion.js';

export interface BareLiveSettings {
  url: string;
}

/** One row is committed, then everybody is told. */
await serve(async ({ url }: BareLiveSettings) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table happened (id bigint generated always as identity primary key, data jsonb not null)');
  const http = createServer();
  const live = new Server(http, { serveClient: false }).of('/live');
  live.on('connection', (socket) => socket.join('cases'));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

  async function arrive(n: number): Promise<number> {
    const change = {
      caseId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
      version: n,
      types: ['interaction.received'],
      at: new Date().toISOString(),
    };
    await client.query({ name: 'happened', text: 'insert into happened (data) values ($1)', values: [change] });
    const committed = Number(process.hrtime.bigint()) / 1e6;
    live.to('cases').emit('case.changed', change);
    return committed;
  }

  return { ready: { httpPort: (http.address() as AddressInfo).port }, commands: { arrive }, end: () => client.end() };
});
