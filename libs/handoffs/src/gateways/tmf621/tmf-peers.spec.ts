import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import type { PartnerRecord } from '../../partners/partner-record.js';
import { TmfPeers } from './tmf-peers.js';

let server: Server;
let origin: string;
const peers = new TmfPeers({ open: () => null } as never, { now: () => new Date() });
const partner = () => ({ id: 'p', tmf621: { url: `${origin}/api`, auth: { kind: 'none' } } }) as PartnerRecord;

beforeAll(async () => {
  Logger.overrideLogger(false);
  server = createServer((request, reply) => {
    if (request.url === '/file') return reply.end('bytes');
    if (request.url === '/moved') return reply.writeHead(302, { location: '/file' }).end();
    if (request.url === '/broken') return request.socket.destroy();
    return reply.end(JSON.stringify({ text: 'a\u0000b' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('a file that cannot be fetched is not there, whatever the reason', async () => {
  expect((await peers.download(partner(), `${origin}/file`))?.toString()).toBe('bytes');
  for (const address of [`${origin}/moved`, `${origin}/broken`, 'https://elsewhere.example/file', 'no address'])
    expect({ address, got: await peers.download(partner(), address) }).toEqual({ address, got: null });
});

it('a text that no database takes comes without what it does not take', async () => {
  expect((await peers.call(partner(), 'GET', '/troubleTicket/1')).body).toEqual({ text: 'ab' });
});
