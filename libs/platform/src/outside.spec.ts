import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askOutside, reasonOf, saidIn } from './outside.js';

const LIMITS = { patienceMs: 5000, most: 1000 };
const servers: Server[] = [];

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

it('reads an answer, and how long they ask to wait', async () => {
  const url = await answering((_request, response) => response.writeHead(503, { 'retry-after': '120' }).end('later'));
  const answer = await askOutside(url, {}, LIMITS);
  expect(answer).toEqual({ status: 503, ok: false, bytes: Buffer.from('later'), isWhole: true, retryAfter: 120 });
});

it.each([0, 999, 1000, 1001, 400_000])('of %i bytes reads as many as it may', async (size) => {
  const url = await answering((_request, response) => response.end('x'.repeat(size)));
  const { bytes, isWhole } = await askOutside(url, {}, LIMITS);
  expect([bytes.length, isWhole]).toEqual([Math.min(size, 1000), size <= 1000]);
});

it('an answer without end is let go of', async () => {
  const gone = Promise.withResolvers<void>();
  const url = await answering((_request, response) => {
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', pour).on('close', gone.resolve);
    pour();
  });
  expect(saidIn(await askOutside(url, {}, LIMITS))).toBe('x'.repeat(300));
  await gone.promise;
});

it('goes nowhere a redirect leads', async () => {
  const asked: (string | undefined)[] = [];
  const url = await answering((request, response) => {
    asked.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await askOutside(url, {}, LIMITS)).toMatchObject({ status: 302, ok: false });
  expect(asked).toEqual(['/']);
});

it('says why nobody answered', async () => {
  const url = await answering((_request, response) => response.destroy());
  await expect(askOutside(url, {}, LIMITS).catch(reasonOf)).resolves.toMatch(/socket|other side/u);
  const silent = await answering(() => {});
  await expect(askOutside(silent, {}, { ...LIMITS, patienceMs: 50 }).catch(reasonOf)).resolves.toMatch(/timeout/u);
});
