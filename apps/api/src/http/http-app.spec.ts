import { newFastifyAdapter } from './http-app.js';

/** Whom the product takes the sender of a request for. */
async function seen(trusted: string[], peer: string, forwarded?: string): Promise<string> {
  const server = newFastifyAdapter(trusted).getInstance();
  server.get('/who', (request) => Promise.resolve(request.ip));
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const answer = await server.inject({ url: '/who', remoteAddress: peer, headers });
  await server.close();
  return answer.body;
}

const PROXIES = ['10.0.0.0/8', 'fd00::7'];

it.each([
  ['of a trusted proxy the one it names', ['loopback'], '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['of a proxy elsewhere nobody but itself, unless it is named', ['loopback'], '10.1.2.3', '203.0.113.9', '10.1.2.3'],
  ['of a proxy in a named network the one it names', PROXIES, '10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['of a named proxy by IPv6, too', PROXIES, 'fd00::7', '203.0.113.9', '203.0.113.9'],
  ['of a stranger only themselves, whatever they say', PROXIES, '198.51.100.4', '203.0.113.9', '198.51.100.4'],
  ['behind two proxies the last one who is none', PROXIES, '10.1.2.3', '1.2.3.4, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
  ['of who names nobody themselves', PROXIES, '10.1.2.3', undefined, '10.1.2.3'],
])('takes a request %s', async (_name, trusted, peer, forwarded, sender) => {
  expect(await seen(trusted, peer, forwarded)).toBe(sender);
});
